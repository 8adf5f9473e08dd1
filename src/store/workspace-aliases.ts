import { type Aliases, NO_ALIASES } from '../core/environments/aliases.ts'
import type { Db } from './database.ts'

/** What names mean in this workspace now: what the app wants where Git has not got it yet. */
export async function workspaceAliases(db: Db, workspaceId: string): Promise<Aliases> {
  const row = await db
    .selectFrom('sync_state')
    .innerJoin('connection', 'connection.id', 'sync_state.connection_id')
    .select(['aliases', 'wanted_aliases'])
    .where('connection.workspace_id', '=', workspaceId)
    .executeTakeFirst()
  const stored = row?.wanted_aliases ?? row?.aliases
  if (!stored) return NO_ALIASES
  return {
    sources: new Map(Object.entries(stored.sources)),
    destinations: new Map(Object.entries(stored.destinations)),
  }
}
