import { DEFAULT_LIMITS } from '../../../core/format/limits.ts'
import { type Connection, connectionById } from '../../../store/connections.ts'
import type { Db } from '../../../store/database.ts'
import { type Lease, LeaseLost } from '../../../store/leases.ts'
import type { Run } from '../../../store/runs.ts'
import type { RunProblem } from '../../../store/tables/git.ts'
import type { Workspace } from '../../../store/workspaces.ts'
import { giveMemoryBack, MANY_RESOURCES } from '../../heap.ts'
import type { JobContext } from '../context.ts'
import { endingOf, finishRun } from './finish-run.ts'
import { openRemote } from './open-remote.ts'
import { Progress } from './progress.ts'
import { runSteps } from './run-steps.ts'
import { problemOf, SyncError } from './sync-error.ts'
import type { Facts, Work } from './work.ts'

export type Place = { readonly connection: Connection; readonly workspace: Workspace }
export type Executed = { readonly retry: 'later' | 'never'; readonly facts: Facts }

/** One run from its beginning, or from where a killed process left it: every step can be done again. */
export async function executeRun(
  context: JobContext,
  place: Place,
  lease: Lease,
  run: Run,
  signal: AbortSignal,
): Promise<Executed> {
  const { db } = context
  const { connection } = place
  const progress = new Progress(db, { id: run.id, workspaceId: run.workspace_id })
  const facts: Facts = {}
  try {
    const work = await prepare(context, place, lease, run, progress, signal)
    if (run.state === 'queued') await startRun(db, run)
    await runSteps(work, progress, facts)
    await finishRun(db, run, progress, endingOf(facts, run.options.dryRun))
    if ((facts.snapshot?.pairs.length ?? 0) >= MANY_RESOURCES) giveMemoryBack()
    return { retry: 'never', facts }
  } catch (error) {
    const lost = error instanceof LeaseLost || signal.aborted
    // Whoever holds the connection now finishes the run.
    if (lost && (await isStillOurs(context, connection))) return { retry: 'never', facts }
    const { retry, ...problem } = lost ? CHANGED : problemOf(error)
    if (problem.code === 'internal') context.log.error({ err: error, run: run.id }, 'sync failed')
    const { direction } = endingOf(facts, run.options.dryRun)
    await finishRun(db, run, progress, { state: 'failed', direction, problem })
    return { retry: retry === 'never' ? 'never' : 'later', facts }
  }
}

const CHANGED: RunProblem & { retry: 'never' } = {
  code: 'connection-changed',
  message: 'The connection was changed while the sync ran; it was given up.',
  hint: null,
  retry: 'never',
}

/** The connection that the run is about is as it was, so another process has it. */
async function isStillOurs({ db }: JobContext, connection: Connection): Promise<boolean> {
  const now = await connectionById(db, connection.id)
  return now !== null && now.activeSince?.getTime() === connection.activeSince?.getTime()
}

async function startRun(db: Db, run: Run): Promise<void> {
  await db
    .updateTable('run')
    .set({ state: 'running', started_at: new Date() })
    .where('id', '=', run.id)
    .execute()
}

async function prepare(
  context: JobContext,
  { connection, workspace }: Place,
  lease: Lease,
  run: Run,
  progress: Progress,
  signal: AbortSignal,
): Promise<Work> {
  if (!workspace.gitSync) {
    const hint = 'Switch it on in the workspace’s settings; saves are kept until then.'
    throw new SyncError('git-sync-off', 'Git Sync is switched off for this workspace.', { hint })
  }
  const { remote, repository, host } = await openRemote(context, connection)
  return {
    db: context.db,
    limits: context.limits ?? DEFAULT_LIMITS,
    connection,
    workspace,
    remote,
    repository,
    host,
    pageOf: (path) => (context.baseUrl === undefined ? null : `${context.baseUrl}${path}`),
    lease,
    run,
    count: (done, total) => progress.count(done, total),
    signal,
  }
}
