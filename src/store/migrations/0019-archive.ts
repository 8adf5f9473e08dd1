import { type Kysely, sql } from 'kysely'

/** Since when a workspace is archived; null: it is in use. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table workspace add column archived_at timestamptz`.execute(db)
}
