import { referencesOf } from '../core/lint/references.ts'
import { respell } from '../core/lint/respell.ts'
import { type FileRef, type ResourceKey, resourceKey, type Value } from '../core/model/resource.ts'
import { TARGET_KINDS } from '../core/plan/catalog.ts'
import type { Db } from './database.ts'

type Place = { readonly connectionId: string; readonly workspaceId: string }

/**
 * A value that refers to others by their names in the workspace, with those that were agreed on: a base says
 * no other, or it would mean another resource while a rename waits (S18).
 */
export async function withAgreedNames(tx: Db, place: Place, ref: FileRef, value: Value): Promise<Value> {
  const slugs = [...new Set(referencesOf(ref, value).map(({ slug }) => slug))]
  if (slugs.length === 0) return value
  const rows = await tx
    .selectFrom('resource')
    .innerJoin('base', 'base.resource_id', 'resource.id')
    .select(['resource.kind', 'resource.slug', 'base.slug as agreed'])
    .where('resource.workspace_id', '=', place.workspaceId)
    .where('base.connection_id', '=', place.connectionId)
    .where('resource.slug', 'in', slugs)
    .execute()
  const agreed = new Map(rows.map((row): [ResourceKey, string] => [resourceKey(row), row.agreed]))
  return respell(ref, value, ({ target, slug }) => {
    const kind = TARGET_KINDS[target].find((one) => agreed.has(resourceKey({ kind: one, slug })))
    return (kind && agreed.get(resourceKey({ kind, slug }))) ?? null
  })
}
