import type { FileRef, Value } from '../model/resource.ts'
import type { Pair } from './snapshot.ts'
import type { Standing } from './standing.ts'

export type Merged = { readonly ref: FileRef; readonly value: Value }

/** What a plan's merges make of resources of the workspace, by their id. */
export function mergedOf(pairs: readonly Pair[], standings: readonly Standing[]): Map<string, Merged> {
  return new Map(
    pairs.flatMap(({ workspace }, i) => {
      const standing = standings[i]
      if (!workspace || standing?.kind !== 'merge') return []
      const { ref, value } = standing
      return [[workspace.id, { ref, value }] as const]
    }),
  )
}
