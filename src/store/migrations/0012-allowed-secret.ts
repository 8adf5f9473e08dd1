import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What looks like a secret, and an admin lets into Git at this place (Z12). The text itself is not kept.
    create table allowed_secret (
      workspace_id uuid not null references workspace on delete cascade,
      resource_id bigint not null,
      path text not null,
      digest text not null,
      allowed_by text not null,
      allowed_at timestamptz not null default now(),
      primary key (workspace_id, resource_id, path, digest)
    )`.execute(db)
}
