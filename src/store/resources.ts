import { sql } from 'kysely'
import type { Kind } from '../core/model/kind.ts'
import { type ResourceKey, type ResourceRef, resourceKey, type Value } from '../core/model/resource.ts'
import type { Db } from './database.ts'

export type StoredResource = {
  readonly id: string
  readonly kind: Kind
  readonly slug: string
  readonly value: Value
  /** Opaque to everybody else; a new one with every change, of any resource. */
  readonly revision: string
  readonly updatedAt: Date
  readonly updatedBy: string | null
}

const COLUMNS = [
  'id',
  'kind',
  'slug',
  'value',
  'revision',
  'updated_at as updatedAt',
  'updated_by as updatedBy',
] as const

export async function getResource(
  db: Db,
  workspaceId: string,
  kind: Kind,
  slug: string,
): Promise<StoredResource | null> {
  const row = await db
    .selectFrom('resource')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row ?? null
}

/** A page in order of slug. `nextCursor` is the last slug of a full page. */
export async function listResources(
  db: Db,
  workspaceId: string,
  kind: Kind,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: StoredResource[]; nextCursor: string | null }> {
  const items = await db
    .selectFrom('resource')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .$if(page.cursor !== undefined, (query) => query.where('slug', '>', page.cursor ?? ''))
    .orderBy('slug')
    .limit(page.limit + 1)
    .execute()
  const more = items.length > page.limit
  const shown = more ? items.slice(0, page.limit) : items
  return { items: shown, nextCursor: more ? (shown.at(-1)?.slug ?? null) : null }
}

/** Everything that a workspace has. */
export async function allResources(db: Db, workspaceId: string): Promise<StoredResource[]> {
  return db
    .selectFrom('resource')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute()
}

/** Many by identity in one query. Not by a join with the pairs: it could compare all with all (S30). */
export async function resourcesByRef(
  db: Db,
  workspaceId: string,
  refs: readonly ResourceRef[],
): Promise<Map<ResourceKey, StoredResource>> {
  if (refs.length === 0) return new Map()
  const rows = await db
    .selectFrom('resource')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where(isNamed(refs))
    .execute()
  return new Map(rows.map((row) => [resourceKey(row), row]))
}

/** The slugs for the index, the whole name so that no value of another kind's namesake is sent. */
export function isNamed(refs: readonly ResourceRef[]) {
  return sql<boolean>`slug = any(${refs.map((ref) => ref.slug)}::text[])
    and kind = any(${[...new Set(refs.map((ref) => ref.kind))]}::text[])
    and (kind || ':' || slug) = any(${refs.map(resourceKey)}::text[])`
}

export async function resourcesById(db: Db, ids: readonly string[]): Promise<StoredResource[]> {
  if (ids.length === 0) return []
  return db.selectFrom('resource').select(COLUMNS).where(sql<boolean>`id = any(${ids}::bigint[])`).execute()
}

/** Every slug of the kinds, for "did you mean" and for new slugs (F5). */
export async function slugsOf(
  db: Db,
  workspaceId: string,
  kinds: readonly Kind[],
): Promise<Map<Kind, string[]>> {
  const rows = await db
    .selectFrom('resource')
    .select(['kind', 'slug'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', 'in', kinds)
    .execute()
  const slugs = new Map<Kind, string[]>(kinds.map((kind) => [kind, []]))
  for (const row of rows) slugs.get(row.kind)?.push(row.slug)
  return slugs
}
