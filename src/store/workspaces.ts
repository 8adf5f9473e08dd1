import { randomUUID } from 'node:crypto'
import type { Db } from './database.ts'
import { enqueueSync, outboxOf } from './outbox.ts'

export type Workspace = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly gitSync: boolean
  /** Null: it is in use. */
  readonly archivedAt: Date | null
}

const COLUMNS = ['id', 'slug', 'name', 'git_sync as gitSync', 'archived_at as archivedAt'] as const

/** Git Sync works for it: the flag is on, and it is not archived. */
export function isSynced({ gitSync, archivedAt }: Workspace): boolean {
  return gitSync && archivedAt === null
}

/** Null: the slug is taken. */
export async function createWorkspace(
  db: Db,
  input: { readonly slug: string; readonly name: string },
): Promise<Workspace | null> {
  const row = await db
    .insertInto('workspace')
    .values({ id: randomUUID(), slug: input.slug, name: input.name })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning(COLUMNS)
    .executeTakeFirst()
  return row ?? null
}

export async function listWorkspaces(db: Db): Promise<Workspace[]> {
  return db.selectFrom('workspace').select(COLUMNS).where('archived_at', 'is', null).orderBy('slug').execute()
}

export async function listArchived(db: Db): Promise<Workspace[]> {
  return db
    .selectFrom('workspace')
    .select(COLUMNS)
    .where('archived_at', 'is not', null)
    .orderBy('slug')
    .execute()
}

/** Null: it was so already. */
export async function setArchived(tx: Db, id: string, archived: boolean): Promise<Workspace | null> {
  const row = await tx
    .updateTable('workspace')
    .set({ archived_at: archived ? new Date() : null })
    .where('id', '=', id)
    .where('archived_at', archived ? 'is' : 'is not', null)
    .returning(COLUMNS)
    .executeTakeFirst()
  return row ?? null
}

export async function workspaceBySlug(db: Db, slug: string): Promise<Workspace | null> {
  const row = await db.selectFrom('workspace').select(COLUMNS).where('slug', '=', slug).executeTakeFirst()
  return row ?? null
}

export async function workspaceById(db: Db, id: string): Promise<Workspace | null> {
  const row = await db.selectFrom('workspace').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ?? null
}

/** What was saved while Git Sync was off goes out once it is on again. */
export async function updateWorkspace(
  db: Db,
  id: string,
  change: { readonly name?: string | undefined; readonly gitSync?: boolean | undefined },
): Promise<Workspace | null> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('workspace')
      .set((eb) => ({
        name: change.name === undefined ? eb.ref('name') : eb.val(change.name),
        git_sync: change.gitSync === undefined ? eb.ref('git_sync') : eb.val(change.gitSync),
      }))
      .where('id', '=', id)
      .returning(COLUMNS)
      .executeTakeFirst()
    const outbox = change.gitSync ? await outboxOf(tx, id) : null
    if (outbox) await enqueueSync(tx, outbox.connectionId)
    return row ?? null
  })
}
