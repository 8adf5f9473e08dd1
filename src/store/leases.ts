import { sql } from 'kysely'
import type { Db } from './database.ts'

/** The right to sync a connection (S25). `fence` grows with every holder: a late one writes nothing. */
export type Lease = { readonly connectionId: string; readonly owner: string; readonly fence: string }

export const LEASE_SECONDS = 30

/** Null: another one holds it. */
export async function takeLease(db: Db, connectionId: string, owner: string): Promise<Lease | null> {
  const { rows } = await sql<{ fence: string }>`
    update sync_state
    set lease_owner = ${owner}, lease_until = now() + make_interval(secs => ${LEASE_SECONDS}), fence = fence + 1
    where connection_id = ${connectionId} and (lease_until is null or lease_until < now())
    returning fence`.execute(db)
  const fence = rows[0]?.fence
  return fence === undefined ? null : { connectionId, owner, fence }
}

/** False: it is lost, or was given back: a renewal that comes late must not take it again for nobody. */
export async function renewLease(db: Db, { connectionId, fence }: Lease): Promise<boolean> {
  const { rows } = await sql`
    update sync_state set lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where connection_id = ${connectionId} and fence = ${fence} and lease_until is not null
    returning 1`.execute(db)
  return rows.length > 0
}

export async function releaseLease(db: Db, { connectionId, fence }: Lease): Promise<void> {
  await sql`
    update sync_state set lease_owner = null, lease_until = null
    where connection_id = ${connectionId} and fence = ${fence}`.execute(db)
}

/** First in every transaction of a run: holds the row, so that the lease cannot change hands before the commit. */
export async function guardLease(tx: Db, { connectionId, fence }: Lease): Promise<void> {
  const { rows } = await sql`
    select 1 from sync_state where connection_id = ${connectionId} and fence = ${fence} for update`.execute(
    tx,
  )
  if (rows.length === 0) throw new LeaseLost()
}

export class LeaseLost extends Error {
  override name = 'LeaseLost'
  readonly code = 'lease-lost'
  readonly retry = 'never'
  constructor() {
    super('Another process has taken over this connection, or the connection was changed.')
  }
}
