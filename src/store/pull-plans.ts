import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Looks which pull requests there are to plan; its payload is `{connectionId}`. */
export const PULLS_TASK = 'pulls'
/** Plans one; its payload is `{connectionId, number}`. */
export const PULL_TASK = 'pull'

/** Pushes that follow each other within this time are planned once. */
const DEBOUNCE_SECONDS = 1

/** The two commits that a plan is of. */
export type Planned = { readonly head: string; readonly branchHead: string }

export async function plannedPulls(db: Db, connectionId: string): Promise<ReadonlyMap<number, Planned>> {
  const rows = await db
    .selectFrom('pull_plan')
    .select(['number', 'head', 'branch_head'])
    .where('connection_id', '=', connectionId)
    .execute()
  return new Map(rows.map(({ number, head, branch_head }) => [number, { head, branchHead: branch_head }]))
}

export async function keepPlanned(
  db: Db,
  connectionId: string,
  number: number,
  { head, branchHead }: Planned,
): Promise<void> {
  const commits = { head, branch_head: branchHead, planned_at: new Date() }
  await db
    .insertInto('pull_plan')
    .values({ connection_id: connectionId, number, ...commits })
    .onConflict((conflict) => conflict.columns(['connection_id', 'number']).doUpdateSet(commits))
    .execute()
}

/** Those that are not open any more: one that is opened again is planned again. */
export async function forgetPlanned(db: Db, connectionId: string, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return
  await db
    .deleteFrom('pull_plan')
    .where('connection_id', '=', connectionId)
    .where('number', 'in', numbers)
    .execute()
}

/** In a queue of their own: a plan holds no sync up. */
export async function enqueuePulls(db: Db, connectionId: string): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      ${PULLS_TASK},
      payload := json_build_object('connectionId', ${connectionId}::text),
      queue_name := ${`pulls:${connectionId}`}::text,
      job_key := ${`pulls:${connectionId}`}::text,
      max_attempts := 1
    )`.execute(db)
}

export async function enqueuePull(db: Db, connectionId: string, number: number): Promise<void> {
  await sql`
    select graphile_worker.add_job(
      ${PULL_TASK},
      payload := json_build_object('connectionId', ${connectionId}::text, 'number', ${number}::int),
      queue_name := ${`pulls:${connectionId}`}::text,
      run_at := now() + make_interval(secs => ${DEBOUNCE_SECONDS}),
      job_key := ${`pull:${connectionId}:${number}`}::text,
      job_key_mode := 'preserve_run_at',
      max_attempts := 1
    )`.execute(db)
}
