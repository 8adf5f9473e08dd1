import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { hashKey } from './api-keys.ts'
import type { Db } from './database.ts'
import type { Role } from './tables/auth.ts'

export type StoredInvitation = {
  readonly id: string
  readonly workspaceId: string
  readonly email: string
  readonly role: Role
  readonly invitedBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

const COLUMNS = [
  'id',
  'workspace_id as workspaceId',
  'email',
  'role',
  'invited_by as invitedBy',
  'created_at as createdAt',
  'expires_at as expiresAt',
] as const

const SECRET_BYTES = 32

/** `token` is in this answer only. */
export async function createInvitation(
  db: Db,
  input: {
    readonly workspaceId: string
    readonly email: string
    readonly role: Role
    readonly invitedBy: string
    readonly expiresAt: Date
  },
): Promise<StoredInvitation & { readonly token: string }> {
  const token = `tdi_${randomBytes(SECRET_BYTES).toString('base64url')}`
  const row = await db
    .insertInto('invitation')
    .values({
      id: randomUUID(),
      workspace_id: input.workspaceId,
      email: input.email,
      role: input.role,
      hash: hashKey(token),
      invited_by: input.invitedBy,
      expires_at: input.expiresAt,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  return { ...row, token }
}

/** Those that still open something, newest first. */
export async function openInvitations(db: Db, workspaceId: string): Promise<StoredInvitation[]> {
  return db
    .selectFrom('invitation')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where(isOpen)
    .orderBy('created_at', 'desc')
    .execute()
}

export async function findInvitation(db: Db, token: string): Promise<StoredInvitation | null> {
  const row = await db
    .selectFrom('invitation')
    .select(COLUMNS)
    .where('hash', '=', hashKey(token))
    .where(isOpen)
    .executeTakeFirst()
  return row ?? null
}

/** Of two who use a link at once, one gets it. Null: it opens nothing any more. */
export async function redeemInvitation(db: Db, token: string): Promise<StoredInvitation | null> {
  const row = await db
    .updateTable('invitation')
    .set({ used_at: new Date() })
    .where('hash', '=', hashKey(token))
    .where(isOpen)
    .returning(COLUMNS)
    .executeTakeFirst()
  return row ?? null
}

/** The one who used it could not be made a member after all. */
export async function reopenInvitation(db: Db, id: string): Promise<void> {
  await db.updateTable('invitation').set({ used_at: null }).where('id', '=', id).execute()
}

export async function revokeInvitation(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<StoredInvitation | null> {
  const row = await db
    .updateTable('invitation')
    .set({ revoked_at: new Date() })
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`id::text = ${id}`)
    .where(isOpen)
    .returning(COLUMNS)
    .executeTakeFirst()
  return row ?? null
}

const isOpen = () => sql<boolean>`(used_at is null and revoked_at is null and expires_at > now())`
