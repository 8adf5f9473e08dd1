import { sql } from 'kysely'
import type { Db } from './database.ts'
import { notify } from './notify.ts'
import { enqueuePoll, enqueueSync, enqueueWebhook } from './outbox.ts'
import { setArchived, type Workspace } from './workspaces.ts'

/** Null: it is archived already. A run under way loses its lease, so that it writes nothing any more. */
export async function archiveWorkspace(db: Db, id: string): Promise<Workspace | null> {
  return db.transaction().execute(async (tx) => {
    const archived = await setArchived(tx, id, true)
    if (archived === null) return null
    await sql`
      update sync_state set lease_owner = null, lease_until = null, fence = fence + 1
      where connection_id in (select id from connection where workspace_id = ${id})`.execute(tx)
    await notify(tx, { type: 'workspace', workspace: id })
    return archived
  })
}

/** Null: it is in use. What waited goes out, a run that was cut off goes on, and the branch is looked at. */
export async function restoreWorkspace(db: Db, id: string): Promise<Workspace | null> {
  return db.transaction().execute(async (tx) => {
    const restored = await setArchived(tx, id, false)
    if (restored === null) return null
    const connection = await tx
      .selectFrom('connection')
      .select(['id', 'poll_seconds', 'active_since'])
      .where('workspace_id', '=', id)
      .executeTakeFirst()
    if (connection) await enqueueSync(tx, connection.id)
    if (connection?.active_since) {
      // A connection that is not polled lives by webhooks, and none was followed meanwhile.
      if (connection.poll_seconds > 0) await enqueuePoll(tx, connection.id, 0)
      else await enqueueWebhook(tx, connection.id)
    }
    await notify(tx, { type: 'workspace', workspace: id })
    return restored
  })
}
