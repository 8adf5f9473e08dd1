import { sql } from 'kysely'
import type { Db } from './database.ts'

const NO_ALIASES = JSON.stringify({ sources: {}, destinations: {} })

/**
 * Connecting is always a first sync (S29): what was agreed with another place says nothing about this one.
 * A run under way loses its lease by it and applies nothing more.
 */
export async function forgetBase(tx: Db, connectionId: string, workspaceId: string): Promise<void> {
  await tx.updateTable('connection').set({ active_since: null }).where('id', '=', connectionId).execute()
  for (const table of ['base', 'open_file', 'conflict', 'forward', 'review'] as const) {
    await tx.deleteFrom(table).where('connection_id', '=', connectionId).execute()
  }
  await tx
    .updateTable('commit_record')
    .set({ state: 'lost' })
    .where('connection_id', '=', connectionId)
    .where('state', '=', 'recorded')
    .execute()
  // What was pushed to the other place stays with its run alone.
  await tx
    .updateTable('commit_record')
    .set({ connection_id: null })
    .where('connection_id', '=', connectionId)
    .execute()
  await tx
    .updateTable('change')
    .set({ settled_at: new Date() })
    .where('workspace_id', '=', workspaceId)
    .where('settled_at', 'is', null)
    .execute()
  await sql`
    insert into sync_state (connection_id, aliases) values (${connectionId}, ${NO_ALIASES}::jsonb)
    on conflict (connection_id) do update set
      head = null, seen_head = null, had_files = false, aliases = excluded.aliases, alias_blob = null,
      wanted_aliases = null, wanted_aliases_set = null, manifest_blob = null, stopped = false, held_run = null, held = '[]',
      lease_owner = null, lease_until = null, fence = sync_state.fence + 1, failures = 0`.execute(tx)
}
