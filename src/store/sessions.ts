import { sql } from 'kysely'
import type { Db } from './database.ts'

export type StoredSession = {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly signedInAt: Date
  readonly expiresAt: Date
  readonly address: string | null
  readonly agent: string | null
}

export type SessionScope =
  | { readonly kind: 'of'; readonly userId: string }
  /** Of the members with a role of this workspace's own; `everybody`: also of those with one everywhere. */
  | { readonly kind: 'workspace'; readonly workspaceId: string; readonly everybody: boolean }

export async function listSessions(db: Db, scope: SessionScope): Promise<StoredSession[]> {
  return sessions(db, scope).orderBy('s.createdAt', 'desc').orderBy('s.id').execute()
}

/** Null: no such session in sight of the one who asks. */
export async function endSession(db: Db, scope: SessionScope, id: string): Promise<StoredSession | null> {
  const found = await sessions(db, scope).where('s.id', '=', id).executeTakeFirst()
  if (found === undefined) return null
  await db.deleteFrom('auth_session').where('id', '=', id).execute()
  return found
}

export async function endOtherSessions(db: Db, userId: string, kept: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('auth_session')
    .where('userId', '=', userId)
    .where('id', '!=', kept)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Where it was begun, so that its owner knows it again. */
export async function describeSession(
  db: Db,
  token: string,
  from: { readonly address: string; readonly agent: string | null },
): Promise<void> {
  await db
    .updateTable('auth_session')
    .set({ ipAddress: from.address, userAgent: from.agent?.slice(0, 300) ?? null })
    .where('token', '=', token)
    .execute()
}

function sessions(db: Db, scope: SessionScope) {
  const all = db
    .selectFrom('auth_session as s')
    .innerJoin('auth_user as u', 'u.id', 's.userId')
    .select([
      's.id',
      's.userId',
      'u.name',
      'u.email',
      's.createdAt as signedInAt',
      's.expiresAt',
      's.ipAddress as address',
      's.userAgent as agent',
    ])
    .where('s.expiresAt', '>', sql<Date>`now()`)
  if (scope.kind === 'of') return all.where('s.userId', '=', scope.userId)
  return all.where((eb) =>
    eb(
      's.userId',
      'in',
      eb
        .selectFrom('member as m')
        .select('m.user_id')
        .where((one) =>
          scope.everybody
            ? one.or([one('m.workspace_id', '=', scope.workspaceId), one('m.workspace_id', 'is', null)])
            : one.and([
                one('m.workspace_id', '=', scope.workspaceId),
                one.not(
                  one.exists(
                    one
                      .selectFrom('member as e')
                      .select('e.id')
                      .whereRef('e.user_id', '=', 'm.user_id')
                      .where('e.workspace_id', 'is', null),
                  ),
                ),
              ]),
        ),
    ),
  )
}
