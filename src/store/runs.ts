import { randomUUID } from 'node:crypto'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { AliasRename } from '../core/environments/rename-alias.ts'
import type { Actor } from './change-sets.ts'
import type { Db } from './database.ts'
import { notify } from './notify.ts'
import { enqueuePoll, enqueueSync } from './outbox.ts'
import type { Approval, RunCounts, RunOptions, RunTable, RunTrigger } from './tables/git.ts'

export type Run = Selectable<RunTable>
export type RunCommit = {
  readonly oid: string
  readonly subject: string
  readonly author: string
  readonly state: string
  /** The branch of the review that it went to. */
  readonly review: string | null
}

export const NO_COUNTS: RunCounts = { inbound: 0, outbound: 0, conflicts: 0, held: 0, aside: 0, pending: 0 }

export type RunRequest = {
  readonly trigger: RunTrigger
  /** Null: the server itself. */
  readonly actor: Actor | null
  readonly full?: boolean | undefined
  readonly verify?: boolean | undefined
  readonly dryRun?: boolean | undefined
  readonly approval?: Approval | undefined
  readonly putBack?: boolean | undefined
  readonly setAside?: readonly string[] | undefined
  readonly mend?: boolean | undefined
  readonly renameAlias?: AliasRename | undefined
}

/** Asks for a sync: the run is there at once, the job takes it up. The first one activates the connection (S29). */
export async function requestSync(
  db: Db,
  connection: { readonly id: string; readonly workspaceId: string },
  request: RunRequest,
): Promise<string> {
  return db.transaction().execute((tx) => requestSyncIn(tx, connection, request))
}

/** The same in the caller's transaction. */
export async function requestSyncIn(
  tx: Db,
  connection: { readonly id: string; readonly workspaceId: string },
  request: RunRequest,
): Promise<string> {
  const { rows } = await sql<{ active_since: Date | null; poll_seconds: number }>`
      select active_since, poll_seconds from connection where id = ${connection.id} for update`.execute(tx)
  const isFirst = rows[0]?.active_since == null
  if (isFirst && !request.dryRun) await activate(tx, connection.id, rows[0]?.poll_seconds ?? 0)
  const asked: RunRequest = isFirst ? { ...request, trigger: 'first' } : request
  const { id } = await insertRun(tx, connection, asked, 'queued')
  await enqueueSync(tx, connection.id)
  return id
}

/** From here on every save goes to the outbox. Waits for the saves under way (outbox.ts). */
async function activate(tx: Db, connectionId: string, pollSeconds: number): Promise<void> {
  await tx
    .updateTable('connection')
    .set({ active_since: new Date() })
    .where('id', '=', connectionId)
    .execute()
  if (pollSeconds > 0) await enqueuePoll(tx, connectionId, pollSeconds)
}

export async function insertRun(
  db: Db,
  connection: { readonly id: string; readonly workspaceId: string },
  request: RunRequest,
  state: 'queued' | 'running',
): Promise<Run> {
  const id = randomUUID()
  const options: RunOptions = {
    full: request.full ?? false,
    verify: request.verify ?? false,
    dryRun: request.dryRun ?? false,
    ...(request.approval ? { approval: request.approval } : {}),
    ...(request.putBack ? { putBack: true } : {}),
    ...(request.setAside ? { setAside: request.setAside } : {}),
    ...(request.mend ? { mend: true } : {}),
    ...(request.renameAlias ? { renameAlias: request.renameAlias } : {}),
  }
  const values: Insertable<RunTable> = {
    id,
    connection_id: connection.id,
    workspace_id: connection.workspaceId,
    direction: 'BOTH',
    trigger: request.trigger,
    state,
    options: JSON.stringify(options),
    actor_id: request.actor?.id ?? null,
    actor_name: request.actor?.name ?? '',
    actor_email: request.actor?.email ?? '',
    head: null,
    counts: JSON.stringify(NO_COUNTS),
    plan: null,
    problem: null,
    started_at: state === 'running' ? new Date() : null,
    finished_at: null,
  }
  const run = await db.insertInto('run').values(values).returningAll().executeTakeFirstOrThrow()
  await notify(db, { type: 'run', workspace: connection.workspaceId, run: id, state })
  return run
}

export async function getRun(db: Db, workspaceId: string, id: string): Promise<Run | null> {
  const row = await db
    .selectFrom('run')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** The newest first. The cursor is `<milliseconds>_<id>` of the last one shown. */
/** A run without its plan, which may hold hundreds of changes. */
export type ListedRun = Omit<Run, 'plan' | 'phases' | 'diagnostics'> & {
  /** Slugs of the first changes each way. */
  readonly touched: readonly string[]
  /** How many changes cannot go yet. */
  readonly waiting: number
}

const LISTED = [
  'id',
  'connection_id',
  'workspace_id',
  'direction',
  'trigger',
  'state',
  'options',
  'actor_id',
  'actor_name',
  'actor_email',
  'head',
  'counts',
  'problem',
  'queued_at',
  'started_at',
  'finished_at',
] as const satisfies readonly (keyof RunTable)[]

/** How many changes of each direction a list names. */
export const TOUCHED_SHOWN = 3

const touched = sql<string[]>`coalesce(
  jsonb_path_query_array(plan, ${`$.inbound[0 to ${TOUCHED_SHOWN - 1}].slug`}::jsonpath) ||
  jsonb_path_query_array(plan, ${`$.outbound[0 to ${TOUCHED_SHOWN - 1}].slug`}::jsonpath), '[]')`

const waiting = sql<number>`coalesce(jsonb_array_length(plan->'waiting'), 0)`

export async function listRuns(
  db: Db,
  workspaceId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: ListedRun[]; nextCursor: string | null }> {
  const [at, id] = (page.cursor ?? '').split('_')
  const items = await db
    .selectFrom('run')
    .select([...LISTED, touched.as('touched'), waiting.as('waiting')])
    .where('workspace_id', '=', workspaceId)
    .$if(at !== undefined && id !== undefined, (query) =>
      query.where(sql<boolean>`(queued_at, id) < (${new Date(Number(at))}, ${id})`),
    )
    .orderBy('queued_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const shown = items.slice(0, page.limit)
  const last = shown.at(-1)
  const nextCursor = items.length > page.limit && last ? `${last.queued_at.getTime()}_${last.id}` : null
  return { items: shown, nextCursor }
}

export async function commitsOfRun(db: Db, runId: string): Promise<RunCommit[]> {
  const rows = await db
    .selectFrom('commit_record')
    .leftJoin('review', 'review.id', 'commit_record.review_id')
    .select(['oid', 'subject', 'author_name as author', 'commit_record.state', 'branch as review'])
    .where('run_id', '=', runId)
    .where('commit_record.state', '!=', 'lost')
    .orderBy('commit_record.id')
    .execute()
  return rows
}
