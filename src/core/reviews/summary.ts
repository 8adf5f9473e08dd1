import type { FieldChange } from '../format/field-diff.ts'
import type { Json } from '../model/json.ts'
import { KIND_WORDS } from '../model/kind.ts'
import type { PlanEntry } from '../plan/plan.ts'
import { code, plain } from './markdown.ts'

const RESOURCES_MAX = 50
const FIELDS_MAX = 20
const VALUE_MAX = 120

/** What a review changes, in words: the body of its pull request (S21). */
export function summaryOf(
  changes: readonly PlanEntry[],
  about: { readonly workspace: string; readonly person: string; readonly link: string | null },
): string {
  const from = `Saved by ${plain(about.person)} in the Tandem workspace ${code(about.workspace)}.`
  return [
    about.link === null ? from : `${from} [Look at it there](${about.link}).`,
    ...changesWords(changes),
    'Saves that follow are added here until it is merged or closed.',
  ].join('\n\n')
}

/** What a promotion by pull request brings, and from where: the body of the request (W7). */
export function promotionSummary(
  changes: readonly Told[],
  about: {
    readonly from: string
    readonly to: string
    readonly person: string
    readonly link: string | null
  },
): string {
  const from = `Promoted by ${plain(about.person)} from the Tandem workspace ${code(about.from)} to ${code(about.to)}.`
  return [
    about.link === null ? from : `${from} [Compare them there](${about.link}).`,
    ...changesWords(changes),
    `${code(about.to)} takes it over once it is merged.`,
  ].join('\n\n')
}

type Told = Omit<PlanEntry, 'path' | 'dependents'>

function changesWords(changes: readonly Told[]): string[] {
  const rest = changes.length - RESOURCES_MAX
  return [...changes.slice(0, RESOURCES_MAX).map(resourceWords), ...(rest > 0 ? [`And ${rest} more.`] : [])]
}

const VERBS = { added: 'Add', changed: 'Change', removed: 'Delete', renamed: 'Rename' } as const

function resourceWords({ kind, slug, change, from, fields, impact }: Told): string {
  const was = from === undefined ? '' : `${code(from)} to `
  const word = impact.word === 'safe' ? '' : ` (${impact.word})`
  const head = `**${VERBS[change]} ${KIND_WORDS[kind]}** ${was}${code(slug)}${word}`
  // What comes or goes as a whole is told by its file.
  if (change === 'added' || change === 'removed') return head
  const shown = fields.slice(0, FIELDS_MAX)
  const more = fields.length - shown.length
  return [head, '', ...shown.map(fieldWords), ...(more > 0 ? [`- and ${more} more fields`] : [])].join('\n')
}

function fieldWords({ path, before, after }: FieldChange): string {
  const name = code(path.slice(1))
  if (before === undefined) return `- ${name}: ${valueWords(after)}`
  if (after === undefined) return `- ${name}: removed, was ${valueWords(before)}`
  return `- ${name}: ${valueWords(before)} → ${valueWords(after)}`
}

function valueWords(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null)
  return code(text.length > VALUE_MAX ? `${text.slice(0, VALUE_MAX)}…` : text)
}
