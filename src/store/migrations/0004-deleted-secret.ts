import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The secrets of a deleted source or destination, sealed as they were: restored with it or gone with it (S15).
    create table deleted_secret (
      resource_id bigint not null references deleted_resource on delete cascade,
      name text not null,
      ciphertext bytea not null,
      primary key (resource_id, name)
    )`.execute(db)
}
