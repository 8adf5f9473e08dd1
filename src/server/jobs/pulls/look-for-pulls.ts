import { GitError } from '../../../git/git-error.ts'
import { HostError } from '../../../git/hosts/host-error.ts'
import { connectionById } from '../../../store/connections.ts'
import { enqueuePull, forgetPlanned, plannedPulls } from '../../../store/pull-plans.ts'
import { isSynced, workspaceById } from '../../../store/workspaces.ts'
import { openHost } from '../../hosts/open-host.ts'
import type { JobContext } from '../context.ts'
import { openRemote } from '../sync/open-remote.ts'

/** Asks the host which pull requests into the branch are open, and has those planned that moved since (S22). */
export async function lookForPulls(context: JobContext, connectionId: string): Promise<void> {
  const { db, log } = context
  const connection = await connectionById(db, connectionId)
  if (!connection?.activeSince) return
  const workspace = await workspaceById(db, connection.workspaceId)
  if (!workspace || !isSynced(workspace)) return
  const host = await openHost(context, connection)
  if (host === null) return
  try {
    const open = await host.listPullRequests(connection.branch)
    const planned = await plannedPulls(db, connectionId)
    const numbers = new Set(open.map(({ number }) => number))
    await forgetPlanned(
      db,
      connectionId,
      [...planned.keys()].filter((number) => !numbers.has(number)),
    )
    if (open.length === 0) return
    const { remote, repository } = await openRemote(context, connection)
    const branchHead = await repository.remoteHead(remote)
    for (const { number, head } of open) {
      const last = planned.get(number)
      if (last?.head !== head.oid || last.branchHead !== branchHead)
        await enqueuePull(db, connectionId, number)
    }
  } catch (error) {
    // The next look asks again; what a person can mend is told by *Test*.
    if (!(error instanceof HostError || error instanceof GitError)) throw error
    log.warn(
      { connection: connectionId, code: error.code },
      `pull requests were not looked at: ${error.message}`,
    )
  }
}
