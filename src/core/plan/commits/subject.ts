import { classifyPath } from '../../format/classify.ts'
import { diffValues } from '../../format/field-diff.ts'
import { referencesOf } from '../../lint/references.ts'
import { own } from '../../model/json.ts'
import { parsePointer } from '../../model/json-pointer.ts'
import { isModelKind, KIND_WORDS } from '../../model/kind.ts'
import type { FileValue } from '../../model/resource.ts'
import type { FileWrite, GeneratedWrite, Rollback } from './draft.ts'

const LENGTH_MAX = 120
const FIELDS_MAX = 3

/** What a commit really does, in one line: `Update parent model Users: description`. */
export function subjectOf(
  writes: readonly FileWrite[],
  generated: readonly GeneratedWrite[],
  rollback: Rollback | null = null,
): string {
  const [only] = writes
  if (only === undefined) return generatedSubject(generated)
  const subject = writes.length === 1 ? singleSubject(only) : manySubject(writes)
  return oneLine(rollback === null ? subject : rollbackSubject(only, rollback, subject))
}

/** `Roll back parent model Users to abc1234`; of more than one resource, and of one that goes, with what it does. */
function rollbackSubject(first: FileWrite, { to, isOne }: Rollback, subject: string): string {
  const short = to.slice(0, 7)
  if (isOne && first.fileValue !== null) {
    return `Roll back ${KIND_WORDS[first.ref.kind]} ${nameOf(first)} to ${short}`
  }
  return `Roll back the schema to ${short}: ${subject.charAt(0).toLowerCase()}${subject.slice(1)}`
}

/** `Mend references to users, now people`; of more than one renamed resource, how many. */
export function mendSubject(writes: readonly FileWrite[]): string {
  const renames = new Map(writes.flatMap(newNames))
  const [only] = renames
  if (only === undefined || renames.size > 1) return `Mend references to ${renames.size} renamed resources`
  return oneLine(`Mend references to ${only[0]}, now ${only[1]}`)
}

function newNames({ ref, before, fileValue }: FileWrite): [string, string][] {
  const names = (value: FileValue | null) =>
    new Map((value ? referencesOf(ref, value) : []).map(({ field, slug }) => [field, slug]))
  const now = names(fileValue)
  return [...names(before)].flatMap(([field, slug]): [string, string][] => {
    const other = now.get(field)
    return other === undefined || other === slug || SPELLED.includes(field) ? [] : [[slug, other]]
  })
}
/** Names of the environment, which aliases spell. */
const SPELLED: readonly string[] = ['/source', '/destination']

function generatedSubject(generated: readonly GeneratedWrite[]): string {
  const words = generated.map((write) => (write.kind === 'manifest' ? 'manifest' : 'alias file'))
  const verb = generated.every((write) => write.isNew) ? 'Add' : 'Update'
  return `${verb} ${words.join(' and ')}`
}

function singleSubject(write: FileWrite): string {
  const what = `${KIND_WORDS[write.ref.kind]} ${nameOf(write)}`
  if (write.fileValue === null) return `Delete ${what}`
  if (write.from === null) return `Add ${what}`
  const fields = fieldsOf(write)
  if (write.from !== write.path) return `${renameSubject(write)}${fields && `; update ${fields}`}`
  return `Update ${what}${fields && `: ${fields}`}`
}

function renameSubject({ ref, from }: FileWrite): string {
  const old = classifyPath(from ?? '')
  const name = old.kind === 'resource' ? `${old.ref.slug} ` : ''
  return `Rename ${KIND_WORDS[ref.kind]} ${name}to ${ref.slug}`
}

/** The fields that differ, or how many when they are too many to name; empty when none does. */
function fieldsOf({ ref, wasValue, value }: FileWrite): string {
  const fields = [...new Set(diffValues(ref.kind, wasValue, value).map(topKey))]
  return fields.length > FIELDS_MAX ? `${fields.length} fields` : fields.join(', ')
}

function topKey({ path }: { readonly path: string }): string {
  return parsePointer(path)[0] ?? ''
}

function nameOf({ ref, value, wasValue }: FileWrite): string {
  const name = own(value ?? wasValue ?? {}, 'name')
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : ref.slug
}

/**
 * `Add 8 models and 6 relationships`, several verbs joined by semicolons. A rename comes first: what refers
 * to it changes because of it.
 */
function manySubject(writes: readonly FileWrite[]): string {
  const verbs = ['Rename', 'Add', 'Update', 'Delete'] as const
  const parts = verbs.flatMap((verb) => {
    const some = writes.filter((write) => verbOf(write) === verb)
    const [first] = some
    if (first === undefined) return []
    if (verb === 'Rename' && some.length === 1) return [renameSubject(first)]
    return [`${verb} ${enumerate(countByWord(some))}`]
  })
  return parts.map((part, i) => (i === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1))).join('; ')
}

function verbOf({ fileValue, from, path }: FileWrite): 'Rename' | 'Add' | 'Update' | 'Delete' {
  if (fileValue === null) return 'Delete'
  if (from === null) return 'Add'
  return from === path ? 'Update' : 'Rename'
}

function countByWord(writes: readonly FileWrite[]): string[] {
  const counts = new Map<string, number>()
  for (const { ref } of writes) {
    const word = isModelKind(ref.kind) ? 'model' : KIND_WORDS[ref.kind]
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts].map(([word, count]) => `${count} ${word}${count === 1 ? '' : 's'}`)
}

function enumerate(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g

/** Names come from people: nothing in them starts a new line, a trailer or an escape code (Z10). */
export function oneLine(text: string): string {
  const characters = Array.from(text.replace(UNPRINTABLE, ' ').trim())
  return characters.length <= LENGTH_MAX
    ? characters.join('')
    : `${characters.slice(0, LENGTH_MAX - 1).join('')}…`
}
