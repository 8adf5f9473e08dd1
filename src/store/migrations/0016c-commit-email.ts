import { type Kysely, sql } from 'kysely'

/** The address that a person's commits bear, where it is not the one to sign in with: hosts give out private ones. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table auth_user add column "commitEmail" text`.execute(db)
}
