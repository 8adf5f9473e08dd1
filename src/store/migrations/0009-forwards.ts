import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The slug that a resource had before it was renamed in Git, while files still use it (S18).
    create table forward (
      connection_id uuid not null references connection on delete cascade,
      kind text not null,
      slug text not null,
      resource_id bigint not null,
      primary key (connection_id, kind, slug)
    );
    create index forward_slug on forward (connection_id, slug);
    -- The forwards that a file uses, as "kind:slug": a forward that no file uses is at its end.
    alter table base add column forwards jsonb not null default '[]';
    create index base_forwards on base (connection_id) where forwards <> '[]';
    alter table open_file add column forwards jsonb not null default '[]'`.execute(db)
}
