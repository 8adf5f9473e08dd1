import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What the host signs its deliveries with, sealed (Z4, Z5); null: none was made, and every delivery is refused.
    alter table connection add column webhook_secret bytea;
    alter table connection add column webhook_secret_at timestamptz;
    -- Deliveries that were taken, by the SHA-256 of their body: one that comes again does nothing (Z5).
    create table webhook_delivery (
      connection_id uuid not null references connection on delete cascade,
      digest bytea not null,
      received_at timestamptz not null default now(),
      primary key (connection_id, digest)
    );
    create index webhook_delivery_age on webhook_delivery (received_at)`.execute(db)
}
