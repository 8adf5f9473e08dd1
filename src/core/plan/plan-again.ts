import { type ResourceKey, resourceKey } from '../model/resource.ts'
import { refOf } from './decide.ts'
import { endingForwards } from './forwards.ts'
import type { Pair, Snapshot } from './snapshot.ts'
import { flowsIn, type Standing } from './standing.ts'

/**
 * Something came in under a name that the app changed, or by an old name that is at its end here: now that it
 * has an identity it can be written back (S18).
 */
export function isToBeWrittenBack({ pairs }: Snapshot, standings: readonly Standing[]): boolean {
  const isNew = ({ workspace }: Pair, i: number) => workspace === null && flowsIn(standings[i])
  const news = pairs.filter(isNew)
  if (news.length === 0) return false
  if (pairs.some((pair, i) => isNew(pair, i) && standings[i]?.kind === 'merge')) return true
  const forwarded = news.flatMap(({ file }) => (file?.kind === 'read' ? (file.forwarded ?? []) : []))
  return forwarded.length > 0 && forwarded.some(endingForwards(pairs))
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
