import { type SelectQueryBuilder, sql } from 'kysely'
import { sameJson } from '../core/model/json.ts'
import type { FileKind } from '../core/model/kind.ts'
import { type FileRef, resourceKey } from '../core/model/resource.ts'
import type { Agreed } from '../core/plan/actions.ts'
import type { BaseEntry } from '../core/plan/snapshot.ts'
import type { Db } from './database.ts'
import { keysOf } from './forwards.ts'
import { inChunks } from './in-chunks.ts'
import { isNamed } from './resources.ts'
import type { Database } from './schema.ts'

export type BasePath = { readonly id: string; readonly path: string; readonly blob: string }

/** Where every file lies, without the values: what a whole resync compares (S12). */
export async function basePaths(db: Db, connectionId: string, limit?: number): Promise<BasePath[]> {
  return db
    .selectFrom('base')
    .select(['resource_id as id', 'path', 'blob'])
    .where('connection_id', '=', connectionId)
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute()
}

export async function basesByPath(
  db: Db,
  connectionId: string,
  paths: readonly string[],
): Promise<BasePath[]> {
  if (paths.length === 0) return []
  return db
    .selectFrom('base')
    .select(['resource_id as id', 'path', 'blob'])
    .where('connection_id', '=', connectionId)
    .where(sql<boolean>`path = any(${paths}::text[])`)
    .execute()
}

type Row = {
  resource_id: string
  kind: FileKind
  slug: string
  path: string
  blob: string
  file_value: BaseEntry['fileValue'] | null
  value: BaseEntry['value']
}

/** The value of a row of `base`, wherever it lies: looked up, not joined (S30). */
export const BASE_VALUE = sql<BaseEntry['value']>`
  coalesce(base.value, (select change.after from change where change.id = base.change_id))`
export const BASE_FILE_VALUE = sql<BaseEntry['fileValue']>`coalesce(base.file_value, ${BASE_VALUE})`

type Query = SelectQueryBuilder<Database, 'base', Row>

async function entries(query: Query): Promise<BaseEntry[]> {
  const rows = await query.execute()
  return rows.map(({ resource_id, kind, slug, path, blob, file_value, value }) => {
    return { id: resource_id, ref: { kind, slug }, path, blob, fileValue: file_value ?? value, value }
  })
}

function selectBases(db: Db, connectionId: string): Query {
  return db
    .selectFrom('base')
    .select(['resource_id', 'kind', 'slug', 'path', 'blob', 'file_value', BASE_VALUE.as('value')])
    .where('connection_id', '=', connectionId)
}

/** The bases that lie at these paths, belong to these resources, or bear these names. */
export async function baseEntries(
  db: Db,
  connectionId: string,
  by: {
    readonly ids: readonly string[]
    readonly paths: readonly string[]
    readonly refs: readonly FileRef[]
  },
): Promise<BaseEntry[]> {
  const { ids, paths, refs } = by
  const queries: Query[] = []
  const names = new Set(refs.map(resourceKey))
  if (ids.length > 0) {
    queries.push(selectBases(db, connectionId).where(sql<boolean>`resource_id = any(${ids}::bigint[])`))
  }
  if (paths.length > 0) {
    queries.push(selectBases(db, connectionId).where(sql<boolean>`path = any(${paths}::text[])`))
  }
  const found = new Map<string, BaseEntry>()
  for (const query of queries) for (const entry of await entries(query)) found.set(entry.id, entry)
  // Nothing twice: of a commit that touches every file this is every value.
  for (const { ref } of found.values()) names.delete(resourceKey(ref))
  const rest = refs.filter((ref) => names.has(resourceKey(ref)))
  if (rest.length === 0) return [...found.values()]
  // Not by a join with the pairs: taken for few, they would be compared with every base (S30).
  for (const entry of await entries(selectBases(db, connectionId).where(isNamed(rest)))) {
    found.set(entry.id, entry)
  }
  return [...found.values()]
}

export async function allBases(db: Db, connectionId: string): Promise<BaseEntry[]> {
  return entries(selectBases(db, connectionId))
}

/** Bases whose file spells its source or destination by one of these names (E6). */
export async function basesSpelling(
  db: Db,
  connectionId: string,
  key: 'source' | 'destination',
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select resource_id as id from base
    where connection_id = ${connectionId} and ${BASE_FILE_VALUE}->>${sql.lit(key)} = any(${names}::text[])`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** The names by which the files of all but some resources spell their source or destination. */
export async function spelledNames(
  db: Db,
  connectionId: string,
  except: readonly string[],
): Promise<Record<'source' | 'destination', string[]>> {
  const { rows } = await sql<{ source: string | null; destination: string | null }>`
    select distinct spelled->>'source' as source, spelled->>'destination' as destination from (
      select ${BASE_FILE_VALUE} as spelled from base
      where connection_id = ${connectionId} and resource_id <> all(${except}::bigint[])
      offset 0
    ) base`.execute(db)
  const names = (key: 'source' | 'destination') => rows.flatMap((row) => row[key] ?? [])
  return { source: names('source'), destination: names('destination') }
}

/** Resources that are not as their base says, on either side of it: what a whole resync looks at (S12). */
export async function differingResources(
  db: Db,
  workspaceId: string,
  connectionId: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(r.id, b.resource_id) as id
    from (select id, slug, value from resource where workspace_id = ${workspaceId} and kind not in ('sources', 'destinations')) r
    full join (select resource_id, slug, ${BASE_VALUE} as value from base where connection_id = ${connectionId}) b on b.resource_id = r.id
    where r.id is null or b.resource_id is null or r.slug <> b.slug or r.value <> b.value`.execute(db)
  return rows.map((row) => row.id)
}

export async function countBases(db: Db, connectionId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from base where connection_id = ${connectionId}`.execute(db)
  return rows[0]?.count ?? 0
}

export async function dropBases(tx: Db, connectionId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from base where connection_id = ${connectionId} and resource_id = any(${ids}::bigint[])`.execute(
    tx,
  )
}

/** The base moves (S2). One of the same name under another id is that of a resource that is gone. */
export async function writeBases(
  tx: Db,
  connectionId: string,
  commitOid: string | null,
  list: readonly NewBase[],
): Promise<void> {
  // First: a name may pass from one resource to another in one of the later statements.
  await dropNamesakes(tx, connectionId, list)
  await inChunks(list, (some) => writeSomeBases(tx, connectionId, commitOid, some))
}
type NewBase = Agreed & {
  readonly id: string
  /** The change that has the value already: it is not said again. */
  readonly changeId?: string | null
}

async function dropNamesakes(tx: Db, connectionId: string, list: readonly NewBase[]): Promise<void> {
  const owners = new Map(list.map((entry) => [resourceKey(entry.ref), entry.id]))
  const named = await basesNamed(
    tx,
    connectionId,
    list.map((entry) => entry.ref.slug),
  )
  const isOthers = ({ id, ref }: NamedBase) => (owners.get(resourceKey(ref)) ?? id) !== id
  await dropBases(
    tx,
    connectionId,
    named.filter(isOthers).map((base) => base.id),
  )
}

export type NamedBase = { readonly id: string; readonly ref: FileRef }

/** Every base with one of these slugs, of whatever kind, and those of these resources. */
export async function basesNamed(
  db: Db,
  connectionId: string,
  slugs: readonly string[],
  ids: readonly string[] = [],
): Promise<NamedBase[]> {
  if (slugs.length === 0) return []
  const { rows } = await sql<{ resource_id: string; kind: FileKind; slug: string }>`
    select resource_id, kind, slug from base
    where connection_id = ${connectionId}
      and (slug = any(${slugs}::text[]) or resource_id = any(${ids}::bigint[]))`.execute(db)
  return rows.map(({ resource_id, kind, slug }) => ({ id: resource_id, ref: { kind, slug } }))
}

async function writeSomeBases(
  tx: Db,
  connectionId: string,
  commitOid: string | null,
  list: readonly NewBase[],
): Promise<void> {
  const columns = sql`
    unnest(${list.map((a) => a.id)}::bigint[], ${list.map((a) => a.ref.kind)}::text[], ${list.map((a) => a.ref.slug)}::text[],
      ${list.map((a) => a.path)}::text[], ${list.map((a) => a.blob)}::text[],
      ${list.map((a) => (sameJson(a.fileValue, a.value) ? null : JSON.stringify(a.fileValue)))}::text[],
      ${list.map((a) => (a.changeId == null ? JSON.stringify(a.value) : null))}::text[],
      ${list.map((a) => a.changeId ?? null)}::bigint[],
      ${list.map((a) => (a.forwards.length === 0 ? null : JSON.stringify(keysOf(a.forwards))))}::text[])
    as t(id, kind, slug, path, blob, file_value, value, change_id, forwards)`
  await sql`
    insert into base (connection_id, resource_id, kind, slug, path, blob, file_value, value, change_id, forwards, commit_oid)
    select ${connectionId}, id, kind, slug, path, blob, file_value, value, change_id, coalesce(forwards, '[]'), ${commitOid}
    from (
      select id, kind, slug, path, blob, file_value::jsonb, value::jsonb, change_id, forwards::jsonb from ${columns} offset 0
    ) t
    on conflict (connection_id, resource_id) do update set kind = excluded.kind, slug = excluded.slug, path = excluded.path,
      blob = excluded.blob, file_value = excluded.file_value, value = excluded.value, change_id = excluded.change_id,
      forwards = excluded.forwards, commit_oid = excluded.commit_oid`.execute(tx)
}
