import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import type { Prepared } from './prepare.ts'

/** A change of a resource that has an id. */
export type Written = Prepared & { readonly id: string }

/** `queued`: the rows of `change` are the outbox; `settled`: they are history only. */
export type ChangeSetPlace = {
  readonly workspaceId: string
  readonly changeSetId: string
  readonly mode: 'queued' | 'settled'
  readonly commitOid: string | null
}

/**
 * Where a value comes from: sent as text, or copied from the resource's row as it is at this moment. To parse
 * one that was sent costs three times as much as to copy it.
 */
export type ValueSource = 'sent' | 'row'

/** Gives the new rows' ids by resource. */
export async function insertChanges(
  tx: Db,
  place: ChangeSetPlace,
  changes: readonly Written[],
  from: { readonly before: ValueSource; readonly after: ValueSource } = { before: 'sent', after: 'sent' },
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  await inChunks(changes, async (some) => {
    for (const { id, resource_id } of await insertSome(tx, place, some, from)) ids.set(resource_id, id)
  })
  return ids
}

async function insertSome(
  tx: Db,
  { workspaceId, changeSetId, mode, commitOid }: ChangeSetPlace,
  changes: readonly Written[],
  from: { readonly before: ValueSource; readonly after: ValueSource },
): Promise<{ id: string; resource_id: string }[]> {
  const before = from.before === 'row' ? ROW_VALUE : sql`t.before::jsonb`
  const after = from.after === 'row' ? ROW_VALUE : sql`t.after::jsonb`
  const text = (source: ValueSource, value: unknown) =>
    source === 'row' || value == null ? null : JSON.stringify(value)
  const { rows } = await sql<{ id: string; resource_id: string }>`
    insert into change (change_set_id, workspace_id, resource_id, kind, slug, before, after, settled_at, commit_oid)
    select ${changeSetId}, ${workspaceId}, id, kind, slug, ${before}, ${after},
      ${mode === 'settled' ? sql`now()` : sql`null`}, ${commitOid}
    from unnest(${changes.map((c) => c.id)}::bigint[], ${changes.map((c) => c.kind)}::text[],
      ${changes.map((c) => c.slug)}::text[], ${changes.map((c) => text(from.before, c.before?.value))}::text[],
      ${changes.map((c) => text(from.after, c.value))}::text[]) as t(id, kind, slug, before, after)
    returning id, resource_id`.execute(tx)
  return rows
}

/** Looked up, not joined (S30). */
const ROW_VALUE = sql`(select resource.value from resource where resource.id = t.id)`
