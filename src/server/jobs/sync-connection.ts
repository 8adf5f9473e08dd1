import { type Connection, connectionById } from '../../store/connections.ts'
import { LEASE_SECONDS, type Lease, releaseLease, renewLease, takeLease } from '../../store/leases.ts'
import { enqueueSync } from '../../store/outbox.ts'
import { hasOutbox, nextRun } from '../../store/run-queue.ts'
import { insertRun, type Run } from '../../store/runs.ts'
import { syncState, updateSyncState } from '../../store/sync-state.ts'
import { workspaceById } from '../../store/workspaces.ts'
import type { JobContext } from './context.ts'
import { failpoint } from './failpoint.ts'
import { executeRun, type Place } from './sync/execute-run.ts'

const RETRY_SECONDS_MAX = 600
const BUSY_SECONDS = 1

export type SyncHint = 'save' | 'poll' | 'webhook'

/** The job: every run that waits for this connection, one after the other, under its lease (S25). */
export async function syncConnection(
  context: JobContext,
  worker: string,
  connectionId: string,
  hint: SyncHint,
  stop: AbortSignal,
): Promise<void> {
  const { db } = context
  failpoint('taken')
  const lease = await takeLease(db, connectionId, worker)
  if (!lease) {
    if (await connectionById(db, connectionId)) await enqueueSync(db, connectionId, BUSY_SECONDS)
    return
  }
  const keeper = keepLease(context, lease, stop)
  try {
    let wanted: SyncHint | null = hint
    for (;;) {
      const connection = await connectionById(db, connectionId)
      if (!connection) return
      const workspace = await workspaceById(db, connection.workspaceId)
      // Runs that wait are taken up when it is restored.
      if (!workspace || workspace.archivedAt) return
      const place = { connection, workspace }
      const run = (await nextRun(db, connectionId)) ?? (await ownRun(context, place, wanted))
      if (!run) return
      wanted = null
      const { retry } = await executeRun(context, place, lease, run, keeper.signal)
      if (keeper.signal.aborted) return
      await scheduleRetry(context, connection, retry)
    }
  } finally {
    keeper.stop()
    await releaseLease(db, lease)
  }
}

/** A run that nobody asked for: what was saved, or a branch that moved. */
async function ownRun(
  { db }: JobContext,
  { connection, workspace }: Place,
  hint: SyncHint | null,
): Promise<Run | null> {
  if (hint === null || connection.activeSince === null) return null
  if (!workspace.gitSync) return null
  if (hint === 'save' && !(await hasOutbox(db, connection.workspaceId))) return null
  return insertRun(db, connection, { trigger: hint, actor: null }, 'running')
}

/** After a fault that may pass, again later, each time after a longer pause (S10). */
async function scheduleRetry(
  { db }: JobContext,
  { id }: Connection,
  retry: 'later' | 'never',
): Promise<void> {
  const state = await syncState(db, id)
  if (!state) return
  if (retry === 'never') {
    if (state.failures > 0) await updateSyncState(db, id, { failures: 0 })
    return
  }
  await updateSyncState(db, id, { failures: state.failures + 1 })
  await enqueueSync(db, id, Math.min(2 ** (state.failures + 1), RETRY_SECONDS_MAX))
}

/** Renews the lease while the work goes on; aborts the work when it is lost or the server stops. */
function keepLease({ db, log }: JobContext, lease: Lease, stop: AbortSignal) {
  const lost = new AbortController()
  const timer = setInterval(
    () => {
      renewLease(db, lease).then(
        (kept) => kept || lost.abort(),
        (error) => log.warn({ err: error }, 'the lease was not renewed'),
      )
    },
    (LEASE_SECONDS * 1000) / 4,
  )
  return { signal: AbortSignal.any([lost.signal, stop]), stop: () => clearInterval(timer) }
}
