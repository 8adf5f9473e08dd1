import { sameValue } from '../format/normalize.ts'
import type { MergeSides } from '../merge/merge-resource.ts'
import { isObject } from '../model/json.ts'
import { type FileKind, isFileKind } from '../model/kind.ts'
import type { Value } from '../model/resource.ts'
import type { Conflict, ResolveConflict } from './plan.ts'

/** Only what has a file can be in conflict. */
export type FileConflict = Conflict & { readonly kind: FileKind }

export function isFileConflict(conflict: Conflict): conflict is FileConflict {
  return isFileKind(conflict.kind)
}

/** The versions of a conflict as merging takes them. */
export function sidesOf({ base, ours, theirs, isFirst }: Conflict): MergeSides {
  return { base: side(base), ours: side(ours), theirs: side(theirs), isFirst }
}

/** An answer is JSON: an object in it is a value, and everything else says that nothing is there. */
function side(version: unknown): Value | null {
  return isObject(version) ? version : null
}

/** What settles a conflict with this result; null: the resource is not to be there. A result that is one side takes it. */
export function resolutionOf(conflict: FileConflict, value: Value | null): ResolveConflict {
  const { kind, ours, theirs } = conflict
  const sides = sidesOf(conflict)
  const isSide = (version: Value | null) =>
    value === null || version === null ? value === version : sameValue(kind, value, version)
  if (isSide(sides.ours)) return { take: 'workspace', ours, theirs }
  if (value === null || isSide(sides.theirs)) return { take: 'git', ours, theirs }
  return { take: 'value', value, ours, theirs }
}
