import { connectionById } from '../../store/connections.ts'
import { enqueuePoll } from '../../store/outbox.ts'
import { hasOutbox } from '../../store/run-queue.ts'
import { syncState } from '../../store/sync-state.ts'
import { workspaceById } from '../../store/workspaces.ts'
import type { JobContext } from './context.ts'
import { openRemote } from './sync/open-remote.ts'
import { type SyncHint, syncConnection } from './sync-connection.ts'

/** Asks the remote for the branch's head, and syncs only when that is a new one. */
export async function pollConnection(
  context: JobContext,
  worker: string,
  connectionId: string,
  stop: AbortSignal,
): Promise<void> {
  const connection = await connectionById(context.db, connectionId)
  if (!connection?.activeSince || connection.pollSeconds === 0) return
  const workspace = await workspaceById(context.db, connection.workspaceId)
  try {
    const hint = workspace?.gitSync ? await whatMoved(context, connectionId) : null
    if (hint) await syncConnection(context, worker, connectionId, hint, stop)
  } finally {
    const now = await connectionById(context.db, connectionId)
    if (now?.activeSince && now.pollSeconds > 0) await enqueuePoll(context.db, connectionId, now.pollSeconds)
  }
}

async function whatMoved(context: JobContext, connectionId: string): Promise<SyncHint | null> {
  const { db } = context
  const connection = await connectionById(db, connectionId)
  const state = await syncState(db, connectionId)
  if (!connection || !state) return null
  const { remote, repository } = await openRemote(context, connection)
  try {
    const head = await repository.remoteHead(remote)
    // One that can be reached again gets a run that says so.
    return head !== state.seen_head || state.failures > 0 ? 'poll' : null
  } catch {
    // The run says what is wrong; one that has said it already is not repeated every minute.
    if (state.failures > 0) return null
    return (await hasOutbox(db, connection.workspaceId)) ? 'save' : 'poll'
  }
}
