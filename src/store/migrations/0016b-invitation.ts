import { type Kysely, sql } from 'kysely'

/** A link that makes its holder a member once, until it ends or is revoked (Z8). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table invitation (
      id uuid primary key,
      workspace_id uuid not null references workspace on delete cascade,
      email text not null,
      role text not null check (role in ('viewer','editor','admin')),
      -- Of the secret in the link, which is nowhere stored in the clear.
      hash bytea not null unique,
      invited_by text not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz,
      revoked_at timestamptz
    );
    create index invitation_workspace on invitation (workspace_id, created_at desc);
  `.execute(db)
}
