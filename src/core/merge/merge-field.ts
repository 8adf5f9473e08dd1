import type { Json } from '../model/json.ts'
import { type Path, printPointer } from '../model/json-pointer.ts'

export type Three<T> = { readonly base: T; readonly ours: T; readonly theirs: T }
/** One value on the three sides; undefined: the side has none. */
export type Values = Three<Json | undefined>

export const MERGE_REASONS = [
  'both-changed',
  'both-added',
  'removed-by-ours',
  'removed-by-theirs',
  // Nothing was ever agreed (S29), and one side has nothing here.
  'only-in-ours',
  'only-in-theirs',
  // A list whose elements both sides moved, each in its own way: the values are the elements' names.
  'order',
] as const
export type MergeReason = (typeof MERGE_REASONS)[number]

/**
 * One field of S4 in conflict; a side that has nothing there has no value. `path` names the field, `''` being
 * the whole resource; an element of a list with names is told by its name: `/columns/email/label`. `paths`
 * are all that the field holds: more than one for a group, whose values are mappings of the group's keys.
 */
export type MergeField = {
  readonly path: string
  readonly paths: readonly string[]
  readonly reason: MergeReason
  readonly base?: Json
  readonly ours?: Json
  readonly theirs?: Json
}

export function fieldAt(path: Path, values: Values, paths: readonly Path[] = [path]): MergeField {
  return describe(path, paths, reasonOf(values), values)
}

export function orderField(path: Path, names: Values): MergeField {
  return describe(path, [path], 'order', names)
}

function describe(
  path: Path,
  paths: readonly Path[],
  reason: MergeReason,
  { base, ours, theirs }: Values,
): MergeField {
  return {
    path: printPointer(path),
    paths: paths.map(printPointer),
    reason,
    ...(base === undefined ? {} : { base }),
    ...(ours === undefined ? {} : { ours }),
    ...(theirs === undefined ? {} : { theirs }),
  }
}

function reasonOf({ base, ours, theirs }: Values): MergeReason {
  if (ours === undefined) return base === undefined ? 'only-in-theirs' : 'removed-by-ours'
  if (theirs === undefined) return base === undefined ? 'only-in-ours' : 'removed-by-theirs'
  return base === undefined ? 'both-added' : 'both-changed'
}
