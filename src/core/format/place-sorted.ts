import type { Json, JsonObject } from '../model/json.ts'
import { compareBytes } from './jsonb-order.ts'

/**
 * A section of a manifest or alias file with its new entries: the kept ones stay as the file orders them,
 * new ones are sorted in, or come last where the file is not sorted.
 */
export function placeSorted(existing: JsonObject, wanted: ReadonlyMap<string, Json>): JsonObject {
  const kept = Object.keys(existing).filter((key) => wanted.has(key))
  const isSorted = kept.every((key, i) => i === 0 || compareBytes(kept[i - 1] ?? '', key) < 0)
  for (const key of [...wanted.keys()].filter((name) => !kept.includes(name)).sort(compareBytes)) {
    const next = isSorted ? kept.findIndex((other) => compareBytes(other, key) > 0) : -1
    kept.splice(next === -1 ? kept.length : next, 0, key)
  }
  return Object.fromEntries(kept.map((key) => [key, wanted.get(key) ?? null]))
}
