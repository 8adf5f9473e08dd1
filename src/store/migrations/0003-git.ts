import { type Kysely, sql } from 'kysely'

/**
 * The Git side of a workspace. `connection` is what people set and changes seldom; `sync_state` is what
 * every run moves. They are apart because a save locks the former (see outbox.ts) and a run updates the latter.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The processes that run jobs. One that is not seen any more holds nothing (S26).
    create table worker (
      id uuid primary key,
      place text not null,
      pid integer not null,
      job_workers text[] not null default '{}',
      seen_at timestamptz not null default now()
    );

    create table connection (
      id uuid primary key,
      workspace_id uuid not null unique references workspace on delete cascade,
      url text not null,
      branch text not null,
      path text not null,
      mode text not null,
      poll_seconds integer not null,
      batch_seconds integer not null,
      approval boolean not null,
      shared boolean not null,
      adopt text,
      start_from text,
      first_sync text not null,
      author jsonb,
      host jsonb,
      credentials_type text not null,
      credentials_public jsonb not null,
      credentials bytea,
      -- When the first sync was asked for: from then on every save goes to the outbox (S29).
      active_since timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );

    create table sync_state (
      connection_id uuid primary key references connection on delete cascade,
      -- The last commit whose state was applied; null before the first sync.
      head text,
      -- The head that the last run saw, applied or not: a poll that finds it again has nothing to do.
      seen_head text,
      -- The path was synced and held files: from then on an empty one is held (S16).
      had_files boolean not null default false,
      aliases jsonb not null,
      alias_blob text,
      -- What the app wants the aliases to be, where that is not in Git yet.
      wanted_aliases jsonb,
      wanted_aliases_set bigint,
      manifest_blob text,
      stopped boolean not null default false,
      lease_owner text,
      lease_until timestamptz,
      fence bigint not null default 0,
      failures integer not null default 0
    );

    -- What both sides last agreed on, per resource (S2). The id is that of a tombstone when only the file is left.
    create table base (
      connection_id uuid not null references connection on delete cascade,
      resource_id bigint not null,
      kind text not null,
      slug text not null,
      path text not null,
      blob text not null,
      file_value jsonb not null,
      value jsonb not null,
      commit_oid text,
      primary key (connection_id, resource_id)
    );
    create index base_path on base (connection_id, path);
    create index base_slug on base (connection_id, slug, kind);
    create index base_source on base (connection_id, (file_value->>'source')) where file_value ? 'source';
    create index base_destination on base (connection_id, (file_value->>'destination')) where file_value ? 'destination';

    -- Files whose state at the last commit is not the base's: read again by every run.
    create table open_file (
      connection_id uuid not null references connection on delete cascade,
      path text not null,
      -- What lies there at the last applied commit; null: it is gone, and that has not been applied.
      blob text,
      kind text not null,
      slug text not null,
      state text not null check (state in ('aside', 'pending', 'conflict', 'waiting')),
      -- Identities of the errors that were there: a new one stops a commit, an old one does not (S14).
      errors jsonb not null,
      reason text not null,
      primary key (connection_id, path)
    );

    create table run (
      id uuid primary key,
      -- Null after the workspace was disconnected: what a run did stays on record.
      connection_id uuid references connection on delete set null,
      workspace_id uuid not null references workspace on delete cascade,
      direction text not null,
      trigger text not null,
      state text not null,
      options jsonb not null,
      actor_id text,
      actor_name text not null,
      actor_email text not null,
      head text,
      phases jsonb not null default '[]',
      counts jsonb not null,
      diagnostics jsonb not null default '[]',
      plan jsonb,
      problem jsonb,
      -- Milliseconds, so that a cursor made of it finds its place again.
      queued_at timestamptz(3) not null default now(),
      started_at timestamptz,
      finished_at timestamptz
    );
    create index run_workspace on run (workspace_id, queued_at desc, id desc);
    create index run_open on run (connection_id, queued_at) where finished_at is null;

    -- Our commits, recorded before they are pushed (S10).
    create table commit_record (
      id bigint generated always as identity primary key,
      connection_id uuid references connection on delete set null,
      run_id uuid not null references run on delete cascade,
      oid text not null,
      subject text not null,
      author_name text not null,
      author_email text not null,
      state text not null check (state in ('recorded', 'pushed', 'lost')),
      change_ids bigint[] not null,
      alias_blob text,
      aliases jsonb,
      manifest_blob text
    );
    create index commit_record_open on commit_record (connection_id) where state = 'recorded';
    create index commit_record_run on commit_record (run_id);

    -- What each of them wrote; blob null: the file was taken out.
    create table commit_write (
      commit_id bigint not null references commit_record on delete cascade,
      resource_id bigint not null,
      kind text not null,
      slug text not null,
      path text not null,
      blob text,
      file_value jsonb,
      value jsonb,
      primary key (commit_id, resource_id)
    );

    create table conflict (
      id bigint generated always as identity primary key,
      connection_id uuid not null references connection on delete cascade,
      workspace_id uuid not null references workspace on delete cascade,
      resource_id bigint,
      kind text not null,
      slug text not null,
      path text,
      base jsonb,
      ours jsonb,
      theirs jsonb,
      -- The two versions it is about: the resource's revision and the file's blob; 'none' for a side without.
      ours_version text not null,
      theirs_version text not null,
      theirs_file_value jsonb,
      fields jsonb not null,
      causes jsonb not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (connection_id, kind, slug)
    );
  `.execute(db)
}
