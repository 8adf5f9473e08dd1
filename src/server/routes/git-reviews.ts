import { PlanEntryWire } from '../../core/wire/plan.ts'
import { CloseReview, type Review, ReviewList } from '../../core/wire/review.ts'
import { Run } from '../../core/wire/run.ts'
import { askToClose, getReview, listReviews, type Review as Stored } from '../../store/reviews.ts'
import { requestSyncIn } from '../../store/runs.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { connected, startedRun } from './git-runs.ts'

const PATH = '/workspaces/{ws}/git/reviews'

/** Those that ended long ago are at the host, or in the history. */
const LISTED = 100

export const gitReviewEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: PATH,
    action: 'git.read',
    tag: 'Git',
    summary: 'List the reviews, open ones first, then the newest',
    answers: { 200: { description: 'At most the last hundred.', schema: ReviewList } },
    handle: async ({ context, workspace }) => {
      const reviews = await listReviews(context.db, workspace.id, LISTED)
      return { status: 200, body: { items: reviews.map(reviewBody), nextCursor: null } }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${PATH}/{id}/close`,
    action: 'git.close-review',
    tag: 'Git',
    summary: 'Close a review without merging it',
    description:
      'A run closes its pull request. What it proposed becomes conflicts, to be settled one by one, and is not proposed again by itself.',
    body: CloseReview,
    answers: {
      200: { description: 'The run that closes it; it ended within `waitSeconds`.', schema: Run },
      202: { description: 'The run that closes it, which goes on.', schema: Run },
    },
    handle: async ({ context, workspace, actor, body, param, request }) => {
      const connection = await connected(context, workspace)
      const review = await getReview(context.db, workspace.id, param('id'))
      if (review === null) throw notFound('review with this id')
      if (!workspace.gitSync) {
        throw new ProblemError(
          'git-sync-off',
          'Git Sync is off for this workspace. An admin can switch it on.',
        )
      }
      const run = await context.db.transaction().execute(async (tx) => {
        if (!(await askToClose(tx, review.id))) return null
        return requestSyncIn(tx, connection, { trigger: 'manual', actor })
      })
      if (run === null) {
        throw new ProblemError(
          'review-ended',
          `This review is ${review.state.kind} already; there is nothing to close.`,
        )
      }
      return {
        ...(await startedRun(context, workspace, run, body.waitSeconds, request.signal)),
        audit: { action: 'git.close-review', subject: review.branch, run },
      }
    },
  }),
]

function reviewBody(review: Stored): Review {
  const { id, state, person, branch, url, onHost, head, title, changes, foreign, isCloseAsked } = review
  const isOver = state.kind === 'merged' || state.kind === 'closed'
  return {
    id,
    state: isOver ? state.kind : 'open',
    person: person.name || person.email,
    branch,
    number: review.number,
    url,
    onHost,
    head,
    title,
    // Written by us from entries of a plan.
    changes: PlanEntryWire.array().parse(changes),
    isChangedThere: foreign !== null && !isOver,
    isClosing: isCloseAsked && !isOver,
    createdAt: review.createdAt.toISOString(),
    endedAt: review.endedAt?.toISOString() ?? null,
  }
}
