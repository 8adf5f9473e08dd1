import type { Selectable } from 'kysely'
import type { Db } from './database.ts'
import type { OpenFileTable, SyncStateTable } from './tables/git.ts'

export type SyncState = Selectable<SyncStateTable>
export type OpenFileRow = Selectable<OpenFileTable>

export async function syncState(db: Db, connectionId: string): Promise<SyncState | null> {
  const row = await db
    .selectFrom('sync_state')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .executeTakeFirst()
  return row ?? null
}

/** Files that are not as their base: set aside, pending, in conflict or waiting. */
export async function openFiles(db: Db, connectionId: string): Promise<OpenFileRow[]> {
  return db.selectFrom('open_file').selectAll().where('connection_id', '=', connectionId).execute()
}

export async function updateSyncState(
  db: Db,
  connectionId: string,
  change: Partial<Omit<SyncState, 'connection_id' | 'aliases' | 'wanted_aliases' | 'held'>>,
): Promise<void> {
  await db.updateTable('sync_state').set(change).where('connection_id', '=', connectionId).execute()
}
