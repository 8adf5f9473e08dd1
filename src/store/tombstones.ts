import { sql } from 'kysely'
import type { Kind } from '../core/model/kind.ts'
import type { Value } from '../core/model/resource.ts'
import type { Actor, ChangeSetOutcome } from './change-sets.ts'
import { commitChangeSetIn } from './change-sets.ts'
import type { Db } from './database.ts'

export type Tombstone = {
  readonly id: string
  readonly kind: Kind
  readonly slug: string
  readonly value: Value
  readonly deletedAt: Date
  readonly deletedBy: string | null
}

const COLUMNS = ['id', 'kind', 'slug', 'value', 'deleted_at as deletedAt', 'deleted_by as deletedBy'] as const

export async function listDeleted(
  db: Db,
  workspaceId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Tombstone[]; nextCursor: string | null }> {
  const items = await db
    .selectFrom('deleted_resource')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .$if(page.cursor !== undefined, (query) => query.where('id', '<', page.cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const more = items.length > page.limit
  const shown = more ? items.slice(0, page.limit) : items
  return { items: shown, nextCursor: more ? (shown.at(-1)?.id ?? null) : null }
}

/** A new resource with the old value (S15). A slug that somebody has by now is *stale*. */
export async function restoreDeleted(
  db: Db,
  workspaceId: string,
  id: string,
  actor: Actor,
  slug?: string,
): Promise<ChangeSetOutcome | { readonly kind: 'not-found' }> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('deleted_resource')
      .select(COLUMNS)
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) return { kind: 'not-found' }
    const outcome = await commitChangeSetIn(tx, {
      workspaceId,
      actor,
      kind: 'restore',
      message: null,
      writes: [{ kind: row.kind, slug: slug ?? row.slug, value: row.value, isNew: true }],
      deletes: [],
      renames: [],
    })
    if (outcome.kind !== 'saved') return outcome
    const [restored] = outcome.resources
    if (restored) await restoreSecrets(tx, id, restored.id)
    await tx.deleteFrom('deleted_resource').where('id', '=', id).execute()
    return outcome
  })
}

/** They are sealed for the workspace, and its value says what it said: they stay with the same server (Z4). */
async function restoreSecrets(tx: Db, from: string, to: string): Promise<void> {
  await sql`
    insert into resource_secret (resource_id, name, ciphertext)
    select ${to}, name, ciphertext from deleted_secret where resource_id = ${from}`.execute(tx)
}

const KEPT_DAYS = 30

export async function purgeDeleted(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000)
  await db.deleteFrom('deleted_resource').where('deleted_at', '<', before).execute()
}
