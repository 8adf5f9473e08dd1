import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from './database.ts'
import type { Role } from './tables/auth.ts'

export type StoredApiKey = {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly role: Role
  readonly workspaceId: string | null
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
}

const COLUMNS = [
  'id',
  'name',
  'prefix',
  'role',
  'workspace_id as workspaceId',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'last_used_at as lastUsedAt',
] as const

const SECRET_BYTES = 32
const PREFIX_LENGTH = 12

/** A key is as random as a key can be, so one fast hash keeps it; it is nowhere stored in the clear. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

export async function createApiKey(
  db: Db,
  input: {
    readonly name: string
    readonly role: Role
    readonly workspaceId: string
    readonly expiresAt: Date | null
    readonly createdBy: string
  },
): Promise<StoredApiKey & { readonly key: string }> {
  const key = `tdm_${randomBytes(SECRET_BYTES).toString('base64url')}`
  const row = await db
    .insertInto('api_key')
    .values({
      id: randomUUID(),
      name: input.name,
      prefix: key.slice(0, PREFIX_LENGTH),
      hash: hashKey(key),
      role: input.role,
      workspace_id: input.workspaceId,
      created_by: input.createdBy,
      expires_at: input.expiresAt,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  return { ...row, key }
}

export async function listApiKeys(db: Db, workspaceId: string): Promise<StoredApiKey[]> {
  return db
    .selectFrom('api_key')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Null: there is no such key that opens anything. */
export async function revokeApiKey(db: Db, workspaceId: string, id: string): Promise<StoredApiKey | null> {
  const row = await db
    .updateTable('api_key')
    .set({ revoked_at: new Date() })
    .where('workspace_id', '=', workspaceId)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`id::text = ${id}`)
    .returning(COLUMNS)
    .executeTakeFirst()
  return row ?? null
}

/** The key that this text is, while it is good; its use is noted once a minute. */
export async function findApiKey(db: Db, key: string): Promise<StoredApiKey | null> {
  const row = await db
    .selectFrom('api_key')
    .select(COLUMNS)
    .where('hash', '=', hashKey(key))
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`(expires_at is null or expires_at > now())`)
    .executeTakeFirst()
  if (!row) return null
  await sql`
    update api_key set last_used_at = now()
    where id = ${row.id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(db)
  return row
}
