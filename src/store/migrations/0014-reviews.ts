import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A person's saves on a branch of their own, until they are merged or declined (S21).
    create table review (
      id uuid primary key,
      connection_id uuid not null references connection on delete cascade,
      workspace_id uuid not null references workspace on delete cascade,
      person_name text not null,
      person_email text not null,
      branch text not null,
      state text not null check (state in ('new', 'open', 'merged', 'closed')),
      -- The commit of the synced branch that it stands on, and the last of its own that the remote is known to have.
      base_oid text not null,
      head_oid text,
      -- Its pull request; null without one.
      number integer,
      url text,
      on_host boolean not null,
      -- The head that the pull request's words were written for.
      told_oid text,
      title text not null default '',
      -- What it changes, by field, as it was last pushed.
      changes jsonb not null default '[]',
      alias_blob text,
      manifest_blob text,
      -- Somebody pushed to its branch besides: what is saved for it waits.
      foreign_oid text,
      close_asked_at timestamptz,
      created_at timestamptz not null default now(),
      ended_at timestamptz
    );
    create index review_workspace on review (workspace_id, created_at desc);
    create unique index review_person on review (connection_id, lower(person_email)) where state in ('new', 'open');

    -- What a review has of a resource. Of one that was declined it stays until the conflict is settled.
    create table review_resource (
      connection_id uuid not null references connection on delete cascade,
      resource_id bigint not null,
      review_id uuid not null references review on delete cascade,
      kind text not null,
      slug text not null,
      path text not null,
      -- Null: the file is taken out.
      blob text,
      file_value jsonb,
      value jsonb,
      declined boolean not null default false,
      primary key (connection_id, resource_id)
    );
    create index review_resource_review on review_resource (review_id);

    -- A commit of a review: where it lies, and the commit of the synced branch that it was made on.
    alter table commit_record add column review_id uuid references review on delete set null;
    alter table commit_record add column review_base text`.execute(db)
}
