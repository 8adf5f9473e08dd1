import type { Json } from '../model/json.ts'
import type { FileKind } from '../model/kind.ts'
import type { Value } from '../model/resource.ts'
import type { MergeField } from './merge-field.ts'
import { type MergeSides, mergeResource } from './merge-resource.ts'
import type { Check } from './merging.ts'

/** What holds in a field in conflict. `value` is what a `MergeField` has of a side; absent: nothing is there. */
export type Choice = 'ours' | 'theirs' | { readonly value?: Json }
/** By the `path` of the field. */
export type Choices = ReadonlyMap<string, Choice>

export type ChoiceProblem = {
  readonly path: string
  readonly reason: 'unknown-field' | 'undecided' | 'unfit-value'
  readonly message: string
}

export type Resolution =
  | { readonly kind: 'resolved'; readonly value: Value | null }
  | { readonly kind: 'refused'; readonly problems: readonly ChoiceProblem[] }

/**
 * The merge with a choice for every field in conflict. One that is missing, fits no field or holds what
 * cannot stand there refuses the whole: nothing is decided that nobody chose (S5).
 */
export function applyChoices(kind: FileKind, sides: MergeSides, choices: Choices): Resolution {
  const problems: ChoiceProblem[] = []
  const paths = new Set<string>()
  const value = mergeResource(kind, sides, (field, check) => {
    paths.add(field.path)
    const choice = choices.get(field.path)
    const problem = choice === undefined ? undecided(field) : unfit(field, choice, check)
    if (problem) problems.push(problem)
    return choice === undefined ? field.ours : chosen(field, choice)
  })
  for (const path of choices.keys()) if (!paths.has(path)) problems.push(unknown(path, paths))
  return problems.length === 0 ? { kind: 'resolved', value } : { kind: 'refused', problems }
}

function chosen(field: MergeField, choice: Choice): Json | undefined {
  if (choice === 'ours') return field.ours
  return choice === 'theirs' ? field.theirs : choice.value
}

function undecided({ path }: MergeField): ChoiceProblem {
  const message = `${words(path)} is in conflict and has no choice: take the workspace's, Git's or a value`
  return { path, reason: 'undecided', message }
}

function unfit({ path }: MergeField, choice: Choice, check: Check): ChoiceProblem | null {
  const expected = typeof choice === 'string' ? null : check(choice.value)
  if (expected === null) return null
  return { path, reason: 'unfit-value', message: `The value chosen for ${words(path)} must be ${expected}` }
}

function unknown(path: string, paths: ReadonlySet<string>): ChoiceProblem {
  const known = [...paths].map(words).join(', ')
  const message = `${words(path)} is not in conflict, so there is nothing to choose; ${known ? `in conflict: ${known}` : 'nothing is'}`
  return { path, reason: 'unknown-field', message }
}

function words(path: string): string {
  return path === '' ? 'the whole resource' : path
}
