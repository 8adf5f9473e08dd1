import { sql } from 'kysely'
import { type Reference, referencesOf } from '../core/lint/references.ts'
import { type FileKind, isFileKind } from '../core/model/kind.ts'
import type { ResourceRef, Value } from '../core/model/resource.ts'
import { targetsOf } from '../core/plan/catalog.ts'
import type { Db } from './database.ts'
import type { StoredResource } from './resources.ts'

export type Referrer = Omit<StoredResource, 'kind'> & { readonly kind: FileKind }

/** Who refers to any of these, whatever the reference's target is called. */
export async function referrersOf(
  db: Db,
  workspaceId: string,
  refs: readonly ResourceRef[],
): Promise<Referrer[]> {
  if (refs.length === 0) return []
  const pairs = refs.flatMap((ref) => targetsOf(ref.kind).map((target) => ({ target, slug: ref.slug })))
  const { rows } = await sql<Referrer>`
    select distinct on (r.id) r.id, r.kind, r.slug, r.value, r.revision,
      r.updated_at as "updatedAt", r.updated_by as "updatedBy"
    from unnest(${pairs.map((p) => p.target)}::text[], ${pairs.map((p) => p.slug)}::text[]) as t(target, slug)
    join resource_reference rr
      on rr.workspace_id = ${workspaceId} and rr.target = t.target and rr.slug = t.slug
    join resource r on r.id = rr.from_id
    order by r.id`.execute(db)
  return rows
}

export type Referring = {
  readonly id: string
  readonly kind: ResourceRef['kind']
  readonly slug: string
  readonly value: Value
}

/** Replaces the index rows of these resources. */
export async function indexReferences(
  tx: Db,
  workspaceId: string,
  list: readonly Referring[],
): Promise<void> {
  if (list.length === 0) return
  await sql`delete from resource_reference where from_id = any(${list.map((r) => r.id)}::bigint[])`.execute(
    tx,
  )
  const rows = list.flatMap((r) => referencesFrom(r).map((reference) => ({ id: r.id, ...reference })))
  if (rows.length === 0) return
  await sql`
    insert into resource_reference (from_id, workspace_id, field, target, slug)
    select id, ${workspaceId}, field, target, slug
    from unnest(${rows.map((r) => r.id)}::bigint[], ${rows.map((r) => r.field)}::text[],
      ${rows.map((r) => r.target)}::text[], ${rows.map((r) => r.slug)}::text[]) as t(id, field, target, slug)
    on conflict do nothing`.execute(tx)
}

function referencesFrom({ kind, slug, value }: Referring): Reference[] {
  return isFileKind(kind) ? referencesOf({ kind, slug }, value) : []
}
