import { sql } from 'kysely'
import type { Db } from './database.ts'

/** `place` names the machine and its space of process ids: only there does a pid mean a process. */
export type Worker = { readonly id: string; readonly place: string; readonly pid: number }

const SILENT_SECONDS = 15

export async function registerWorker(db: Db, worker: Worker): Promise<void> {
  await db.insertInto('worker').values(worker).execute()
}

/** False: others took this process for dead; it must stop what it does. */
export async function beat(db: Db, id: string, jobWorkers: readonly string[]): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('worker')
    .set({ seen_at: sql`now()`, job_workers: [...jobWorkers] })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Workers of a place, for a look whether their processes live. */
export async function workersOf(db: Db, place: string): Promise<Worker[]> {
  return db.selectFrom('worker').select(['id', 'place', 'pid']).where('place', '=', place).execute()
}

export async function silentWorkers(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('worker')
    .select('id')
    .where('seen_at', '<', sql<Date>`now() - make_interval(secs => ${SILENT_SECONDS})`)
    .execute()
  return rows.map((row) => row.id)
}

/** Frees what dead workers held: leases, jobs, queues. Nothing is left for a person to unlock (S26). */
export async function releaseWorkers(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db.transaction().execute(async (tx) => {
    const rows = await tx.deleteFrom('worker').where('id', 'in', ids).returning('job_workers').execute()
    const jobWorkers = rows.flatMap((row) => row.job_workers)
    if (jobWorkers.length > 0) {
      await sql`select graphile_worker.force_unlock_workers(${jobWorkers}::text[])`.execute(tx)
    }
    await tx
      .updateTable('sync_state')
      .set({ lease_owner: null, lease_until: null })
      .where('lease_owner', 'in', ids)
      .execute()
  })
}

/** Connections with a run that has not ended or saves on their way, and nobody who works on them. */
export async function unattendedConnections(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select k.id from connection k join sync_state s on s.connection_id = k.id
    where (s.lease_until is null or s.lease_until < now())
      and (exists (select from run r where r.connection_id = k.id and r.finished_at is null)
        or (k.active_since is not null
          and exists (select from commit_record c where c.connection_id = k.id and c.state = 'recorded')))`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

const STRAY_SECONDS = 10

/** Jobs that a process took and died before it had said under which name: nobody's heartbeat covers them. */
export async function releaseStrayJobs(db: Db): Promise<void> {
  await sql`
    select graphile_worker.force_unlock_workers(array_agg(distinct j.locked_by))
    from graphile_worker.jobs j
    where j.locked_at < now() - make_interval(secs => ${STRAY_SECONDS})
      and not exists (select from worker w where j.locked_by = any(w.job_workers))
    having count(*) > 0`.execute(db)
}

const FAILED_SECONDS = 30

/**
 * A job counts as tried when it is taken, and ours are tried once: one that died with its process, before it
 * had a run that somebody could finish, would stay where it is, and with it the saves it was for. One that
 * failed outside of a run is tried again after a while.
 */
export async function reviveJobs(db: Db): Promise<void> {
  await sql`
    select graphile_worker.reschedule_jobs(array_agg(j.id), attempts := 0,
      run_at := now() + make_interval(secs => case when (j.last_error is null) then 0 else ${FAILED_SECONDS} end))
    from graphile_worker.jobs j
    where j.locked_at is null and j.attempts >= j.max_attempts
    group by (j.last_error is null)`.execute(db)
}
