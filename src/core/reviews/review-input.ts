import type { GeneratedWrite, Person, SavedChange, SavedSet } from '../plan/commits/draft.ts'
import type { CommitPlanInput } from '../plan/commits/plan-commits.ts'
import { refOf } from '../plan/decide.ts'
import { repositoryWorld } from '../plan/files.ts'
import type { Reconciliation } from '../plan/reconcile.ts'
import { ours } from '../plan/sides-after.ts'
import type { Pair, Snapshot } from '../plan/snapshot.ts'
import { flowsOut, type Standing } from '../plan/standing.ts'
import { goneProposals, idOf, type Proposal, proposalOf } from './proposal.ts'
import { isStale } from './share.ts'

export type ReviewPlan = {
  readonly snapshot: Snapshot
  readonly reconciliation: Reconciliation
  /** Null: it is made by this. */
  readonly review: string | null
  readonly person: Person
  /** The branch has moved since the review's: all that it proposes is written anew on the new head. */
  readonly isBehind: boolean
  /** The saves that go to it. */
  readonly sets: readonly SavedSet[]
  readonly aliases: CommitPlanInput['aliases']
  readonly generated: readonly GeneratedWrite[]
  readonly batch: boolean
  readonly now: number
}

/** A change that no row of the outbox stands for. */
export const NO_ROW = ''

/** The commits of a review by the rules of any other (S7, S8), on the repository as the review has it. */
export function reviewInput(given: ReviewPlan): CommitPlanInput {
  const plan = withGone(given)
  const { reconciliation, sets, aliases, generated, isBehind } = plan
  const saved = new Set(sets.flatMap(({ changes }) => changes.map((change) => change.resourceId)))
  const pairs = plan.snapshot.pairs.map((pair) => (isBehind ? pair : withProposal(pair, plan)))
  const standings = plan.snapshot.pairs.map((pair, i) =>
    standingHere(pair, reconciliation.standings[i] ?? SAME, plan, saved),
  )
  const snapshot = { ...plan.snapshot, pairs }
  return {
    snapshot,
    reconciliation: { ...reconciliation, standings, head: repositoryWorld(pairs) },
    sets: [...follow(plan, saved), ...sets.map((set) => withAfter(set, plan))],
    aliases,
    generated,
    // On a new head all is one commit: what each save was made on is not there any more (S7).
    batch: plan.batch || isBehind,
    founder: null,
  }
}

const SAME: Standing = { kind: 'same', rebase: false }

/** What is in the review alone is there to be taken out. */
function withGone(plan: ReviewPlan): ReviewPlan {
  const { pairs, reviews } = plan.snapshot
  const gone = goneProposals(pairs, reviews).filter(({ review }) => review === plan.review)
  if (gone.length === 0) return plan
  const { standings } = plan.reconciliation
  return {
    ...plan,
    snapshot: { ...plan.snapshot, pairs: [...pairs, ...gone.flatMap(gonePair)] },
    reconciliation: { ...plan.reconciliation, standings: [...standings, ...gone.map(() => GOES)] },
  }
}

const GOES: Standing = { kind: 'outbound', rebase: true }

function gonePair({ resourceId: id, ref, path, blob, fileValue, value }: Proposal): Pair[] {
  if (blob === null || fileValue === null || value === null) return []
  const base = { id, ref, path, blob, fileValue, value }
  const file = { kind: 'read' as const, ref, path, blob, fileValue, value, problems: [] }
  return [{ role: 'touched', base, workspace: null, file, twins: [] }]
}

function ownProposal(pair: Pair, { review, snapshot }: ReviewPlan): Proposal | null {
  const proposal = proposalOf(pair, snapshot.reviews)
  return proposal && proposal.review === review ? proposal : null
}

function withProposal(pair: Pair, plan: ReviewPlan): Pair {
  const proposal = ownProposal(pair, plan)
  if (!proposal) return pair
  const { ref, path, blob, fileValue, value } = proposal
  if (blob === null || fileValue === null || value === null) return { ...pair, file: null }
  return { ...pair, file: { kind: 'read', ref, path, blob, fileValue, value, problems: [] } }
}

/** What goes to this review goes out; everything else is as it is there. */
function standingHere(
  pair: Pair,
  standing: Standing,
  plan: ReviewPlan,
  saved: ReadonlySet<string>,
): Standing {
  const id = idOf(pair)
  const own = ownProposal(pair, plan) !== null
  const isGoing = id !== null && (saved.has(id) || (own && isFollowing(pair, standing, plan)))
  if (!isGoing) return SAME
  return flowsOut(standing) ? standing : { kind: 'outbound', rebase: true }
}

/** Written without a save: the review has another state of it, or is behind. */
function isFollowing(pair: Pair, standing: Standing, { snapshot, isBehind }: ReviewPlan): boolean {
  return isBehind || flowsOut(standing) || isStale(pair, standing, snapshot.reviews)
}

/** What follows without a save, in the name of whose review it is. */
function follow(plan: ReviewPlan, saved: ReadonlySet<string>): SavedSet[] {
  const { snapshot, reconciliation, person, now } = plan
  const changes = snapshot.pairs.flatMap((pair, i): SavedChange[] => {
    const standing = reconciliation.standings[i] ?? SAME
    const id = idOf(pair)
    if (id === null || saved.has(id) || !ownProposal(pair, plan) || !isFollowing(pair, standing, plan))
      return []
    return [{ id: NO_ROW, resourceId: id, ...after(pair, standing), isMerged: true }]
  })
  if (changes.length === 0) return []
  return [
    {
      id: NO_ROW,
      kind: 'review',
      author: person,
      savedAt: now,
      message: null,
      changes,
      touchesManifest: false,
      manifestChangeIds: [],
      touchesAliases: false,
    },
  ]
}

/** A save that came to nothing beside the branch counts as what the workspace has now. */
function withAfter(set: SavedSet, { snapshot, reconciliation }: ReviewPlan): SavedSet {
  const at = new Map(
    snapshot.pairs.flatMap((pair, i) => {
      const standing = reconciliation.standings[i] ?? SAME
      const id = idOf(pair)
      return id === null || flowsOut(standing) ? [] : [[id, after(pair, standing)] as const]
    }),
  )
  return {
    ...set,
    changes: set.changes.map((change) => {
      const there = at.get(change.resourceId)
      return there ? { ...change, ...there, isMerged: true } : change
    }),
  }
}

function after(pair: Pair, standing: Standing): Pick<SavedChange, 'ref' | 'value'> {
  const held = ours(pair, standing)
  return { ref: held?.ref ?? refOf(pair), value: held?.value ?? null }
}
