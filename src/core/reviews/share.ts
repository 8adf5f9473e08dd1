import { stays } from '../plan/block.ts'
import type { SavedSet } from '../plan/commits/draft.ts'
import type { Reconciliation } from '../plan/reconcile.ts'
import { ours } from '../plan/sides-after.ts'
import type { Pair, Snapshot } from '../plan/snapshot.ts'
import { flowsOut, type Standing } from '../plan/standing.ts'
import { goneProposals, holds, idOf, isProposed, proposalOf, type Reviews } from './proposal.ts'
import { type Routed, type Routing, routeSets } from './route.ts'

/** What goes to the branch itself, and what to reviews. */
export type Shares = {
  readonly branch: { readonly reconciliation: Reconciliation; readonly sets: readonly SavedSet[] }
  readonly reviews: readonly Routed[]
}

/** S21: parts what a plan sends. What goes to a review stays where it is for the branch. */
export function share(
  snapshot: Snapshot,
  reconciliation: Reconciliation,
  routing: Pick<Routing, 'sets' | 'open' | 'isReviewed'>,
): Shares {
  const { pairs, reviews } = snapshot
  const { standings } = reconciliation
  const isAllDirect = !routing.isReviewed && (reviews?.proposed.size ?? 0) === 0
  // Thousands of saves, and nothing to look up for any of them (S30).
  if (isAllDirect) return { branch: { reconciliation, sets: routing.sets }, reviews: [] }
  const leaving = leavingIds(snapshot, standings)
  const home = new Map([...(reviews?.proposed ?? [])].map(([id, { review }]) => [id, review]))
  const routed = withStale(routeSets({ ...routing, pairs, leaving, home }), leaving, home)
  const toReviews = routed.filter(({ target }) => target.kind !== 'branch')
  const bound = new Set([
    ...[...home.keys()].filter((id) => leaving.has(id)),
    ...toReviews.flatMap(({ sets }) =>
      sets.flatMap(({ changes }) => changes.map((change) => change.resourceId)),
    ),
  ])
  const sets = routed.find(({ target }) => target.kind === 'branch')?.sets ?? []
  return {
    branch: { reconciliation: { ...reconciliation, standings: standings.map(keptFrom(pairs, bound)) }, sets },
    reviews: toReviews,
  }
}

/** A review whose branch has to follow the workspace though nobody saved anything. */
function withStale(
  routed: readonly Routed[],
  leaving: ReadonlySet<string>,
  home: ReadonlyMap<string, string>,
): Routed[] {
  const told = new Set(routed.flatMap(({ target }) => (target.kind === 'review' ? [target.id] : [])))
  const stale = new Set([...leaving].flatMap((id) => home.get(id) ?? []))
  const others = [...stale].filter((id) => !told.has(id))
  return [...routed, ...others.map((id) => ({ target: { kind: 'review' as const, id }, sets: [] }))]
}

function keptFrom(pairs: readonly Pair[], bound: ReadonlySet<string>) {
  return (standing: Standing, i: number): Standing => {
    const pair = pairs[i]
    const id = pair ? idOf(pair) : null
    if (id === null || !bound.has(id)) return standing
    return { kind: 'waiting', direction: 'outbound', reason: 'It goes to a review', waitsFor: [] }
  }
}

/** Resources with something to send: to the branch, or to the review that has another state of them. */
function leavingIds({ pairs, reviews }: Snapshot, standings: readonly Standing[]): Set<string> {
  const leaving = pairs.flatMap((pair, i) => {
    const id = idOf(pair)
    const standing = standings[i]
    if (id === null || !standing) return []
    return flowsOut(standing) || isStale(pair, standing, reviews) ? [id] : []
  })
  return new Set([...leaving, ...goneProposals(pairs, reviews).map(({ resourceId }) => resourceId)])
}

/** The review proposes what the workspace has not any more. */
export function isStale(pair: Pair, standing: Standing, reviews: Reviews | undefined): boolean {
  const proposal = proposalOf(pair, reviews)
  if (!proposal || (standing.kind !== 'same' && standing.kind !== 'inbound')) return false
  return !holds(proposal, ours(pair, standing))
}

/** The review has another state of one of its resources than the workspace. */
export function hasStale(snapshot: Snapshot, standings: readonly Standing[], review: string): boolean {
  const { reviews } = snapshot
  const leaving = leavingIds(snapshot, standings)
  return [...leaving].some((id) => reviews?.proposed.get(id)?.review === review)
}

/** One of its resources waits for a person, or for something else. */
export function isStuck(
  { pairs, reviews }: Snapshot,
  standings: readonly Standing[],
  review: string,
): boolean {
  return pairs.some((pair, i) => {
    const standing = standings[i]
    return proposalOf(pair, reviews)?.review === review && standing !== undefined && stays(standing)
  })
}

/** What stands in a review as the workspace has it does not go out again. */
export function withoutProposed(
  { pairs, reviews }: Snapshot,
  standings: readonly Standing[],
): readonly Standing[] {
  if (!reviews || reviews.proposed.size === 0) return standings
  return standings.map((standing, i): Standing => {
    const pair = pairs[i]
    const isOut =
      (standing.kind === 'outbound' && !standing.rebase) ||
      (standing.kind === 'held' && standing.direction === 'outbound')
    return pair && isOut && isProposed(pair, reviews) ? { kind: 'same', rebase: false } : standing
  })
}
