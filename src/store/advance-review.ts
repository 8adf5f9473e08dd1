import { sql } from 'kysely'
import type { FileKind } from '../core/model/kind.ts'
import type { PlanEntry } from '../core/plan/plan.ts'
import type { Db } from './database.ts'
import { notify } from './notify.ts'
import type { Review } from './reviews.ts'

type Recorded = {
  id: string
  oid: string
  change_ids: readonly string[]
  alias_blob: string | null
  manifest_blob: string | null
  review_base: string
}

export type Told = { readonly title: string; readonly changes: readonly PlanEntry[] }

/**
 * Its commits are on its branch: what it has of their resources, and the saves that are in Git by it. The base
 * stays where it is until the review is merged (S2, S21).
 */
export async function advanceReview(
  tx: Db,
  review: Pick<Review, 'id' | 'connectionId' | 'workspaceId'>,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<Recorded>`
    select id, oid, change_ids, alias_blob, manifest_blob, review_base from commit_record
    where id = any(${ids}::bigint[]) order by id`.execute(tx)
  const last = rows.at(-1)
  if (!last) return
  await writeProposals(tx, review, ids)
  const settled = rows.flatMap(({ change_ids }) => change_ids)
  await sql`
    update change set settled_at = now() where id = any(${settled}::bigint[]) and settled_at is null`.execute(
    tx,
  )
  await sql`
    update review set state = 'open', head_oid = ${last.oid}, base_oid = ${last.review_base}, foreign_oid = null,
      alias_blob = coalesce(${rows.findLast((row) => row.alias_blob !== null)?.alias_blob ?? null}, alias_blob),
      manifest_blob = coalesce(${rows.findLast((row) => row.manifest_blob !== null)?.manifest_blob ?? null}, manifest_blob)
    where id = ${review.id}`.execute(tx)
  await sql`update commit_record set state = 'pushed' where id = any(${ids}::bigint[])`.execute(tx)
  // Made for a head that the branch has not any more: they can never arrive.
  await sql`
    update commit_record set state = 'lost' where review_id = ${review.id} and state = 'recorded'`.execute(tx)
  await tellResources(tx, review)
}

async function writeProposals(
  tx: Db,
  { id, connectionId }: Pick<Review, 'id' | 'connectionId'>,
  commits: readonly string[],
): Promise<void> {
  await sql`
    insert into review_resource (connection_id, resource_id, review_id, kind, slug, path, blob, file_value, value)
    select ${connectionId}, resource_id, ${id}, kind, slug, path, blob, file_value, value from (
      select distinct on (w.resource_id) w.resource_id, w.kind, w.slug, w.path, w.blob, w.file_value,
        case when w.blob is null then null
          else coalesce(w.value, (select c.after from change c where c.id = w.change_id)) end as value
      from commit_write w where w.commit_id = any(${commits}::bigint[])
      order by w.resource_id, w.commit_id desc
      offset 0
    ) w
    on conflict (connection_id, resource_id) do update set review_id = excluded.review_id, kind = excluded.kind,
      slug = excluded.slug, path = excluded.path, blob = excluded.blob, file_value = excluded.file_value,
      value = excluded.value, declined = false`.execute(tx)
}

/** What the review is about, as people read it. */
export async function tellReview(tx: Db, id: string, { title, changes }: Told): Promise<void> {
  await tx
    .updateTable('review')
    .set({ title, changes: JSON.stringify(changes) })
    .where('id', '=', id)
    .execute()
}

/** Pages show a review's state beside its resources (W6). */
export async function tellResources(
  tx: Db,
  { id, workspaceId }: Pick<Review, 'id' | 'workspaceId'>,
): Promise<void> {
  const { rows } = await sql<{ kind: FileKind; slug: string }>`
    select kind, slug from review_resource where review_id = ${id}`.execute(tx)
  await notify(tx, [
    ...rows.map(({ kind, slug }) => ({
      type: 'resource' as const,
      workspace: workspaceId,
      kind,
      slug,
      change: 'git' as const,
    })),
    { type: 'connection', workspace: workspaceId },
  ])
}
