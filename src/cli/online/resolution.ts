import { type Aliases, resolveAliases } from '../../core/environments/aliases.ts'
import { DEFAULT_LIMITS } from '../../core/format/limits.ts'
import { normalize } from '../../core/format/normalize.ts'
import { readResource } from '../../core/format/read-file.ts'
import { applyChoices, type Choice } from '../../core/merge/apply-choices.ts'
import type { FileRef, Value } from '../../core/model/resource.ts'
import { type FileConflict, sidesOf } from '../../core/wire/conflict-sides.ts'
import { CliError, EXIT } from '../exit.ts'
import { sentence } from '../report/text.ts'

export type WayOut =
  | { readonly kind: 'take'; readonly side: 'workspace' | 'git' }
  | { readonly kind: 'fields'; readonly choices: ReadonlyMap<string, Choice> }
  | { readonly kind: 'value'; readonly file: string }

type Options = { readonly take?: string; readonly field?: readonly string[]; readonly value?: string }

/** Exactly one of `--take`, `--field` and `--value`. */
export function parseWayOut({ take, field = [], value }: Options): WayOut {
  const ways = [take !== undefined, field.length > 0, value !== undefined].filter(Boolean).length
  if (ways !== 1) {
    const found = ways === 0 ? 'none was given' : `${ways} kinds were given`
    throw new CliError(EXIT.usage, `Expected one of --take, --field and --value; ${found}.`)
  }
  if (take !== undefined) return { kind: 'take', side: sideNamed(take, '--take') }
  if (value !== undefined) return { kind: 'value', file: value }
  return { kind: 'fields', choices: new Map(field.map(parseField)) }
}

/** `/description=git`; the last `=` counts, for a pointer may hold one. */
function parseField(text: string): [string, Choice] {
  const at = text.lastIndexOf('=')
  if (at === -1) {
    throw new CliError(EXIT.usage, `\`--field ${text}\` names no side.`, 'Write it like /description=git.')
  }
  return [text.slice(0, at), sideNamed(text.slice(at + 1), '--field') === 'git' ? 'theirs' : 'ours']
}

function sideNamed(text: string, option: string): 'workspace' | 'git' {
  if (text === 'workspace' || text === 'git') return text
  throw new CliError(EXIT.usage, `${option} takes \`workspace\` or \`git\`, not \`${text}\`.`)
}

/** A choice for every field in conflict; what only one side changed is in the result by itself (S4). */
export function byField(conflict: FileConflict, choices: ReadonlyMap<string, Choice>): Value | null {
  const resolution = applyChoices(conflict.kind, sidesOf(conflict), choices)
  if (resolution.kind === 'resolved') return resolution.value
  const problems = resolution.problems.map(({ message }) => `${message}.`).join(' ')
  throw new CliError(
    EXIT.usage,
    problems,
    `\`tandem conflicts ${conflict.kind}/${conflict.slug}\` shows them.`,
  )
}

/** The edited result as a file of the repository would hold it: aliases are understood. JSON is YAML too. */
export function readValue(ref: FileRef, file: string, text: string, aliases: Aliases): Value {
  const read = readResource(file, ref, text, DEFAULT_LIMITS)
  if (read.kind === 'resource') return normalize(ref.kind, resolveAliases(ref.kind, read.value, aliases))
  const why = read.kind === 'guest' ? [`${file} is no file of this format.`] : read.diagnostics.map(sentence)
  throw new CliError(EXIT.findings, why.join('\n'))
}
