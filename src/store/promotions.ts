import { sql } from 'kysely'
import type { DoneChange } from '../core/environments/undo.ts'
import type { FileKind } from '../core/model/kind.ts'
import type { FileRef, Value } from '../core/model/resource.ts'
import type { Db } from './database.ts'

export type Promoted = {
  readonly id: string
  readonly from: string
  readonly by: string
  readonly at: Date
  readonly resources: number
  /** Rows of it that are not in Git yet. */
  readonly waiting: number
  readonly undone: boolean
}

export async function recordPromotion(
  tx: Db,
  promotion: { readonly changeSetId: string; readonly workspaceId: string; readonly from: string },
): Promise<void> {
  const { changeSetId, workspaceId, from } = promotion
  await tx
    .insertInto('promotion')
    .values({ change_set_id: changeSetId, workspace_id: workspaceId, from_slug: from })
    .execute()
}

/** False: it is undone already, or none of this workspace's. Taken before anything is written. */
export async function claimUndo(tx: Db, workspaceId: string, id: string): Promise<{ from: string } | null> {
  const row = await tx
    .selectFrom('promotion')
    .select('from_slug as from')
    .where('change_set_id', '=', id)
    .where('workspace_id', '=', workspaceId)
    .where('undone_by', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

export async function markUndone(tx: Db, id: string, by: string): Promise<void> {
  await tx.updateTable('promotion').set({ undone_by: by }).where('change_set_id', '=', id).execute()
}

/** Of a workspace, the newest first. */
export async function listPromotions(db: Db, workspaceId: string, limit: number): Promise<Promoted[]> {
  const { rows } = await sql<Promoted>`
    select p.change_set_id as id, p.from_slug as "from", s.actor_name as by, s.created_at as at,
      (select count(*)::int from change c where c.change_set_id = s.id) as resources,
      (select count(*)::int from change c where c.change_set_id = s.id and c.settled_at is null) as waiting,
      p.undone_by is not null as undone
    from promotion p join change_set s on s.id = p.change_set_id
    where p.workspace_id = ${workspaceId} order by p.change_set_id desc limit ${limit}`.execute(db)
  return rows
}

/** What a change set did, and what has become of it. The slug before is that of the change before. */
export async function doneChanges(db: Db, workspaceId: string, changeSetId: string): Promise<DoneChange[]> {
  const { rows } = await sql<{
    resourceId: string
    kind: FileKind
    slug: string
    wasSlug: string
    before: Value | null
    after: Value | null
    now: DoneChange['now']
  }>`
    select c.resource_id as "resourceId", c.kind, c.slug, coalesce(was.slug, c.slug) as "wasSlug", c.before, c.after,
      case when r.id is null then null
        else jsonb_build_object('slug', r.slug, 'value', r.value, 'revision', r.revision::text) end as now
    from change c
    left join lateral (
      select slug from change w where w.resource_id = c.resource_id and w.id < c.id order by w.id desc limit 1
    ) was on true
    left join resource r on r.workspace_id = c.workspace_id and (
      r.id = c.resource_id or (c.after is null and r.kind = c.kind and r.slug = c.slug))
    where c.change_set_id = ${changeSetId} and c.workspace_id = ${workspaceId}
    order by c.id`.execute(db)
  return rows
}

export type LastChange = FileRef & { readonly author: string; readonly commit: string | null }

/** Who changed each of these last, and in which commit: what a promotion names (W7). */
export async function lastChanges(
  db: Db,
  workspaceId: string,
  refs: readonly FileRef[],
): Promise<LastChange[]> {
  if (refs.length === 0) return []
  const { rows } = await sql<LastChange>`
    select r.kind, r.slug, s.actor_name as author, coalesce(c.commit_oid, b.commit_oid) as commit
    from resource r
    cross join lateral (
      select change_set_id, commit_oid from change where resource_id = r.id order by id desc limit 1
    ) c
    join change_set s on s.id = c.change_set_id
    left join connection k on k.workspace_id = r.workspace_id
    left join base b on b.connection_id = k.id and b.resource_id = r.id
    where r.workspace_id = ${workspaceId} and (r.slug, r.kind) in (
      select * from unnest(${refs.map((ref) => ref.slug)}::text[], ${refs.map((ref) => ref.kind)}::text[]))
    order by r.kind, r.slug`.execute(db)
  return rows
}
