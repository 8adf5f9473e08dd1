import { planCommits } from '../../../core/plan/commits/plan-commits.ts'
import { branchFor } from '../../../core/reviews/branch-name.ts'
import { NO_ROW, reviewInput } from '../../../core/reviews/review-input.ts'
import type { Routed } from '../../../core/reviews/route.ts'
import { hasStale, isStuck } from '../../../core/reviews/share.ts'
import { blobId } from '../../../git/blob-id.ts'
import { HostError } from '../../../git/hosts/host-error.ts'
import { advanceReview } from '../../../store/advance-review.ts'
import { loseCommits, recordCommits } from '../../../store/commit-records.ts'
import { guardLease } from '../../../store/leases.ts'
import { createReview, getReview, markForeign, moveNewReview, type Review } from '../../../store/reviews.ts'
import { settleChanges } from '../../../store/settle-changes.ts'
import { failpoint } from '../failpoint.ts'
import { makeCommits } from './make-commits.ts'
import { keepPullRequest, remoteOf } from './pull-request.ts'
import { pushRefused } from './push.ts'
import { toStored } from './read-own-files.ts'
import type { SyncError } from './sync-error.ts'
import { tellChanges } from './tell-changes.ts'
import { DONE, type Facts, known, type StepResult, type Work } from './work.ts'

/** Where the review's next commits go. */
type Place = {
  readonly parent: string
  /** What its branch must still be at; null: it is made. */
  readonly expected: string | null
  readonly isBehind: boolean
}

/** What goes to reviews: each on its own branch, with its pull request (S21). */
export async function proposeChanges(work: Work, facts: Facts): Promise<StepResult> {
  let refused: SyncError | null = null
  for (const routed of known(facts.shares).reviews) {
    const outcome = await propose(work, facts, routed)
    if (outcome === 'again') return { kind: 'again', from: 'fetch' }
    if (outcome !== 'done') refused = outcome
  }
  if (refused) throw refused
  if (facts.hostProblem) throw facts.hostProblem
  return DONE
}

async function propose(work: Work, facts: Facts, routed: Routed): Promise<'done' | 'again' | SyncError> {
  const onto = known(facts.head).parent
  const { target } = routed
  if (onto === null || target.kind === 'branch') return 'done'
  const review =
    target.kind === 'review' ? await getReview(work.db, work.connection.workspaceId, target.id) : null
  if (review && !hasNews(facts, routed, review)) return 'done'
  const place = review
    ? await placeOf(work, facts, review, onto)
    : { parent: onto, expected: null, isBehind: false }
  if (place === null) return 'done'
  const input = inputOf(work, facts, routed, review, place)
  const { drafts, idle } = planCommits(input)
  const settled = idle.filter((id) => id !== NO_ROW)
  if (drafts.length === 0) {
    await work.db.transaction().execute(async (tx) => {
      await guardLease(tx, work.lease)
      await settleChanges(tx, settled)
    })
    return 'done'
  }
  const { commits, records } = await makeCommits(work, {
    drafts,
    snapshot: input.snapshot,
    sets: input.sets,
    aliases: toStored(input.aliases),
    parent: place.parent,
    ...(place.isBehind && place.expected !== null ? { merges: place.expected } : {}),
  })
  const branch = await branchOf(work, review, routed)
  const { recorded, ids } = await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    await settleChanges(tx, settled)
    const { id: connectionId, workspaceId } = work.connection
    const about = { connectionId, workspaceId, branch, base: onto, onHost: work.host !== null }
    const recorded = review ?? (await createReview(tx, { ...about, person: personOf(routed, review) }))
    if (review?.state.kind === 'new') await moveNewReview(tx, review.id, { branch, base: onto })
    const place = { connectionId, runId: work.run.id, review: { id: recorded.id, base: onto } }
    const rows = records.map((row) => ({ ...row, changeIds: row.changeIds.filter((id) => id !== NO_ROW) }))
    return { recorded: { ...recorded, branch }, ids: await recordCommits(tx, place, rows) }
  })
  failpoint('review-recorded')
  const oid = commits.at(-1)?.oid ?? ''
  const outcome = await pushReview(work, recorded, { oid, expected: place.expected, ids })
  if (outcome !== 'pushed') return outcome
  await advance(work, recorded, ids)
  facts.proposed = (facts.proposed ?? 0) + commits.length
  await work.count(facts.proposed, facts.proposed)
  await tellHost(work, facts, recorded.id)
  return 'done'
}

/** Null: what is saved for it waits. */
async function placeOf(work: Work, facts: Facts, review: Review, onto: string): Promise<Place | null> {
  if (review.state.kind === 'new') return { parent: onto, expected: null, isBehind: false }
  if (review.state.kind !== 'open' || review.head === null) return null
  const { head } = await work.repository.fetch(remoteOf(work, review), work.signal)
  // Gone: the next look at the reviews says what that means.
  if (head === null) return null
  if (head !== review.head) {
    // What somebody else pushed there is never written over (S5).
    await markForeign(work.db, review.id, head)
    return null
  }
  if (review.base === onto) return { parent: head, expected: head, isBehind: false }
  // Brought up to date, it would have to decide what a person has to.
  if (isStuck(known(facts.snapshot), known(facts.reconciliation).standings, review.id)) return null
  return { parent: onto, expected: head, isBehind: true }
}

/** Aliases are asked for in every run until the branch has them: a review that has them is left alone. */
function hasNews(facts: Facts, { sets }: Routed, review: Review): boolean {
  const { standings } = known(facts.reconciliation)
  const aliases = known(facts.generated).find(({ kind }) => kind === 'aliases')
  const isHeld = aliases === undefined || blobId(aliases.text) === review.aliasBlob
  const isNews = sets.some(
    (set) => set.changes.length > 0 || set.touchesManifest || (set.touchesAliases && !isHeld),
  )
  return isNews || hasStale(known(facts.snapshot), standings, review.id)
}

function inputOf(work: Work, facts: Facts, routed: Routed, review: Review | null, place: Place) {
  const isKept = (text: string) => {
    const blob = blobId(text)
    return !place.isBehind && (blob === review?.manifestBlob || blob === review?.aliasBlob)
  }
  return reviewInput({
    snapshot: known(facts.snapshot),
    reconciliation: known(facts.reconciliation),
    review: review?.id ?? null,
    person: personOf(routed, review),
    isBehind: place.isBehind,
    sets: routed.sets,
    aliases: known(facts.aliases),
    generated: known(facts.generated).filter(({ text }) => !isKept(text)),
    batch: work.connection.batchSeconds > 0,
    now: Date.now(),
  })
}

function personOf({ target }: Routed, review: Review | null): Review['person'] {
  if (review) return review.person
  if (target.kind !== 'new') throw new Error('a review that is not there is made for a person')
  return target.person
}

/** Of one whose branch is still to be made: the first name that nobody has. */
async function branchOf(work: Work, review: Review | null, routed: Routed): Promise<string> {
  if (review && review.state.kind !== 'new') return review.branch
  const { branches } = await work.repository.lsRemote(work.remote, work.signal)
  if (review && !branches.has(review.branch)) return review.branch
  const { name, email } = personOf(routed, review)
  return branchFor(work.workspace.slug, name || email, branches.keys())
}

type Pushing = { readonly oid: string; readonly expected: string | null; readonly ids: readonly string[] }

async function pushReview(
  work: Work,
  review: Review,
  { oid, expected, ids }: Pushing,
): Promise<'pushed' | 'again' | SyncError> {
  const remote = remoteOf(work, review)
  const outcome = await work.repository.push(remote, oid, expected, work.signal)
  failpoint('review-pushed')
  if (outcome.kind === 'pushed') {
    const verified = await work.repository.verify(remote, oid, work.signal)
    return verified.kind === 'absent' ? 'again' : 'pushed'
  }
  await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    await loseCommits(tx, ids)
  })
  return outcome.kind === 'rejected-race' ? 'again' : pushRefused(outcome.reason)
}

async function advance(work: Work, review: Review, ids: readonly string[]): Promise<void> {
  await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    await advanceReview(tx, review, ids)
    await tellChanges(tx, review)
  })
  failpoint('review-advanced')
}

/** The commits are on the remote whatever the host says: its fault is told at the end of the run. */
async function tellHost(work: Work, facts: Facts, id: string): Promise<void> {
  const review = await getReview(work.db, work.connection.workspaceId, id)
  try {
    if (review) await keepPullRequest(work, review)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    facts.hostProblem = error
  }
}
