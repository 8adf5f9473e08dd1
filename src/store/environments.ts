import { sql } from 'kysely'
import type { NamedConnection, SummedUp } from '../core/environments/environment.ts'
import { OPTIONAL_BLOCKS, type OptionalBlock } from '../core/model/fields.ts'
import { CONNECTION_KINDS, type ConnectionKind, type FileKind, MODEL_KINDS } from '../core/model/kind.ts'
import type { FileRef } from '../core/model/resource.ts'
import { BASE_FILE_VALUE } from './bases.ts'
import type { Db } from './database.ts'
import type { StoredAliases } from './tables/git.ts'

type OfWorkspace<T> = T & { readonly workspaceId: string }

/** Of a list its first entry is looked for: the whole would be copied to be compared. */
const isEmptyBlock = (block: OptionalBlock) =>
  LISTS.has(block)
    ? sql`value #> array[${block}::text, '0'] is null`
    : sql`value->${block}::text in ('[]', '{}', '""', 'null')`

const LISTS: ReadonlySet<OptionalBlock> = new Set(['columns', 'tags', 'through'] as const)

const EMPTY_BLOCKS = sql.join(
  OPTIONAL_BLOCKS.map((block) => sql`case when ${isEmptyBlock(block)} then ${block}::text end`),
)

/** Without what is the workspace's own, and without empty blocks: they equal absent ones (F23). */
const OWN_VALUE = sql`
  value - array_remove(array[
    case when kind = 'syncs' then 'destination' when kind = any(${MODEL_KINDS}::text[]) then 'source' end,
    ${EMPTY_BLOCKS}], null)`

/** Of rows with `kind`, `slug` and `value`: what `DIGESTS` are made of. */
export const SUMMARY = sql`
  kind, slug, value->>'name' as name,
  value->>(case when kind = 'syncs' then 'destination' else 'source' end) as connection, ${OWN_VALUE} as own`

/**
 * The database prints equal values alike, whatever the order of their keys, so a digest of that is exact. The
 * hash costs a fifth and has 64 bits: of 20,000 values two that differ look alike once in a hundred billion times,
 * and only a picture of many workspaces is drawn from it.
 */
export const DIGESTS = {
  exact: sql`md5(own::text) as digest, md5((own - 'name')::text) as content`,
  quick: sql`jsonb_hash_extended(own, 0)::text as digest, '' as content`,
}

/** Every resource of these workspaces by digest: no value leaves the database. */
export async function summedUpResources(
  db: Db,
  workspaceIds: readonly string[],
  digests: keyof typeof DIGESTS,
): Promise<OfWorkspace<SummedUp>[]> {
  const { rows } = await sql<OfWorkspace<SummedUp>>`
    select workspace_id as "workspaceId", kind, slug, name, connection, ${DIGESTS[digests]}
    from (
      select workspace_id, ${SUMMARY}
      from resource
      where workspace_id = any(${workspaceIds}::uuid[]) and kind <> all(${CONNECTION_KINDS}::text[])
      offset 0
    ) summed`.execute(db)
  return rows
}

/** Their sources and destinations by name and type. */
export async function namedConnections(
  db: Db,
  workspaceIds: readonly string[],
): Promise<OfWorkspace<NamedConnection & { kind: ConnectionKind }>[]> {
  const { rows } = await sql<OfWorkspace<NamedConnection & { kind: ConnectionKind }>>`
    select workspace_id as "workspaceId", kind, slug, coalesce(value->>'name', slug) as name,
      coalesce(value->>'type', '') as type
    from resource
    where workspace_id = any(${workspaceIds}::uuid[]) and kind = any(${CONNECTION_KINDS}::text[])
    order by slug`.execute(db)
  return rows
}

/** What names mean in them: as the app wants it, where that is not in Git yet. */
export async function aliasesOf(
  db: Db,
  workspaceIds: readonly string[],
): Promise<OfWorkspace<{ aliases: StoredAliases }>[]> {
  const { rows } = await sql<OfWorkspace<{ aliases: StoredAliases }>>`
    select k.workspace_id as "workspaceId", coalesce(s.wanted_aliases, s.aliases) as aliases
    from connection k join sync_state s on s.connection_id = k.id
    where k.workspace_id = any(${workspaceIds}::uuid[])`.execute(db)
  return rows
}

/** Files of theirs that wait for a name (E4). */
export async function pendingFiles(db: Db, workspaceIds: readonly string[]): Promise<OfWorkspace<FileRef>[]> {
  const { rows } = await sql<OfWorkspace<{ kind: FileKind; slug: string }>>`
    select k.workspace_id as "workspaceId", f.kind, f.slug
    from connection k join open_file f on f.connection_id = k.id
    where k.workspace_id = any(${workspaceIds}::uuid[]) and f.state = 'pending'`.execute(db)
  return rows
}

type Use = { readonly section: 'sources' | 'destinations'; readonly name: string; readonly files: number }

/** The names that their files spell as source or destination, and how often. */
export async function spelledNames(db: Db, workspaceIds: readonly string[]): Promise<OfWorkspace<Use>[]> {
  const { rows } = await sql<OfWorkspace<Use>>`
    select k.workspace_id as "workspaceId", t.section, t.name, count(*)::int as files
    from connection k join base on base.connection_id = k.id
    cross join lateral (select ${BASE_FILE_VALUE} as value offset 0) f
    cross join lateral (values ('sources', f.value->>'source'), ('destinations', f.value->>'destination')) t(section, name)
    where k.workspace_id = any(${workspaceIds}::uuid[]) and t.name is not null
      and base.kind = any(${[...MODEL_KINDS, 'syncs']}::text[])
    group by 1, 2, 3`.execute(db)
  return rows
}

/** The tables that their models read, by source. */
export async function tablesRead(
  db: Db,
  workspaceIds: readonly string[],
): Promise<OfWorkspace<{ source: string; tables: string[] }>[]> {
  const { rows } = await sql<OfWorkspace<{ source: string; tables: string[] }>>`
    select workspace_id as "workspaceId", value->>'source' as source, array_agg(distinct value->>'tableName') as tables
    from resource
    where workspace_id = any(${workspaceIds}::uuid[]) and kind = any(${MODEL_KINDS}::text[])
      and value->>'source' is not null and value->>'tableName' is not null
    group by 1, 2`.execute(db)
  return rows
}
