import { type ResourceKey, resourceKey } from '../model/resource.ts'
import { refOf } from './decide.ts'
import type { Snapshot } from './snapshot.ts'
import { flowsIn, type Standing } from './standing.ts'

/** Something came in under a name that the app changed: now that it has an identity it can be written back (S18). */
export function isMergedAnew({ pairs }: Snapshot, standings: readonly Standing[]): boolean {
  return pairs.some(({ workspace }, i) => workspace === null && standings[i]?.kind === 'merge')
}

/** A save waited for what came in by this plan: the next one lets it out. */
export function opensTheWay({ pairs }: Snapshot, standings: readonly Standing[]): boolean {
  const incoming = new Set<ResourceKey>()
  pairs.forEach((pair, i) => {
    if (flowsIn(standings[i])) incoming.add(resourceKey(refOf(pair)))
  })
  return standings.some(
    (standing) =>
      standing.kind === 'waiting' &&
      standing.direction === 'outbound' &&
      standing.waitsFor.some((ref) => incoming.has(resourceKey(ref))),
  )
}
