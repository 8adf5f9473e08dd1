import { DEFAULT_LIMITS } from '../../core/format/limits.ts'
import type { Plan } from '../../core/plan/plan.ts'
import { type Connection, connectionById } from '../../store/connections.ts'
import { NO_COUNTS, type Run } from '../../store/runs.ts'
import { type Workspace, workspaceById } from '../../store/workspaces.ts'
import type { JobContext } from './context.ts'
import { fetchBranch } from './sync/fetch.ts'
import { openRemote } from './sync/open-remote.ts'
import { planOf } from './sync/plan.ts'
import { readRepository } from './sync/read.ts'
import { takeSnapshot } from './sync/snapshot.ts'
import { SyncError } from './sync/sync-error.ts'
import type { Facts, Work } from './sync/work.ts'

/** What a sync would do (S1): the same steps, stopped before anything is applied; no run, no lease. */
export async function planConnection(
  context: JobContext,
  connectionId: string,
  options: LookOptions = {},
): Promise<Plan> {
  return (await lookAtConnection(context, connectionId, options)).plan
}

type LookOptions = { readonly full?: boolean | undefined; readonly verify?: boolean | undefined }

/** The plan, and all that it was made from. */
export async function lookAtConnection(
  context: JobContext,
  connectionId: string,
  options: LookOptions = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<{ plan: Plan; facts: Facts }> {
  const connection = await connectionById(context.db, connectionId)
  const workspace = connection && (await workspaceById(context.db, connection.workspaceId))
  if (!connection || !workspace) throw new SyncError('disconnected', 'The workspace is not connected.')
  const work = await looking(context, connection, workspace, options, signal)
  const facts: Facts = {}
  for (const step of [fetchBranch, readRepository, takeSnapshot]) await step(work, facts)
  return { plan: (await planOf(work, facts)).plan, facts }
}

/** What the steps that only look work with. */
export async function looking(
  context: JobContext,
  connection: Connection,
  workspace: Workspace,
  options: LookOptions,
  signal: AbortSignal,
): Promise<Work> {
  return {
    db: context.db,
    limits: context.limits ?? DEFAULT_LIMITS,
    connection,
    workspace,
    ...(await openRemote(context, connection)),
    host: null,
    pageOf: () => null,
    lease: { connectionId: connection.id, owner: '', fence: '-1' },
    run: unrecorded(connection.id, workspace.id, options),
    count: async () => {},
    signal,
  }
}

/** Steps look at a run's options; this one is never written. */
function unrecorded(
  connectionId: string,
  workspaceId: string,
  {
    full = false,
    verify = false,
  }: { readonly full?: boolean | undefined; readonly verify?: boolean | undefined },
): Run {
  return {
    id: '',
    connection_id: connectionId,
    workspace_id: workspaceId,
    direction: 'BOTH',
    trigger: 'manual',
    state: 'running',
    options: { full, verify, dryRun: true },
    actor_id: null,
    actor_name: '',
    actor_email: '',
    head: null,
    phases: [],
    counts: NO_COUNTS,
    diagnostics: [],
    plan: null,
    problem: null,
    queued_at: new Date(0),
    started_at: null,
    finished_at: null,
  }
}
