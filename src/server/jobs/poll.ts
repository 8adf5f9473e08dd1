import { type Connection, connectionById } from '../../store/connections.ts'
import { enqueuePoll } from '../../store/outbox.ts'
import { enqueuePulls } from '../../store/pull-plans.ts'
import { hasOutbox } from '../../store/run-queue.ts'
import { syncState } from '../../store/sync-state.ts'
import { isSynced, workspaceById } from '../../store/workspaces.ts'
import type { JobContext } from './context.ts'
import { haveReviewsMoved } from './sync/have-reviews-moved.ts'
import { openRemote } from './sync/open-remote.ts'
import { type SyncHint, syncConnection } from './sync-connection.ts'

/** At its time, again and again. */
export async function pollConnection(
  context: JobContext,
  worker: string,
  connectionId: string,
  stop: AbortSignal,
): Promise<void> {
  const connection = await connectionById(context.db, connectionId)
  if (!connection?.activeSince || connection.pollSeconds === 0) return
  try {
    await look(context, worker, connection, 'poll', stop)
  } finally {
    const now = await connectionById(context.db, connectionId)
    if (now?.activeSince && now.pollSeconds > 0) await enqueuePoll(context.db, connectionId, now.pollSeconds)
  }
}

/** Because the host says that the branch may have moved: a hint, which is not believed (S13). */
export async function followWebhook(
  context: JobContext,
  worker: string,
  connectionId: string,
  stop: AbortSignal,
): Promise<void> {
  const connection = await connectionById(context.db, connectionId)
  if (connection?.activeSince) await look(context, worker, connection, 'webhook', stop)
}

/** Asks the remote for the branch's head, and syncs only when that is a new one. */
async function look(
  context: JobContext,
  worker: string,
  connection: Connection,
  trigger: 'poll' | 'webhook',
  stop: AbortSignal,
): Promise<void> {
  const workspace = await workspaceById(context.db, connection.workspaceId)
  if (!workspace || !isSynced(workspace)) return
  const hint = await whatMoved(context, connection, trigger)
  if (hint) await syncConnection(context, worker, connection.id, hint, stop)
  // Afterwards: a plan is of what is left to change.
  await enqueuePulls(context.db, connection.id)
}

async function whatMoved(
  context: JobContext,
  connection: Connection,
  trigger: 'poll' | 'webhook',
): Promise<SyncHint | null> {
  const { db } = context
  const state = await syncState(db, connection.id)
  if (!state) return null
  const { remote, repository } = await openRemote(context, connection)
  try {
    const head = await repository.remoteHead(remote)
    // One that can be reached again gets a run that says so.
    if (head !== state.seen_head || state.failures > 0) return trigger
    return (await haveReviewsMoved(context, connection, remote, repository)) ? trigger : null
  } catch {
    // The run says what is wrong; one that has said it already is not repeated every minute.
    if (state.failures > 0) return null
    return (await hasOutbox(db, connection.workspaceId)) ? 'save' : trigger
  }
}
