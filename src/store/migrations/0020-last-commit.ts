import { type Kysely, sql } from 'kysely'

/** The newest of our commits in the branch when its head was last applied (S16); null: unknown. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sync_state add column last_commit bigint`.execute(db)
}
