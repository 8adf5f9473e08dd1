import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sync_state
      -- The run whose plan waits for consent, and the resources in it, as "kind:slug" (S16, S19).
      add column held_run uuid,
      add column held jsonb not null default '[]'`.execute(db)
}
