import { applyChoices, type Choice, type Choices } from '../../core/merge/apply-choices.ts'
import type { Json } from '../../core/model/json.ts'
import { sameJson } from '../../core/model/json.ts'
import type { Value } from '../../core/model/resource.ts'
import { type FileConflict, resolutionOf, sidesOf } from '../../core/wire/conflict-sides.ts'
import type { MergeFieldWire, ResolveConflict } from '../../core/wire/plan.ts'

/** A choice, and what it was made for: it counts no more once a side has moved on (S5). */
export type Decision = { readonly choice: Choice; readonly of: MergeFieldWire }
/** By the path of the field. */
export type Decisions = ReadonlyMap<string, Decision>
export const NO_DECISIONS: Decisions = new Map()

/**
 * The fields to choose in. A resource that one side deleted, and one whose changes do not go together with
 * others' (S28), is one field: a side is taken whole.
 */
export function fieldsOf(conflict: FileConflict): readonly MergeFieldWire[] {
  if (conflict.choices.length > 0) return conflict.choices
  const { ours, theirs } = conflict
  return [{ path: '', paths: [''], reason: 'both-changed', ours, theirs }]
}

export function isWhole(conflict: FileConflict): boolean {
  return fieldsOf(conflict).some(({ path }) => path === '')
}

export function decide(decisions: Decisions, of: MergeFieldWire, choice: Choice): Decisions {
  return new Map([...decisions, [of.path, { choice, of }]])
}

export function decideAll(conflict: FileConflict, choice: 'ours' | 'theirs'): Decisions {
  return new Map(fieldsOf(conflict).map((of) => [of.path, { choice, of }]))
}

/** The choices that were made for what the fields hold now. */
export function standingChoices(conflict: FileConflict, decisions: Decisions): Choices {
  return new Map(
    fieldsOf(conflict).flatMap((field) => {
      const made = decisions.get(field.path)
      return made && isSame(made.of, field) ? [[field.path, made.choice] as const] : []
    }),
  )
}

/** The fields whose choice fell because a side moved on. */
export function movedOn(conflict: FileConflict, decisions: Decisions): readonly string[] {
  const standing = standingChoices(conflict, decisions)
  return fieldsOf(conflict).flatMap(({ path }) => (decisions.has(path) && !standing.has(path) ? [path] : []))
}

function isSame(a: MergeFieldWire, b: MergeFieldWire): boolean {
  // Both came as JSON.
  return (
    sameJson(a.ours as Json | undefined, b.ours as Json | undefined) &&
    sameJson(a.theirs as Json | undefined, b.theirs as Json | undefined)
  )
}

/** `value`: the result, with the workspace's where nothing is chosen yet; null: the resource is not to be there. */
export type Outcome =
  | { readonly kind: 'undecided'; readonly left: number; readonly value: Value | null }
  /** By field: why the value that was written cannot stand there. */
  | { readonly kind: 'unfit'; readonly problems: ReadonlyMap<string, string>; readonly value: Value | null }
  | { readonly kind: 'ready'; readonly resolution: ResolveConflict; readonly value: Value | null }

export function outcomeOf(conflict: FileConflict, decisions: Decisions): Outcome {
  const choices = standingChoices(conflict, decisions)
  if (isWhole(conflict)) return wholeOutcome(conflict, choices)
  const sides = sidesOf(conflict)
  const fields = fieldsOf(conflict)
  const result = applyChoices(conflict.kind, sides, choices)
  if (result.kind === 'resolved') {
    return { kind: 'ready', resolution: resolutionOf(conflict, result.value), value: result.value }
  }
  const unfit = new Map(
    result.problems.flatMap(({ path, reason, message }) =>
      reason === 'unfit-value' ? [[path, message] as const] : [],
    ),
  )
  const shown = applyChoices(
    conflict.kind,
    sides,
    new Map(fields.map(({ path }) => [path, unfit.has(path) ? 'ours' : (choices.get(path) ?? 'ours')])),
  )
  const value = shown.kind === 'resolved' ? shown.value : sides.ours
  if (unfit.size > 0) return { kind: 'unfit', problems: unfit, value }
  return { kind: 'undecided', left: fields.length - choices.size, value }
}

function wholeOutcome(conflict: FileConflict, choices: Choices): Outcome {
  const sides = sidesOf(conflict)
  const choice = choices.get('')
  if (choice !== 'ours' && choice !== 'theirs') return { kind: 'undecided', left: 1, value: sides.ours }
  const { ours, theirs } = conflict
  const resolution = { take: choice === 'ours' ? 'workspace' : 'git', ours, theirs } as const
  return { kind: 'ready', resolution, value: sides[choice] }
}
