import type { Value } from '../model/resource.ts'
import type { Pair } from './snapshot.ts'
import type { Standing } from './standing.ts'

/** What a plan's merges make of resources of the workspace, by their id. */
export function mergedValues(pairs: readonly Pair[], standings: readonly Standing[]): Map<string, Value> {
  return new Map(
    pairs.flatMap(({ workspace }, i) => {
      const standing = standings[i]
      return workspace && standing?.kind === 'merge' ? [[workspace.id, standing.value] as const] : []
    }),
  )
}
