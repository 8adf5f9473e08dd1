import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Pull requests whose plan was reported (S22), with the two commits that it was made of: it is made again
    -- when one of them is another.
    create table pull_plan (
      connection_id uuid not null references connection on delete cascade,
      number integer not null,
      head text not null,
      branch_head text not null,
      planned_at timestamptz not null default now(),
      primary key (connection_id, number)
    )`.execute(db)
}
