import { sql } from 'kysely'
import type { FileKind } from '../core/model/kind.ts'
import { repositoryName } from './connection-sharing.ts'
import type { Db } from './database.ts'

export type Neighbour = {
  readonly id: string
  readonly slug: string
  readonly branch: string
  readonly path: string
  readonly shared: boolean
  readonly adopt: string | null
  /** Out of sight; its files lie in the repository all the same. */
  readonly isArchived: boolean
}

/** The other workspaces that are connected to a repository, by whatever spelling of its address. */
export async function neighboursOn(db: Db, workspaceId: string, url: string): Promise<Neighbour[]> {
  const rows = await db
    .selectFrom('connection')
    .innerJoin('workspace', 'workspace.id', 'connection.workspace_id')
    .select(['workspace.id', 'workspace.slug', 'connection.url', 'connection.branch', 'connection.path'])
    .select(['connection.shared', 'connection.adopt'])
    .select(sql<boolean>`workspace.archived_at is not null`.as('isArchived'))
    .where('workspace.id', '!=', workspaceId)
    .orderBy('workspace.slug')
    .execute()
  const name = repositoryName(url)
  return rows.filter((row) => repositoryName(row.url) === name).map(({ url: _, ...neighbour }) => neighbour)
}

export type TwoSlugs = {
  readonly kind: FileKind
  readonly name: string
  readonly here: string
  readonly there: string
}

/**
 * Resources whose name is theirs alone in both workspaces, and whose slug differs. Where a slug is taken on
 * the other side by something else, they are two things that merely swapped names.
 */
export async function sameNameOtherSlug(
  db: Db,
  here: string,
  there: string,
  limit: number,
): Promise<TwoSlugs[]> {
  const named = (workspaceId: string) => sql`
    select kind, value->>'name' as name, min(slug) as slug from resource
    where workspace_id = ${workspaceId} and kind not in ('sources', 'destinations') and value->>'name' is not null
    group by 1, 2 having count(*) = 1`
  const has = (workspaceId: string, slug: string) => sql`exists (
    select from resource r where r.workspace_id = ${workspaceId} and r.kind = a.kind and r.slug = ${sql.ref(slug)})`
  const { rows } = await sql<TwoSlugs>`
    select a.kind, a.name, a.slug as here, b.slug as there
    from (${named(here)}) a join (${named(there)}) b on b.kind = a.kind and b.name = a.name
    where a.slug <> b.slug and not ${has(there, 'a.slug')} and not ${has(here, 'b.slug')}
    order by a.kind, a.name limit ${limit}`.execute(db)
  return rows
}
