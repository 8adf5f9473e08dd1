import { type Kysely, sql } from 'kysely'

/**
 * Workspaces, their resources and the change sets that made them. Every kind of resource lies in one
 * table: identity is (workspace, kind, slug), the internal id survives renames.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workspace (
      id uuid primary key,
      slug text not null unique,
      name text not null,
      git_sync boolean not null default true,
      created_at timestamptz not null default now()
    );

    create sequence resource_revision;

    create table resource (
      id bigint generated always as identity primary key,
      workspace_id uuid not null references workspace on delete cascade,
      kind text not null,
      slug text not null,
      value jsonb not null,
      revision bigint not null default nextval('resource_revision'),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      updated_by text,
      -- Checked at the end of a statement, so that one statement can swap two slugs.
      unique (workspace_id, kind, slug) deferrable initially immediate
    );

    -- Who refers to whom: keeps validation and "used by" as cheap as what changed, not what exists (S30).
    create table resource_reference (
      from_id bigint not null references resource on delete cascade,
      workspace_id uuid not null references workspace on delete cascade,
      field text not null,
      target text not null check (target in ('source','destination','schema-model','model','relationship','contract')),
      slug text not null,
      primary key (from_id, field)
    );
    create index resource_reference_target on resource_reference (workspace_id, target, slug);

    -- Secrets of a source's or destination's config, encrypted with a key outside the database (Z4).
    create table resource_secret (
      resource_id bigint not null references resource on delete cascade,
      name text not null,
      ciphertext bytea not null,
      primary key (resource_id, name)
    );

    -- Tombstones (S15): kept for 30 days, can be restored.
    create table deleted_resource (
      id bigint primary key,
      workspace_id uuid not null references workspace on delete cascade,
      kind text not null,
      slug text not null,
      value jsonb not null,
      deleted_at timestamptz not null default now(),
      deleted_by text
    );
    create index deleted_resource_workspace on deleted_resource (workspace_id, deleted_at desc);

    -- A save, batch, import, first sync, resolution … (S8): the unit that is committed together.
    create table change_set (
      id bigint generated always as identity primary key,
      workspace_id uuid not null references workspace on delete cascade,
      kind text not null,
      message text,
      actor_id text,
      actor_name text not null,
      actor_email text not null,
      created_at timestamptz not null default now()
    );

    -- What a change set did to each resource. Rows whose settled_at is null are the outbox (S7).
    create table change (
      id bigint generated always as identity primary key,
      change_set_id bigint not null references change_set on delete cascade,
      workspace_id uuid not null references workspace on delete cascade,
      resource_id bigint not null,
      kind text not null,
      slug text not null,
      before jsonb,
      after jsonb,
      settled_at timestamptz,
      commit_oid text
    );
    create index change_outbox on change (workspace_id, id) where settled_at is null;
    create index change_resource on change (resource_id, id);
  `.execute(db)
}
