import { sql } from 'kysely'
import type { Db } from './database.ts'
import type { Run } from './runs.ts'

/** The oldest run that has not ended: one that was cut off before those that were asked for later (S24). */
export async function nextRun(db: Db, connectionId: string): Promise<Run | null> {
  const row = await db
    .selectFrom('run')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('finished_at', 'is', null)
    .orderBy('queued_at')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Something is on its way to Git, or to the host that keeps it. */
export async function hasOutbox(db: Db, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`
    select exists (select from change where workspace_id = ${workspaceId} and settled_at is null)
      or exists (
        select from sync_state s join connection k on k.id = s.connection_id
        where k.workspace_id = ${workspaceId} and s.wanted_aliases is not null
      ) or exists (
        select from review
        where workspace_id = ${workspaceId} and state in ('new', 'open')
          and (close_asked_at is not null or (on_host and told_oid is distinct from head_oid))
      ) as yes`.execute(db)
  return rows[0]?.yes ?? false
}
