import { sql } from 'kysely'
import { type AuditEntryInput, writeAudit } from './audit.ts'
import type { Db } from './database.ts'

type Intent = Pick<AuditEntryInput, 'workspaceId' | 'actor' | 'origin' | 'address'> & {
  /** Method and path. */
  readonly request: string
}

/**
 * Before a request is carried out: should the server end before its entry is written, this is left. It is not
 * waited for on disk by itself: whatever the request commits comes later in the same log, and takes it along.
 */
export async function noteIntent(db: Db, intent: Intent): Promise<string> {
  const { rows } = await db.transaction().execute(async (tx) => {
    await sql`set local synchronous_commit = off`.execute(tx)
    return sql<{ id: string }>`
      insert into audit_intent (workspace_id, actor_id, actor_name, request, origin, address)
      values (${intent.workspaceId}, ${intent.actor.id}, ${intent.actor.name}, ${intent.request}, ${intent.origin},
        ${intent.address})
      returning id`.execute(tx)
  })
  return rows[0]?.id ?? ''
}

/** The entry in place of the intent. */
export async function writeIntended(db: Db, intent: string | null, entry: AuditEntryInput): Promise<void> {
  if (intent === null) return writeAudit(db, entry)
  await db.transaction().execute(async (tx) => {
    await writeAudit(tx, entry)
    await sql`delete from audit_intent where id = ${intent}`.execute(tx)
  })
}

/** It was refused, or changed nothing. */
export async function dropIntent(db: Db, intent: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local synchronous_commit = off`.execute(tx)
    await sql`delete from audit_intent where id = ${intent}`.execute(tx)
  })
}

/** No request takes as long: whoever carried it out is gone. */
const LEFT_SECONDS = 900

/** What was cut off may have taken effect: it is told as that, with the change set that it left where one stands alone. */
export async function tellCutOff(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<LeftIntent>`
      delete from audit_intent where created_at < now() - make_interval(secs => ${LEFT_SECONDS})
      returning workspace_id, actor_id, actor_name, request, origin, address, created_at`.execute(tx)
    for (const row of rows) {
      const changeSet = await leftBy(tx, row)
      await writeAudit(tx, {
        workspaceId: row.workspace_id,
        actor: { id: row.actor_id, name: row.actor_name },
        action: 'request.cut-off',
        subject: row.request,
        detail: { asked: row.created_at.toISOString() },
        origin: row.origin,
        address: row.address,
        ...(changeSet === null ? {} : { changeSet }),
      })
    }
  })
}

type LeftIntent = {
  workspace_id: string | null
  actor_id: string | null
  actor_name: string
  request: string
  origin: AuditEntryInput['origin']
  address: string | null
  created_at: Date
}

async function leftBy(tx: Db, { workspace_id, actor_id, created_at }: LeftIntent): Promise<string | null> {
  if (workspace_id === null || actor_id === null) return null
  const { rows } = await sql<{ id: string }>`
    select s.id from change_set s
    where s.workspace_id = ${workspace_id} and s.actor_id = ${actor_id}
      and s.created_at between ${created_at} and ${created_at}::timestamptz + make_interval(secs => ${LEFT_SECONDS})
      and not exists (select from audit_log a where a.workspace_id = s.workspace_id and a.change_set_id = s.id)
    limit 2`.execute(tx)
  return rows.length === 1 ? (rows[0]?.id ?? null) : null
}
