import { orderKeys } from '../format/key-order.ts'
import { normalize, withoutEmptyBlocks } from '../format/normalize.ts'
import { isObject, type Json, type JsonObject, withKey } from '../model/json.ts'
import type { FileKind } from '../model/kind.ts'
import type { Value } from '../model/resource.ts'
import { mergeGroup } from './merge-group.ts'
import { mergeJson, mergeMaps } from './merge-json.ts'
import { MERGE_RULES, type MergeRules } from './merge-rules.ts'
import type { ChangedMaps, Check, Merging } from './merging.ts'

/**
 * Workspace values of one resource; null: it is not there. A block that the file does not manage is completed
 * by `keepUnmanaged` first, as the plan's `theirsOf` does: an absent one here was emptied (F11).
 */
export type MergeSides = {
  /** Null: both sides added it. */
  readonly base: Value | null
  /** The workspace's. */
  readonly ours: Value | null
  /** The repository's. */
  readonly theirs: Value | null
  /** The first sync: without a base nothing was ever agreed, so all that differs is asked about (S29). */
  readonly isFirst?: boolean
}

/**
 * The walk that merging and choosing share. The keys of the result are in canonical order (F12), so that
 * it does not tell which side was which; what reads as absent is absent (F7, F23).
 */
export function mergeResource(kind: FileKind, sides: MergeSides, settle: Merging['settle']): Value | null {
  const isFirst = sides.base === null && sides.isFirst === true
  const merging: Merging = { rules: MERGE_RULES[kind], isFirst, settle }
  const merged = mergeThere(kind, sides, merging)
  return isObject(merged) ? orderKeys(kind, withoutEmptyBlocks(kind, normalize(kind, merged))) : null
}

function mergeThere(kind: FileKind, sides: MergeSides, merging: Merging): Json | undefined {
  const [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map((side) =>
    side === null ? undefined : withoutEmptyBlocks(kind, side),
  )
  // Also in a first sync, what is on one side only goes to the other.
  if (!ours || !theirs)
    return mergeJson({ ...merging, isFirst: false }, [], { base, ours, theirs }, isResource)
  if (merging.isFirst) return mergeFields(merging, { base, ours, theirs })
  const filled = (side: JsonObject) => withNamedBlocks(merging.rules, side)
  return mergeFields(merging, { base: filled(base ?? {}), ours: filled(ours), theirs: filled(theirs) })
}

/** An absent block of named elements as the empty list that it equals, so that it merges by element too. */
function withNamedBlocks({ lists }: MergeRules, side: JsonObject): JsonObject {
  const absent = lists.filter(({ kind, at }) => kind === 'block' && !Object.hasOwn(side, at))
  return absent.reduce((filled, { at }) => withKey(filled, at, []), side)
}

function mergeFields(merging: Merging, sides: ChangedMaps): JsonObject {
  const { groups } = merging.rules
  const grouped = new Set(groups.flatMap(({ keys }) => keys))
  const rest = (side: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(side).filter(([key]) => !grouped.has(key)))
  const parts = groups.map((group) => mergeGroup(merging, group, sides))
  const base = sides.base && rest(sides.base)
  const others = mergeMaps(merging, [], { base, ours: rest(sides.ours), theirs: rest(sides.theirs) })
  return Object.fromEntries([...parts, others].flatMap((part) => Object.entries(part)))
}

const isResource: Check = (value: Json | undefined) =>
  value === undefined || isObject(value) ? null : 'the whole resource, a mapping'
