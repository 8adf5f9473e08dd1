import { sameJson } from '../../../core/model/json.ts'
import type { SavedSet } from '../../../core/plan/commits/draft.ts'
import type { Pair } from '../../../core/plan/snapshot.ts'

/** The newest save of a resource holds the resource's value: one copy of it is enough for both. */
export function shareValues(sets: readonly SavedSet[], pairs: readonly Pair[]): SavedSet[] {
  const values = new Map(pairs.flatMap(({ workspace: w }) => (w ? [[w.id, w.value] as const] : [])))
  return sets.map((set) => ({
    ...set,
    changes: set.changes.map((change) => {
      const value = values.get(change.resourceId)
      return value && sameJson(value, change.value) ? { ...change, value } : change
    }),
  }))
}
