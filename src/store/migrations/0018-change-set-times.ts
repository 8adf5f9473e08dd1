import { type Kysely, sql } from 'kysely'

/** What changed in a workspace since a time is found without reading all that ever changed (W7). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index change_set_time on change_set (workspace_id, created_at)`.execute(db)
}
