import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Rows of the outbox that need no commit: *nothing to commit* (S7). */
export async function settleChanges(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update change set settled_at = now() where id = any(${ids}::bigint[]) and settled_at is null`.execute(
    tx,
  )
}
