import { isObject, type Json, type JsonObject, own } from '../model/json.ts'
import type { Path } from '../model/json-pointer.ts'
import { fieldAt, type Values } from './merge-field.ts'
import { mergeNamedLists } from './merge-named-lists.ts'
import { isWhole } from './merge-rules.ts'
import { agree, type ChangedMaps, type Check, type Merging } from './merging.ts'

const anyValue: Check = () => null

/** One value on three sides, as deep as its fields go (S4). */
export function mergeJson(merging: Merging, path: Path, values: Values, check = anyValue): Json | undefined {
  const agreed = agree(merging, values)
  if (agreed) return agreed.value
  if (!isWhole(merging.rules, path)) {
    const { base, ours, theirs } = values
    if (isObject(ours) && isObject(theirs) && (base === undefined || isObject(base))) {
      return mergeMaps(merging, path, { base, ours, theirs })
    }
    const list = mergeNamedLists(merging, path, values, mergeJson)
    if (list) return list
  }
  return merging.settle(fieldAt(path, values), check)
}

/**
 * Without a base nothing was agreed on, so nothing can have been taken out of it: a key that one side alone
 * has was added there.
 */
export function mergeMaps(
  merging: Merging,
  path: Path,
  { base = {}, ours, theirs }: ChangedMaps,
): JsonObject {
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)])
  const entries = [...keys].flatMap((key) => {
    const values = { base: own(base, key), ours: own(ours, key), theirs: own(theirs, key) }
    const value = mergeJson(merging, [...path, key], values)
    return value === undefined ? [] : [[key, value] as const]
  })
  return Object.fromEntries(entries)
}
