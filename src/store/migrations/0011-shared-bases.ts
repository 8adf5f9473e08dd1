import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A base whose value a change has names that change: the last step of a first sync stores no value again
    -- (S30). A change keeps its value as long as its workspace is there.
    alter table base add column change_id bigint;
    alter table base alter column value drop not null;
    alter table base add constraint base_has_value check (value is not null or change_id is not null);
    -- Null: the file's value is the base's.
    alter table base alter column file_value drop not null;
    update base set file_value = null where file_value = value;
    -- Who spells a source by a name is asked only when what the name means has changed: a scan is cheaper than
    -- two indexes that every save keeps up.
    drop index base_source;
    drop index base_destination`.execute(db)
}
