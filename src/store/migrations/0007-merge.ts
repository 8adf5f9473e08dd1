import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What a merge made of a save that was on its way: it goes out in place of what was saved (S4, S7).
    alter table change add column merged jsonb`.execute(db)
  await sql`
    -- The fields in conflict, with what each side has there (S5).
    alter table conflict
      add column choices jsonb not null default '[]',
      add column is_first boolean not null default false`.execute(db)
}
