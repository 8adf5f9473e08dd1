import { sameJson } from '../../model/json.ts'
import { mergedOf } from '../merged.ts'
import { flowsOut } from '../standing.ts'
import type { SavedChange, SavedSet } from './draft.ts'
import type { CommitPlanInput } from './plan-commits.ts'

type Now = Pick<SavedChange, 'ref' | 'value'>

/**
 * The saves with what they go out as: a merge's result, or what the workspace holds where that is other than
 * what was saved last, because it has followed a rename that came from Git meanwhile (S18).
 */
export function valuesOut({ snapshot, reconciliation, sets }: CommitPlanInput): readonly SavedSet[] {
  const { pairs } = snapshot
  const { standings } = reconciliation
  const merged = mergedOf(pairs, standings)
  const here = new Map<string, Now>()
  pairs.forEach(({ workspace, base }, i) => {
    const side = workspace ?? base
    if (side && flowsOut(standings[i])) here.set(side.id, { ref: side.ref, value: workspace?.value ?? null })
  })
  const last = new Map(sets.flatMap(({ changes }) => changes.map((change) => [change.resourceId, change])))
  const out = new Map<string, Now>(merged)
  for (const [id, now] of here) {
    const saved = last.get(id)
    if (saved && !merged.has(id) && !isSame(saved, now)) out.set(id, now)
  }
  if (out.size === 0) return sets
  return sets.map((set) => ({
    ...set,
    changes: set.changes.map((change) => {
      const now = out.get(change.resourceId)
      return now === undefined ? change : { ...change, ...now, isMerged: true }
    }),
  }))
}

function isSame(a: Now, b: Now): boolean {
  return a.ref.slug === b.ref.slug && sameJson(a.value, b.value)
}
