import { sql } from 'kysely'
import type { Db } from './database.ts'

export type QueuedResource = { readonly id: string; readonly resourceId: string }

/** New resources go to the outbox as they are: copied where they lie, thousands in one statement (S30). */
export async function queueResources(
  tx: Db,
  workspaceId: string,
  changeSetId: string,
  resourceIds: readonly string[],
): Promise<QueuedResource[]> {
  if (resourceIds.length === 0) return []
  const { rows } = await sql<QueuedResource>`
    insert into change (change_set_id, workspace_id, resource_id, kind, slug, after)
    select ${changeSetId}, workspace_id, id, kind, slug, value from resource
    where id = any(${resourceIds}::bigint[]) and workspace_id = ${workspaceId} order by id
    returning id, resource_id as "resourceId"`.execute(tx)
  return rows
}
