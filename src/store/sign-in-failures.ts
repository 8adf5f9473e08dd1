import { sql } from 'kysely'
import type { Db } from './database.ts'

export async function countFailures(db: Db, key: string, minutes: number): Promise<number> {
  const row = await db
    .selectFrom('sign_in_failure')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('key', '=', key)
    .where(sql<boolean>`at > now() - make_interval(mins => ${minutes})`)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function noteFailure(db: Db, keys: readonly string[]): Promise<void> {
  await db.deleteFrom('sign_in_failure').where(sql<boolean>`at < now() - interval '1 day'`).execute()
  await db
    .insertInto('sign_in_failure')
    .values(keys.map((key) => ({ key })))
    .execute()
}

export async function forgetFailures(db: Db, key: string): Promise<void> {
  await db.deleteFrom('sign_in_failure').where('key', '=', key).execute()
}
