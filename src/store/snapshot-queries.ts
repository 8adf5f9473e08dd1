import { sql } from 'kysely'
import { type ConnectionKind, type FileKind, isFileKind } from '../core/model/kind.ts'
import { type FileRef, type ResourceKey, resourceKey } from '../core/model/resource.ts'
import type { WorkspaceEntry } from '../core/plan/snapshot.ts'
import type { Db } from './database.ts'
import { referrersOf } from './references.ts'
import { resourcesById, resourcesByRef, type StoredResource } from './resources.ts'

/** Resources by id and by name, without repeating. */
export async function workspaceEntries(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  refs: readonly FileRef[],
): Promise<WorkspaceEntry[]> {
  const byId = await resourcesById(db, ids)
  const known = new Set(byId.map(resourceKey))
  const byRef = await resourcesByRef(
    db,
    workspaceId,
    refs.filter((ref) => !known.has(resourceKey(ref))),
  )
  const rows = new Map([...byId, ...byRef.values()].map((row) => [row.id, row]))
  return [...rows.values()].flatMap(toEntry)
}

export async function allWorkspaceEntries(db: Db, workspaceId: string): Promise<WorkspaceEntry[]> {
  const { rows } = await sql<{
    id: string
    kind: FileKind
    slug: string
    value: WorkspaceEntry['value']
    revision: string
  }>`
    select id, kind, slug, value, revision from resource
    where workspace_id = ${workspaceId} and kind not in ('sources', 'destinations')`.execute(db)
  return rows.map(({ id, kind, slug, value, revision }) => ({ id, ref: { kind, slug }, value, revision }))
}

export async function referrersAmong(
  db: Db,
  workspaceId: string,
  refs: readonly FileRef[],
): Promise<WorkspaceEntry[]> {
  return (await referrersOf(db, workspaceId, refs)).flatMap(toEntry)
}

function toEntry({ id, kind, slug, value, revision }: StoredResource): WorkspaceEntry[] {
  return isFileKind(kind) ? [{ id, ref: { kind, slug }, value, revision }] : []
}

/** Resources of open conflicts: looked at again by every run (S5). */
export async function conflictResources(db: Db, connectionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('conflict')
    .select('resource_id')
    .where('connection_id', '=', connectionId)
    .where('resource_id', 'is not', null)
    .execute()
  return rows.flatMap((row) => row.resource_id ?? [])
}

/** Conflicts of the first sync that nobody has settled (S29). */
export async function askedFirst(db: Db, connectionId: string): Promise<Set<ResourceKey>> {
  const rows = await db
    .selectFrom('conflict')
    .select(['kind', 'slug'])
    .where('connection_id', '=', connectionId)
    .where('is_first', '=', true)
    .execute()
  return new Set(rows.map(resourceKey))
}

export async function connectionSlugs(
  db: Db,
  workspaceId: string,
): Promise<Record<ConnectionKind, string[]>> {
  const rows = await db
    .selectFrom('resource')
    .select(['kind', 'slug'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', 'in', ['sources', 'destinations'])
    .execute()
  const slugs = (kind: ConnectionKind) => rows.filter((row) => row.kind === kind).map((row) => row.slug)
  return { sources: slugs('sources'), destinations: slugs('destinations') }
}

export async function countResources(db: Db, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from resource
    where workspace_id = ${workspaceId} and kind not in ('sources', 'destinations')`.execute(db)
  return rows[0]?.count ?? 0
}

export async function lastChangeId(db: Db, workspaceId: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(max(id), 0) as id from change where workspace_id = ${workspaceId}`.execute(db)
  return rows[0]?.id ?? '0'
}

/** Sources or destinations as the manifest lists them. */
export async function connectionValues(
  db: Db,
  workspaceId: string,
): Promise<Record<ConnectionKind, { slug: string; value: WorkspaceEntry['value'] }[]>> {
  const rows = await db
    .selectFrom('resource')
    .select(['kind', 'slug', 'value'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', 'in', ['sources', 'destinations'])
    .orderBy('slug')
    .execute()
  const of = (kind: ConnectionKind) => rows.filter((row) => row.kind === kind)
  return { sources: of('sources'), destinations: of('destinations') }
}

/** The ids that deleted resources of these names had: the last of each. */
export async function deletedIds(
  db: Db,
  workspaceId: string,
  refs: readonly FileRef[],
): Promise<Map<ResourceKey, string>> {
  if (refs.length === 0) return new Map()
  const { rows } = await sql<{ id: string; kind: FileKind; slug: string }>`
    select distinct on (kind, slug) resource_id as id, kind, slug from change
    where workspace_id = ${workspaceId} and after is null and (slug, kind) in (
      select * from unnest(${refs.map((ref) => ref.slug)}::text[], ${refs.map((ref) => ref.kind)}::text[]))
    order by kind, slug, id desc`.execute(db)
  return new Map(rows.map(({ id, kind, slug }) => [resourceKey({ kind, slug }), id]))
}
