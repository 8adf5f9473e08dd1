import { isObject, type Json, type JsonObject, own, sameJson, withKey, withoutKey } from '../model/json.ts'
import { fieldAt, type Values } from './merge-field.ts'
import { mergeLines } from './merge-lines.ts'
import type { Group } from './merge-rules.ts'
import { agree, type ChangedMaps, type Check, type Merging } from './merging.ts'

/** The keys of one group: together from one side, or with the SQL merged by line (S4). */
export function mergeGroup(merging: Merging, group: Group, sides: ChangedMaps): JsonObject {
  const values: Values = {
    base: pick(group, sides.base ?? {}),
    ours: pick(group, sides.ours),
    theirs: pick(group, sides.theirs),
  }
  const agreed = agree(merging, values)
  const merged = agreed ? agreed.value : (mergeSql(group, values) ?? settle(merging, group, values))
  return isObject(merged) ? merged : {}
}

function settle(merging: Merging, group: Group, values: Values): Json | undefined {
  const sides = [values.base, values.ours, values.theirs].filter(isObject)
  const held = group.keys.filter((key) => sides.some((side) => Object.hasOwn(side, key)))
  const paths = held.map((key) => [key])
  return merging.settle(fieldAt([group.keys[0]], values, paths), isPartOf(group))
}

/** Only when nothing but the SQL of the group changed, and on both sides; null: not so, or the hunks touch. */
function mergeSql({ sql }: Group, { base, ours, theirs }: Values): JsonObject | null {
  if (sql === null || !isObject(base) || !isObject(ours) || !isObject(theirs)) return null
  const [a, b, c] = [own(base, sql), own(ours, sql), own(theirs, sql)]
  if (typeof a !== 'string' || typeof b !== 'string' || typeof c !== 'string') return null
  const rest = withoutKey(base, sql)
  if (!sameJson(rest, withoutKey(ours, sql)) || !sameJson(rest, withoutKey(theirs, sql))) return null
  const merged = mergeLines({ base: a, ours: b, theirs: c })
  return merged === null ? null : withKey(ours, sql, merged)
}

function pick({ keys }: Group, side: JsonObject): JsonObject | undefined {
  const entries = Object.entries(side).filter(([key]) => keys.includes(key))
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function isPartOf({ keys }: Group): Check {
  return (value) =>
    value === undefined || (isObject(value) && Object.keys(value).every((key) => keys.includes(key)))
      ? null
      : `a mapping with no other keys than ${keys.join(', ')}`
}
