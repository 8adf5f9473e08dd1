import { sql } from 'kysely'
import type { FileKind } from '../core/model/kind.ts'
import { resourceKey } from '../core/model/resource.ts'
import { tellResources } from './advance-review.ts'
import { basesNamed, dropBases } from './bases.ts'
import type { Db } from './database.ts'
import type { Review } from './reviews.ts'

type Place = Pick<Review, 'id' | 'connectionId' | 'workspaceId'>
type Row = { resource_id: string; kind: FileKind; slug: string; stays: boolean }

/**
 * Merged, by whatever method: the base of its resources becomes what it proposed (S21). The next reading looks
 * at each of their places by itself: what the merge left as it was is in no difference of two commits.
 */
export async function agreeOnReview(tx: Db, review: Place, mergeCommit: string | null): Promise<void> {
  const { id, connectionId } = review
  const { rows } = await sql<Row>`
    select resource_id, kind, slug, blob is not null as stays from review_resource
    where review_id = ${id} and not declined`.execute(tx)
  await lookAgain(tx, review)
  const own = new Set(rows.map((row) => row.resource_id))
  const names = new Set(rows.filter((row) => row.stays).map(resourceKey))
  const named = await basesNamed(
    tx,
    connectionId,
    rows.map((row) => row.slug),
  )
  const namesakes = named.filter((base) => !own.has(base.id) && names.has(resourceKey(base.ref)))
  await dropBases(tx, connectionId, [...own, ...namesakes.map((base) => base.id)])
  await sql`
    insert into base (connection_id, resource_id, kind, slug, path, blob, file_value, value, commit_oid)
    select connection_id, resource_id, kind, slug, path, blob, file_value, value, ${mergeCommit}
    from review_resource where review_id = ${id} and not declined and blob is not null`.execute(tx)
  // The saves came into the branch by the merge: so the audit log tells it.
  await sql`
    update change set commit_oid = ${mergeCommit}
    where commit_oid is null and id in (
      select unnest(change_ids) from commit_record where review_id = ${id} and state = 'pushed')`.execute(tx)
  await end(tx, review, 'merged')
  await sql`delete from review_resource where review_id = ${id}`.execute(tx)
}

/** Files of it, at the old place and at the new one, as they are at the last applied commit. */
async function lookAgain(tx: Db, { id, connectionId }: Place): Promise<void> {
  await sql`
    insert into open_file (connection_id, path, blob, kind, slug, state, errors, reason)
    select ${connectionId}, b.path, b.blob, b.kind, b.slug, 'waiting', '[]', 'Its review was merged'
    from base b where b.connection_id = ${connectionId}
      and b.resource_id in (select resource_id from review_resource where review_id = ${id} and not declined)
    on conflict (connection_id, path) do nothing`.execute(tx)
  await sql`
    insert into open_file (connection_id, path, blob, kind, slug, state, errors, reason)
    select ${connectionId}, path, null, kind, slug, 'waiting', '[]', 'Its review was merged'
    from review_resource where review_id = ${id} and not declined
    on conflict (connection_id, path) do nothing`.execute(tx)
}

/** Closed: its resources are conflicts from now on, until somebody settles them (S21). */
export async function declineReview(tx: Db, review: Place): Promise<void> {
  // What is on neither side any more is nobody's to settle.
  await sql`
    delete from review_resource p where review_id = ${review.id}
      and not exists (select from resource r where r.id = p.resource_id)
      and not exists (select from base b where b.connection_id = p.connection_id and b.resource_id = p.resource_id)`.execute(
    tx,
  )
  await sql`update review_resource set declined = true where review_id = ${review.id}`.execute(tx)
  // No conflict is kept of aliases: those that Git has stand again.
  await sql`
    update sync_state set wanted_aliases = null, wanted_aliases_set = null
    where connection_id = ${review.connectionId}
      and exists (select from review where id = ${review.id} and alias_blob is not null)`.execute(tx)
  await end(tx, review, 'closed')
}

async function end(tx: Db, review: Place, state: 'merged' | 'closed'): Promise<void> {
  await tx.updateTable('review').set({ state, ended_at: new Date() }).where('id', '=', review.id).execute()
  await sql`
    update commit_record set state = 'lost' where review_id = ${review.id} and state = 'recorded'`.execute(tx)
  await tellResources(tx, review)
}
