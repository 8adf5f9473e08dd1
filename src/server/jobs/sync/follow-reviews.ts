import { nextAction, type Seen } from '../../../core/reviews/review.ts'
import type { PullRequest } from '../../../git/hosts/host.ts'
import { HostError } from '../../../git/hosts/host-error.ts'
import { advanceReview } from '../../../store/advance-review.ts'
import { loseCommits, recordedCommits } from '../../../store/commit-records.ts'
import type { Db } from '../../../store/database.ts'
import { agreeOnReview, declineReview } from '../../../store/end-review.ts'
import { guardLease } from '../../../store/leases.ts'
import { reviewsOf } from '../../../store/proposals.ts'
import { getReview, openReviews, type Review } from '../../../store/reviews.ts'
import { syncState } from '../../../store/sync-state.ts'
import { failpoint } from '../failpoint.ts'
import { keepPullRequest, remoteOf } from './pull-request.ts'
import { tellChanges } from './tell-changes.ts'
import { type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/**
 * What became of the open reviews since the last look: pushes that were cut off, pull requests to open or to
 * close, merged and closed ones (S21). Before the repository is read, so that the plan knows.
 */
export async function followReviews(work: Work, facts: Facts): Promise<StepResult> {
  const { parent, isApproved, isNewBranch } = known(facts.head)
  if (work.run.options.dryRun || parent === null || isApproved || isNewBranch) return NEXT
  const all = await openReviews(work.db, work.connection.id)
  facts.hasReviews = all.length > 0
  if (all.length > 0) await work.count(all.length, all.length)
  for (const open of all) {
    const review = await settleReview(work, open)
    try {
      if ((await follow(work, facts, review, parent)) === 'fetch-again')
        return { kind: 'again', from: 'fetch' }
    } catch (error) {
      // The branch itself is synced all the same; the run says it at its end.
      if (!(error instanceof HostError)) throw error
      facts.hostProblem = error
    }
  }
  return NEXT
}

/** A recorded commit in the review's branch counts as pushed; one that the branch has passed by is lost (S10). */
async function settleReview(work: Work, review: Review): Promise<Review> {
  const { db, repository, connection, lease } = work
  const recorded = await recordedCommits(db, connection.id, review.id)
  if (recorded.length === 0) return review
  const { head } = await repository.fetch(remoteOf(work, review), work.signal)
  if (head === null) return review
  const pushed: string[] = []
  const lost: string[] = []
  for (const { id, oid } of recorded) {
    if (await repository.isAncestor(oid, head)) pushed.push(id)
    else if (!(await repository.isAncestor(head, oid))) lost.push(id)
  }
  await db.transaction().execute(async (tx) => {
    await guardLease(tx, lease)
    await loseCommits(tx, lost)
    await advanceReview(tx, review, pushed)
    if (pushed.length > 0) await tellChanges(tx, review)
  })
  return (await getReview(db, connection.workspaceId, review.id)) ?? review
}

async function follow(
  work: Work,
  facts: Facts,
  review: Review,
  head: string,
): Promise<'fetch-again' | 'done'> {
  const pullRequest = await readPullRequest(work, review)
  const action = nextAction(review.state, await see(work, facts, review, pullRequest, head))
  switch (action.kind) {
    case 'wait':
      if (review.onHost && review.state.kind === 'open' && review.toldHead !== review.head)
        await keepPullRequest(work, review)
      return 'done'
    case 'fetch-again':
      facts.mergedReviews = new Set([...(facts.mergedReviews ?? []), review.id])
      return 'fetch-again'
    case 'open-pull-request':
      await keepPullRequest(work, review)
      return 'done'
    case 'close-pull-request':
      await work.host?.closePullRequest(action.number)
      failpoint('review-closed')
      await end(work, facts, (tx) => declineReview(tx, review))
      return 'done'
    case 'decline':
      await end(work, facts, (tx) => declineReview(tx, review))
      return 'done'
    case 'agree':
      await end(work, facts, (tx) => agreeOnReview(tx, review, pullRequest?.mergeCommit ?? head))
      return 'done'
  }
}

async function end(work: Work, facts: Facts, write: (tx: Db) => Promise<void>): Promise<void> {
  await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    await write(tx)
  })
  // What the state said of a review's aliases is over with it.
  const state = await syncState(work.db, work.connection.id)
  if (state) facts.state = state
  facts.endedReviews = (facts.endedReviews ?? 0) + 1
  failpoint('review-ended')
}

async function readPullRequest({ host }: Work, { state }: Review): Promise<PullRequest | null> {
  if (host === null || state.kind !== 'open' || state.number === null) return null
  return host.readPullRequest(state.number)
}

async function see(
  work: Work,
  facts: Facts,
  review: Review,
  pullRequest: PullRequest | null,
  head: string,
): Promise<Seen> {
  const isAlone = pullRequest === null && review.state.kind === 'open'
  const branch = isAlone ? await work.repository.remoteHead(remoteOf(work, review), work.signal) : ''
  return {
    hasHost: work.host !== null,
    branch: branch === null ? 'gone' : 'there',
    pullRequest: pullRequest && {
      number: pullRequest.number,
      state: pullRequest.state,
      isIntoOurs: pullRequest.into === work.connection.branch,
    },
    isInHead:
      pullRequest === null
        ? isAlone && (await isMergedByHand(work, review, head))
        : await hasMerge(work, facts, review, pullRequest, head),
    isCloseAsked: review.isCloseAsked,
  }
}

async function hasMerge(
  { repository }: Work,
  { isFetched, mergedReviews }: Facts,
  review: Review,
  { state, mergeCommit }: PullRequest,
  head: string,
): Promise<boolean> {
  if (state !== 'merged') return false
  // It was merged before this head was fetched, wherever its commit went since.
  if (mergedReviews?.has(review.id)) return true
  if (mergeCommit === null) return isFetched === true
  return (await repository.hasCommit(mergeCommit)) && (await repository.isAncestor(mergeCommit, head))
}

/** Nobody says that it was merged: its commits are in the branch, or all that it proposed lies there. */
async function isMergedByHand(work: Work, review: Review, head: string): Promise<boolean> {
  const { repository, connection, db } = work
  if (review.head === null || head === review.base) return false
  if ((await repository.hasCommit(review.head)) && (await repository.isAncestor(review.head, head)))
    return true
  const { proposed } = await reviewsOf(db, connection.id)
  const own = [...proposed.values()].filter((proposal) => proposal.review === review.id)
  if (own.length === 0) return false
  const tree = await repository.listTree(head, connection.path)
  const blobs = new Map(tree.map((entry) => [entry.path, entry.oid]))
  return own.every(({ path, blob }) => (blobs.get(path) ?? null) === blob)
}
