import { sql } from 'kysely'
import type { Reference } from '../core/lint/references.ts'
import { respell } from '../core/lint/respell.ts'
import type { FileKind } from '../core/model/kind.ts'
import type { Actions } from '../core/plan/actions.ts'
import { targetsOf } from '../core/plan/catalog.ts'
import { baseEntries } from './bases.ts'
import type { Db } from './database.ts'
import { inChunks } from './in-chunks.ts'

/** What was agreed on is the same; what it refers to has another name (S18). */
export async function respellBases(
  tx: Db,
  connectionId: string,
  respelled: Actions['respelled'],
): Promise<void> {
  await inChunks(respelled, async (some) => {
    await sql`
      update base set value = t.value::jsonb, file_value = t.file_value::jsonb
      from unnest(${some.map(({ id }) => id)}::bigint[], ${some.map(({ value }) => JSON.stringify(value))}::text[],
        ${some.map(({ fileValue }) => JSON.stringify(fileValue))}::text[]) as t(id, value, file_value)
      where base.connection_id = ${connectionId} and base.resource_id = t.id`.execute(tx)
  })
}

type Place = { readonly connectionId: string; readonly workspaceId: string }

/** A resource that is agreed on under another name from now on. */
export type Renamed = { readonly kind: FileKind; readonly from: string; readonly to: string }

/** The same for resources that take another name by themselves: what is in question may refer to them. */
export async function followInBases(tx: Db, place: Place, renamed: readonly Renamed[]): Promise<void> {
  if (renamed.length === 0) return
  const unsettled = await tx
    .selectFrom('change')
    .select('resource_id')
    .distinct()
    .where('workspace_id', '=', place.workspaceId)
    .where('settled_at', 'is', null)
    .execute()
  const open = await tx
    .selectFrom('open_file')
    .select('path')
    .where('connection_id', '=', place.connectionId)
    .execute()
  const bases = await baseEntries(tx, place.connectionId, {
    ids: unsettled.map((change) => change.resource_id),
    paths: open.map((file) => file.path),
    refs: [],
  })
  const nameOf = ({ target, slug }: Reference) =>
    renamed.find(({ kind, from }) => slug === from && targetsOf(kind).includes(target))?.to ?? null
  const respelled = bases.flatMap((base) => {
    const value = respell(base.ref, base.value, nameOf)
    return value === base.value ? [] : [{ ...base, value }]
  })
  await respellBases(tx, place.connectionId, respelled)
}
