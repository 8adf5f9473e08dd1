import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from './database.ts'
import { enqueueWebhook } from './outbox.ts'
import { open, type SecretKey, seal } from './secret-box.ts'

export type WebhookFacts = {
  readonly connectionId: string
  /** Null: there is no secret yet, so no delivery is taken. */
  readonly secretSince: Date | null
  readonly lastDelivery: Date | null
}

export async function webhookFacts(db: Db, workspaceId: string): Promise<WebhookFacts | null> {
  const row = await db
    .selectFrom('connection')
    .select((eb) => [
      'id',
      'webhook_secret_at',
      eb
        .selectFrom('webhook_delivery')
        .select(({ fn }) => fn.max('received_at').as('at'))
        .whereRef('connection_id', '=', 'connection.id')
        .as('last'),
    ])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  if (!row) return null
  return { connectionId: row.id, secretSince: row.webhook_secret_at, lastDelivery: row.last }
}

/** A new secret; the one before it opens nothing any more. In the form that every host takes. Null: not connected. */
export async function renewWebhookSecret(
  db: Db,
  key: SecretKey,
  workspaceId: string,
): Promise<{ readonly connectionId: string; readonly secret: string } | null> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const row = await db
    .updateTable('connection')
    .set({ webhook_secret: seal(key, workspaceId, secret), webhook_secret_at: new Date() })
    .where('workspace_id', '=', workspaceId)
    .returning('id')
    .executeTakeFirst()
  return row ? { connectionId: row.id, secret } : null
}

/** Null: there is no such connection, or it has none. */
export async function webhookSecretOf(db: Db, key: SecretKey, connectionId: string): Promise<string | null> {
  const row = await db
    .selectFrom('connection')
    .select(['workspace_id', 'webhook_secret'])
    .where(sql<string>`id::text`, '=', connectionId)
    .executeTakeFirst()
  return row?.webhook_secret ? open(key, row.workspace_id, row.webhook_secret) : null
}

/** Asks for a look at the branch (S13), unless this very delivery has done so before (Z5). */
export async function takeDelivery(db: Db, connectionId: string, body: Uint8Array): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('webhook_delivery')
      .values({ connection_id: connectionId, digest: createHash('sha256').update(body).digest() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) await enqueueWebhook(tx, connectionId)
  })
}

const KEPT_DAYS = 30

export async function purgeDeliveries(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000)
  await db.deleteFrom('webhook_delivery').where('received_at', '<', before).execute()
}
