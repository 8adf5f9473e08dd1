import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A change set that gave a workspace what another one has (W7), and the one that took it back.
    create table promotion (
      change_set_id bigint primary key references change_set on delete cascade,
      workspace_id uuid not null references workspace on delete cascade,
      -- As it was called: that workspace may go.
      from_slug text not null,
      undone_by bigint references change_set on delete set null
    );
    create index promotion_workspace on promotion (workspace_id, change_set_id desc)`.execute(db)
}
