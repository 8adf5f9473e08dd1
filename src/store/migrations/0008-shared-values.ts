import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The change that has the value which a commit wrote: thousands of values are stored once (S30).
    alter table commit_write add column change_id bigint;
    -- A base holds its value twice, which is near the size from which rows are compressed: that takes longer
    -- than all else in a first sync's last step.
    alter table base set (toast_tuple_target = 8160)`.execute(db)
}
