import { type Kysely, sql } from 'kysely'

/** A request that may change something, from before it is carried out until the audit log has its entry (Z8). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_intent (
      id bigint generated always as identity primary key,
      workspace_id uuid,
      actor_id text,
      actor_name text not null,
      request text not null,
      origin text not null,
      address text,
      created_at timestamptz not null default now()
    )`.execute(db)
}
