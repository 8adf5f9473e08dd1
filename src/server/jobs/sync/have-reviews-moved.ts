import type { Remote } from '../../../git/remote.ts'
import type { Repository } from '../../../git/repository.ts'
import type { Connection } from '../../../store/connections.ts'
import { openReviews } from '../../../store/reviews.ts'
import { openHost } from '../../hosts/open-host.ts'
import type { JobContext } from '../context.ts'

/** Closed at the host, or its branch was taken away: neither moves the branch that is polled (S13, S21). */
export async function haveReviewsMoved(
  context: JobContext,
  connection: Connection,
  remote: Remote,
  repository: Repository,
): Promise<boolean> {
  const open = (await openReviews(context.db, connection.id)).filter(({ state }) => state.kind === 'open')
  if (open.length === 0) return false
  const host = await openHost(context, connection)
  for (const { state, branch } of open) {
    const number = state.kind === 'open' ? state.number : null
    const hasMoved =
      host !== null && number !== null
        ? (await host.readPullRequest(number)).state !== 'open'
        : (await repository.remoteHead({ ...remote, branch })) === null
    if (hasMoved) return true
  }
  return false
}
