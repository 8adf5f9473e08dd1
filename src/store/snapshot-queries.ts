import { sql } from 'kysely'
import { type ConnectionKind, type FileKind, isFileKind } from '../core/model/kind.ts'
import { type FileRef, type ResourceKey, resourceKey } from '../core/model/resource.ts'
import type { BaseEntry, WorkspaceEntry } from '../core/plan/snapshot.ts'
import { BASE_VALUE } from './bases.ts'
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
  const byId = (await resourcesById(db, ids)).flatMap(toEntry)
  return [...byId, ...(await othersNamed(db, workspaceId, refs, byId))]
}

/**
 * The same of resources whose bases are here. What is in Git as it is in the workspace has one value, which is not
 * sent and parsed a second time: of a commit that touches every file that is every value.
 */
export async function entriesBeside(
  db: Db,
  place: { readonly workspaceId: string; readonly connectionId: string },
  ids: readonly string[],
  refs: readonly FileRef[],
  bases: readonly BaseEntry[],
): Promise<WorkspaceEntry[]> {
  const known = new Map(bases.map((base) => [base.id, base.value]))
  const { rows } = await sql<Omit<StoredRow, 'value'> & { value: WorkspaceEntry['value'] | null }>`
    select id, kind, slug, revision, case
      when value = (select ${BASE_VALUE} from base where connection_id = ${place.connectionId} and resource_id = resource.id) then null
      else value
    end as value
    from resource where id = any(${ids}::bigint[]) and kind not in ('sources', 'destinations')`.execute(db)
  const byId = rows.map(({ id, kind, slug, revision, value }): WorkspaceEntry => {
    const shared = value ?? known.get(id)
    if (shared === undefined) throw new Error('the base of a resource was not loaded before it')
    return { id, ref: { kind, slug }, value: shared, revision }
  })
  return [...byId, ...(await othersNamed(db, place.workspaceId, refs, byId))]
}

async function othersNamed(
  db: Db,
  workspaceId: string,
  refs: readonly FileRef[],
  known: readonly WorkspaceEntry[],
): Promise<WorkspaceEntry[]> {
  const names = new Set(known.map(({ ref }) => resourceKey(ref)))
  const ids = new Set(known.map(({ id }) => id))
  const rest = refs.filter((ref) => !names.has(resourceKey(ref)))
  const rows = await resourcesByRef(db, workspaceId, rest)
  return [...rows.values()].filter(({ id }) => !ids.has(id)).flatMap(toEntry)
}

type StoredRow = {
  readonly id: string
  readonly kind: FileKind
  readonly slug: string
  readonly value: WorkspaceEntry['value']
  readonly revision: string
}

export async function allWorkspaceEntries(db: Db, workspaceId: string): Promise<WorkspaceEntry[]> {
  const { rows } = await sql<StoredRow>`
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
