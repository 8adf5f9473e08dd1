import { sql } from 'kysely'
import type { Db } from './database.ts'

/** The name of the job that syncs one connection; its payload is `{connectionId}`. */
export const SYNC_TASK = 'sync'

/** Looks whether the branch has moved; its payload is the same. */
export const POLL_TASK = 'poll'

/** The same because the host says that it may have; its payload is the same. */
export const WEBHOOK_TASK = 'webhook'

export type Outbox = { readonly connectionId: string; readonly batchSeconds: number }

/**
 * The connection whose outbox this save goes to; null while the first sync has not been asked for (S29).
 * The lock lasts as long as the save's transaction: activating a connection waits for saves under way,
 * so none can fall between "before the first sync" and "in the outbox".
 */
export async function outboxOf(tx: Db, workspaceId: string): Promise<Outbox | null> {
  const row = await tx
    .selectFrom('connection')
    .select(['id', 'batch_seconds', 'active_since'])
    .where('workspace_id', '=', workspaceId)
    .forShare()
    .executeTakeFirst()
  return row?.active_since ? { connectionId: row.id, batchSeconds: row.batch_seconds } : null
}

/** In the save's own transaction (S7). Saves of one window share one job: the first sets its time. */
export async function enqueueSync(tx: Db, connectionId: string, delaySeconds = 0): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      ${SYNC_TASK},
      payload := json_build_object('connectionId', ${connectionId}::text),
      queue_name := ${`sync:${connectionId}`}::text,
      run_at := now() + make_interval(secs => ${delaySeconds}),
      job_key := ${`sync:${connectionId}`}::text,
      job_key_mode := ${delaySeconds > 0 ? 'preserve_run_at' : 'replace'},
      max_attempts := 1
    )`.execute(tx)
}

/** One change of a workspace at a time: what was checked against its state is written to that state. */
export async function lockWorkspace(tx: Db, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceId}, 7202602))`.execute(tx)
}

/** Around the wished time, so that many connections do not ask at once (S13). */
const JITTER = 0.2

export async function enqueuePoll(db: Db, connectionId: string, pollSeconds: number): Promise<void> {
  const seconds = pollSeconds * (1 - JITTER + 2 * JITTER * Math.random())
  await sql`
    select graphile_worker.add_job(
      ${POLL_TASK},
      payload := json_build_object('connectionId', ${connectionId}::text),
      queue_name := ${`sync:${connectionId}`}::text,
      run_at := now() + make_interval(secs => ${seconds}),
      job_key := ${`poll:${connectionId}`}::text,
      max_attempts := 1
    )`.execute(db)
}

/** Deliveries that wait share one look. */
export async function enqueueWebhook(tx: Db, connectionId: string): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      ${WEBHOOK_TASK},
      payload := json_build_object('connectionId', ${connectionId}::text),
      queue_name := ${`sync:${connectionId}`}::text,
      job_key := ${`webhook:${connectionId}`}::text,
      max_attempts := 1
    )`.execute(tx)
}
