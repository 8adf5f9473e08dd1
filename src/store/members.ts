import { sql } from 'kysely'
import type { Db } from './database.ts'
import type { Role } from './tables/auth.ts'

export type StoredGrant = { readonly workspaceId: string | null; readonly role: Role }

export type StoredMember = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  /** The role holds in every workspace. */
  readonly everywhere: boolean
}

export async function grantsOf(db: Db, userId: string): Promise<StoredGrant[]> {
  return db
    .selectFrom('member')
    .select(['workspace_id as workspaceId', 'role'])
    .where('user_id', '=', userId)
    .execute()
}

/** Everybody with a role here, by name; one who has a role everywhere and another here appears with each. */
export async function listMembers(db: Db, workspaceId: string): Promise<StoredMember[]> {
  return db
    .selectFrom('member')
    .innerJoin('auth_user', 'auth_user.id', 'member.user_id')
    .select([
      'auth_user.id',
      'auth_user.name',
      'auth_user.email',
      'member.role',
      sql<boolean>`member.workspace_id is null`.as('everywhere'),
    ])
    .where((eb) => eb.or([eb('workspace_id', '=', workspaceId), eb('workspace_id', 'is', null)]))
    .orderBy('auth_user.name')
    .orderBy('auth_user.email')
    .execute()
}

export async function setRole(db: Db, userId: string, workspaceId: string | null, role: Role): Promise<void> {
  await db
    .insertInto('member')
    .values({ user_id: userId, workspace_id: workspaceId, role })
    .onConflict((conflict) => conflict.columns(['user_id', 'workspace_id']).doUpdateSet({ role }))
    .execute()
}

/** False: the person has no role of this workspace's own. */
export async function removeRole(db: Db, userId: string, workspaceId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('member')
    .where('user_id', '=', userId)
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function userByEmail(
  db: Db,
  email: string,
): Promise<{ id: string; name: string; email: string } | null> {
  const row = await db
    .selectFrom('auth_user')
    .select(['id', 'name', 'email'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
  return row ?? null
}

/** What is absent stays; without a `commitEmail` of their own, commits bear the address to sign in with. */
export async function changePerson(
  db: Db,
  userId: string,
  change: { readonly name?: string | undefined; readonly commitEmail?: string | null | undefined },
): Promise<void> {
  const { name, commitEmail } = change
  if (name === undefined && commitEmail === undefined) return
  await db
    .updateTable('auth_user')
    .set({ ...(name === undefined ? {} : { name }), ...(commitEmail === undefined ? {} : { commitEmail }) })
    .where('id', '=', userId)
    .execute()
}

export async function hasUsers(db: Db): Promise<boolean> {
  return (await db.selectFrom('auth_user').select('id').limit(1).executeTakeFirst()) !== undefined
}
