import { sql } from 'kysely'
import type { FileKind } from '../core/model/kind.ts'
import type { FileRef, FileValue, Value } from '../core/model/resource.ts'
import type { Db } from './database.ts'

/** A resource of today and its place in Git, without its value. */
export type PlacedResource = {
  readonly id: string
  readonly ref: FileRef
  /** Null: it is not in Git. */
  readonly file: { readonly path: string; readonly blob: string } | null
  /** It is as both sides last agreed. */
  readonly isAsAgreed: boolean
}

export async function placedResources(
  db: Db,
  workspaceId: string,
  connectionId: string,
): Promise<PlacedResource[]> {
  const { rows } = await sql<{
    id: string
    kind: FileKind
    slug: string
    path: string | null
    blob: string | null
    agreed: boolean | null
  }>`
    select r.id, r.kind, r.slug, b.path, b.blob, r.value = b.value as agreed
    from resource r left join base b on b.connection_id = ${connectionId} and b.resource_id = r.id
    where r.workspace_id = ${workspaceId} and r.kind not in ('sources', 'destinations')`.execute(db)
  return rows.map(({ id, kind, slug, path, blob, agreed }) => ({
    id,
    ref: { kind, slug },
    file: path !== null && blob !== null ? { path, blob } : null,
    isAsAgreed: agreed ?? false,
  }))
}

export type ResourceWithFile = {
  readonly ref: FileRef
  readonly value: Value
  readonly revision: string
  readonly fileValue: FileValue | null
}

export async function resourcesWithFile(
  db: Db,
  connectionId: string,
  ids: readonly string[],
): Promise<Map<string, ResourceWithFile>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{
    id: string
    kind: FileKind
    slug: string
    value: Value
    revision: string
    file_value: FileValue | null
  }>`
    select r.id, r.kind, r.slug, r.value, r.revision, b.file_value
    from resource r left join base b on b.connection_id = ${connectionId} and b.resource_id = r.id
    where r.id = any(${ids}::bigint[])`.execute(db)
  return new Map(
    rows.map(({ id, kind, slug, value, revision, file_value }) => [
      id,
      { ref: { kind, slug }, value, revision, fileValue: file_value },
    ]),
  )
}

/** Where a resource's file lies by the base; null: it is not in Git, or there is no such resource. */
export async function agreedPath(
  db: Db,
  workspaceId: string,
  connectionId: string,
  { kind, slug }: FileRef,
): Promise<string | null> {
  const { rows } = await sql<{ path: string }>`
    select b.path from base b left join resource r on r.id = b.resource_id
    where b.connection_id = ${connectionId} and b.kind = ${kind}
      and ((r.workspace_id = ${workspaceId} and r.slug = ${slug}) or (r.id is null and b.slug = ${slug}))
    order by r.id nulls last limit 1`.execute(db)
  return rows[0]?.path ?? null
}
