import { type Kysely, sql } from 'kysely'

/** The commit that a rollback goes back to: its commits say so (S23). Null for every other change set. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table change_set add column rollback_to text`.execute(db)
}
