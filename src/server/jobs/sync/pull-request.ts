import { summaryOf } from '../../../core/reviews/summary.ts'
import type { PullRequest } from '../../../git/hosts/host.ts'
import type { Remote } from '../../../git/remote.ts'
import { guardLease } from '../../../store/leases.ts'
import { nameReview, type Review } from '../../../store/reviews.ts'
import { failpoint } from '../failpoint.ts'
import type { Work } from './work.ts'

export function remoteOf({ remote }: Work, { branch }: Pick<Review, 'branch'>): Remote {
  return { ...remote, branch }
}

/**
 * The review's pull request with words for what it holds now: the open one from its branch, or a new one. Done
 * again after a kill, it finds what it made (S26).
 */
export async function keepPullRequest(work: Work, review: Review): Promise<void> {
  const { host, connection, workspace, db, lease } = work
  if (host === null || review.state.kind !== 'open') return
  const words = {
    title: review.title,
    body: summaryOf(review.changes, {
      workspace: workspace.slug,
      person: review.person.name,
      link: work.pageOf(`/${workspace.slug}/git`),
    }),
  }
  const request = { from: review.branch, into: connection.branch, ...words }
  const found = await findPullRequest(work, review)
  const pullRequest = found ?? (await host.openPullRequest(request))
  failpoint('review-opened')
  if (found) await host.updatePullRequest(found.number, words)
  await db.transaction().execute(async (tx) => {
    await guardLease(tx, lease)
    await nameReview(tx, review, pullRequest, review.head)
  })
}

async function findPullRequest(
  { host, connection }: Work,
  { branch, state, url }: Review,
): Promise<Pick<PullRequest, 'number' | 'url'> | null> {
  if (host === null) return null
  if (state.kind === 'open' && state.number !== null) return { number: state.number, url: url ?? '' }
  const open = await host.listPullRequests(connection.branch)
  return open.find(({ head }) => head.branch === branch && !head.isFork) ?? null
}
