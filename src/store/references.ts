import { sql } from 'kysely'
import { type Reference, referencesOf } from '../core/lint/references.ts'
import { sameJson } from '../core/model/json.ts'
import { type FileKind, isFileKind } from '../core/model/kind.ts'
import type { ResourceRef, Value } from '../core/model/resource.ts'
import { targetsOf } from '../core/plan/catalog.ts'
import type { Db } from './database.ts'
import { resourcesById, type StoredResource } from './resources.ts'

export type Referrer = Omit<StoredResource, 'kind'> & { readonly kind: FileKind }

/** Who refers to any of these, whatever the reference's target is called. */
export async function referrersOf(
  db: Db,
  workspaceId: string,
  refs: readonly ResourceRef[],
): Promise<Referrer[]> {
  if (refs.length === 0) return []
  const pairs = refs.flatMap((ref) => targetsOf(ref.kind).map((target) => ({ target, slug: ref.slug })))
  const wanted = new Set(pairs.map(({ target, slug }) => `${target} ${slug}`))
  const { rows: found } = await sql<{ id: string; target: string; slug: string }>`
    select from_id as id, target, slug from resource_reference
    where workspace_id = ${workspaceId} and target = any(${[...new Set(pairs.map((p) => p.target))]}::text[])
      and slug = any(${pairs.map((p) => p.slug)}::text[])`.execute(db)
  const ids = new Set(found.flatMap((row) => (wanted.has(`${row.target} ${row.slug}`) ? [row.id] : [])))
  const rows = await resourcesById(db, [...ids])
  // Only files refer to something.
  return (rows as Referrer[]).sort((a, b) => Number(a.id) - Number(b.id))
}

export type Referring = {
  readonly id: string
  readonly kind: ResourceRef['kind']
  readonly slug: string
  readonly value: Value
}

/** Brings the index to what these resources refer to now; `before` has those that were there, as they were. */
export async function indexReferences(
  tx: Db,
  workspaceId: string,
  list: readonly Referring[],
  before: ReadonlyMap<string, Pick<Referring, 'slug' | 'value'>>,
): Promise<void> {
  const changed = list.filter((one) => {
    const old = before.get(one.id)
    return old === undefined || !sameJson(referencesFrom({ ...one, ...old }), referencesFrom(one))
  })
  if (changed.length === 0) return
  const known = changed.flatMap(({ id }) => (before.has(id) ? [id] : []))
  if (known.length > 0) {
    await sql`delete from resource_reference where from_id = any(${known}::bigint[])`.execute(tx)
  }
  const rows = changed.flatMap((r) => referencesFrom(r).map((reference) => ({ id: r.id, ...reference })))
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
