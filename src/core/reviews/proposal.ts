import { sameValue } from '../format/normalize.ts'
import type { FileRef, FileValue, Value } from '../model/resource.ts'
import type { Pair } from '../plan/snapshot.ts'

/** What an open review has of a resource: its file on the review's branch. `blob` null: it is taken out there. */
export type Proposal = {
  readonly review: string
  readonly resourceId: string
  readonly ref: FileRef
  readonly path: string
  readonly blob: string | null
  readonly fileValue: FileValue | null
  readonly value: Value | null
}

/** Reviews as a plan sees them, by the resource's id. */
export type Reviews = {
  readonly proposed: ReadonlyMap<string, Proposal>
  /** Resources whose review was closed, and what to say of it. */
  readonly declined: ReadonlyMap<string, string>
}

/** The id that a pair's saves have; null: it is in the repository alone. */
export function idOf({ workspace, base }: Pair): string | null {
  return workspace?.id ?? base?.id ?? null
}

export function proposalOf(pair: Pair, reviews: Reviews | undefined): Proposal | null {
  const id = idOf(pair)
  return (id !== null && reviews?.proposed.get(id)) || null
}

/** An open review has the resource just as the workspace has it: there is nothing more to send. */
export function isProposed(pair: Pair, reviews: Reviews | undefined): boolean {
  const proposal = proposalOf(pair, reviews)
  return proposal !== null && holds(proposal, pair.workspace)
}

/** The review has them, the branch never had, and the workspace has not any more: no pair speaks of them. */
export function goneProposals(pairs: readonly Pair[], reviews: Reviews | undefined): Proposal[] {
  if (!reviews || reviews.proposed.size === 0) return []
  const known = new Set(pairs.flatMap(({ workspace, base }) => [workspace?.id, base?.id]))
  return [...reviews.proposed.values()].filter(
    ({ resourceId, blob }) => blob !== null && !known.has(resourceId),
  )
}

export function holds(
  { ref, value }: Proposal,
  present: { readonly ref: FileRef; readonly value: Value | null } | null,
): boolean {
  const there = present?.value ?? null
  if (value === null || there === null || present === null) return value === there
  return ref.slug === present.ref.slug && sameValue(ref.kind, value, there)
}
