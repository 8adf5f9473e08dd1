import { SyncRequest } from '../../core/wire/git.ts'
import { ListQuery } from '../../core/wire/list.ts'
import { isFinal, Run, RunList } from '../../core/wire/run.ts'
import { type Connection, connectionOf } from '../../store/connections.ts'
import { saversOfRuns } from '../../store/run-savers.ts'
import { commitsOfRun, getRun, listRuns, requestSync } from '../../store/runs.ts'
import type { Workspace } from '../../store/workspaces.ts'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { eventStream } from '../http/sse.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { waitForRun } from '../wait-for-run.ts'
import { runBody, runSummary } from './git-body.ts'

const GIT = '/workspaces/{ws}/git'

export const gitRunEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'post',
    path: `${GIT}/sync`,
    action: 'git.sync',
    tag: 'Git',
    summary: 'Sync now',
    description:
      '`full` lists both sides anew, `verify` parses every file, `dryRun` stops before applying. The first sync of a connection is asked for here.',
    body: SyncRequest,
    answers: {
      200: { description: 'The finished run: it ended within `waitSeconds`.', schema: Run },
      202: { description: 'The run, which goes on.', schema: Run },
    },
    handle: async ({ context, workspace, actor, body, request }) => {
      const connection = await connected(context, workspace)
      if (!workspace.gitSync) {
        throw new ProblemError(
          'git-sync-off',
          'Git Sync is off for this workspace. An admin can switch it on.',
        )
      }
      const { full, verify, dryRun, waitSeconds } = body
      const id = await requestSync(context.db, connection, { trigger: 'manual', actor, full, verify, dryRun })
      return {
        ...(await startedRun(context, workspace, id, waitSeconds, request.signal)),
        audit: {
          action: dryRun ? 'git.plan' : 'git.sync',
          subject: id,
          run: id,
          detail: { full: full ?? false },
        },
      }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: `${GIT}/runs`,
    action: 'git.read',
    tag: 'Git',
    summary: 'List the runs, newest first',
    query: ListQuery,
    answers: { 200: { description: 'A page.', schema: RunList } },
    handle: async ({ context, workspace, query }) => {
      const cursor = decodeCursor(query.cursor)
      if (cursor !== undefined && !/^\d{1,15}_[0-9a-f-]{36}$/.test(cursor)) {
        throw new ProblemError(
          'invalid-cursor',
          'This cursor is not one of this list. Begin at the first page.',
        )
      }
      const { items, nextCursor } = await listRuns(context.db, workspace.id, { limit: query.limit, cursor })
      const savers = await saversOfRuns(
        context.db,
        items.map((run) => run.id),
      )
      const shown = items.map((run) => runSummary(run, savers.get(run.id) ?? []))
      return { status: 200, body: { items: shown, nextCursor: encodeCursor(nextCursor) } }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: `${GIT}/runs/{id}`,
    action: 'git.read',
    tag: 'Git',
    summary: 'A run: its phases, commits, changes by field and diagnostics',
    answers: { 200: { description: 'The run.', schema: Run } },
    handle: async ({ context, workspace, param }) => {
      return { status: 200, body: await readRun(context, workspace.id, param('id')) }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: `${GIT}/runs/{id}/events`,
    action: 'git.read',
    tag: 'Git',
    summary: 'Follow a run (server-sent events)',
    description: 'Each event is the whole run as it is then; the stream ends with the run.',
    answers: { 200: { description: 'text/event-stream; the data of each event:', schema: Run } },
    handle: async ({ context, workspace, request, param }) => {
      const id = param('id')
      await readRun(context, workspace.id, id)
      return { stream: followRun(context, workspace, id, request.signal) }
    },
  }),
]

export async function connected(context: Context, workspace: Workspace): Promise<Connection> {
  const connection = await connectionOf(context.db, workspace.id)
  if (connection) return connection
  throw new ProblemError('not-connected', 'No repository is connected to this workspace. Connect one first.')
}

/** The answer to who asked for a run: as it is once it ended, or after so long. */
export async function startedRun(
  context: Context,
  workspace: Workspace,
  id: string,
  waitSeconds: number | undefined,
  signal: AbortSignal,
) {
  if (waitSeconds) await waitForRun(context, workspace.id, id, waitSeconds * 1000, signal)
  const run = await readRun(context, workspace.id, id)
  return {
    status: isFinal(run.state) ? (200 as const) : (202 as const),
    body: run,
    headers: { location: `/api/v1/workspaces/${workspace.slug}/git/runs/${id}` },
  }
}

export async function readRun(context: Context, workspaceId: string, id: string): Promise<Run> {
  const run = /^[0-9a-f-]{36}$/.test(id) ? await getRun(context.db, workspaceId, id) : null
  if (run === null) throw notFound('run with this id in this workspace')
  const savers = await saversOfRuns(context.db, [run.id])
  const commits = await commitsOfRun(context.db, run.id)
  return runBody(run, { savedBy: savers.get(run.id) ?? [], commits })
}

/** Events may come faster than runs are read: one reading at a time, and one more when something came meanwhile. */
function followRun(context: Context, workspace: Workspace, id: string, signal: AbortSignal): Response {
  return eventStream(signal, (sink) => {
    let reading = false
    let again = false
    const read = async () => {
      if (reading) {
        again = true
        return
      }
      reading = true
      do {
        again = false
        const run = await readRun(context, workspace.id, id)
        sink.send({ event: 'run', data: run })
        if (isFinal(run.state)) return sink.close()
      } while (again)
      reading = false
    }
    const update = () => {
      read().catch((error) => {
        context.log.warn({ err: error }, 'a run could not be followed')
        sink.close()
      })
    }
    const unsubscribe = context.events.subscribe(workspace.id, ({ event }) => {
      if (event.type === 'resources' || (event.type === 'run' && event.run === id)) update()
    })
    const stop = context.events.onStop(sink.close)
    update()
    return () => {
      unsubscribe()
      stop()
    }
  })
}
