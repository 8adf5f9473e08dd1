import { type Kysely, sql } from 'kysely'

/**
 * Two values of a usual model are more than the two kilobytes from which on PostgreSQL compresses a row, which takes
 * it longer than everything else about the row: a commit that touches ten thousand files waited a second for it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table change set (toast_tuple_target = 4080);
    alter table resource set (toast_tuple_target = 4080)`.execute(db)
}
