import { sql } from 'kysely'
import type { AliasRename } from '../core/environments/rename-alias.ts'
import type { Proposal, Reviews } from '../core/reviews/proposal.ts'
import type { Db } from './database.ts'

type Row = {
  review_id: string
  resource_id: string
  kind: Proposal['ref']['kind']
  slug: string
  path: string
  blob: string | null
  file_value: Proposal['fileValue']
  value: Proposal['value']
  declined: boolean
  branch: string
  number: number | null
}

/** What stands in reviews, for a plan. */
export async function reviewsOf(db: Db, connectionId: string): Promise<Reviews> {
  const { rows } = await sql<Row>`
    select p.*, r.branch, r.number from review_resource p join review r on r.id = p.review_id
    where p.connection_id = ${connectionId}`.execute(db)
  const name = ({ number, branch }: Row) => (number === null ? `on ${branch}` : `#${number}`)
  return {
    proposed: new Map(rows.filter((row) => !row.declined).map((row) => [row.resource_id, toProposal(row)])),
    declined: new Map(
      rows
        .filter((row) => row.declined)
        .map((row) => [row.resource_id, `Its review ${name(row)} was closed without being merged`]),
    ),
  }
}

function toProposal({ review_id, resource_id, kind, slug, path, blob, file_value, value }: Row): Proposal {
  const fileValue = file_value ?? value
  return { review: review_id, resourceId: resource_id, ref: { kind, slug }, path, blob, fileValue, value }
}

/** Resources whose conflict is settled, or that came to agree: their review is forgotten. */
export async function forgetDeclined(tx: Db, connectionId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    delete from review_resource
    where connection_id = ${connectionId} and declined and resource_id = any(${ids}::bigint[])`.execute(tx)
}

/** Resources that stand in reviews, or did in one that was closed: looked at again by every run. */
export async function reviewedResources(db: Db, connectionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('review_resource')
    .select('resource_id')
    .where('connection_id', '=', connectionId)
    .execute()
  return rows.map((row) => row.resource_id)
}

/** Resources of open reviews whose file says a source or destination by this name. */
export async function proposalsSpelling(
  db: Db,
  workspaceIds: readonly string[],
  { section, from }: Pick<AliasRename, 'section' | 'from'>,
): Promise<{ kind: string; slug: string; branch: string }[]> {
  const key = section === 'sources' ? 'source' : 'destination'
  const { rows } = await sql<{ kind: string; slug: string; branch: string }>`
    select p.kind, p.slug, r.branch from review_resource p join review r on r.id = p.review_id
    where r.workspace_id = any(${workspaceIds}::uuid[]) and r.state in ('new', 'open')
      and coalesce(p.file_value, p.value)->>${key}::text = ${from}
    order by r.branch, p.kind, p.slug`.execute(db)
  return rows
}
