import { sql } from 'kysely'
import { isFileKind, type Kind } from '../core/model/kind.ts'
import type { Value } from '../core/model/resource.ts'
import type { SavedChange, SavedSet } from '../core/plan/commits/draft.ts'
import type { Db } from './database.ts'

type SetRow = {
  id: string
  kind: string
  message: string | null
  rollback_to: string | null
  actor_name: string
  actor_email: string
  created_at: Date
}
type ChangeRow = {
  id: string
  change_set_id: string
  resource_id: string
  kind: Kind
  slug: string
  after: Value | null
  merged: Value | null
}

/** The outbox in the order of the saves (S7), and the change set that wants other aliases. */
export async function queuedSets(db: Db, workspaceId: string, aliasSet: string | null): Promise<SavedSet[]> {
  // One after the other, by index: joined, each set could be compared with the whole outbox (S30).
  const { rows: changes } = await sql<ChangeRow>`
    select id, change_set_id, resource_id, kind, slug, after, merged from change
    where workspace_id = ${workspaceId} and settled_at is null order by id`.execute(db)
  const ofSet = new Map<string, ChangeRow[]>()
  for (const change of changes) {
    const list = ofSet.get(change.change_set_id)
    if (list) list.push(change)
    else ofSet.set(change.change_set_id, [change])
  }
  const ids = [...new Set([...ofSet.keys(), ...(aliasSet === null ? [] : [aliasSet])])]
  if (ids.length === 0) return []
  const { rows: sets } = await sql<SetRow>`
    select id, kind, message, rollback_to, actor_name, actor_email, created_at from change_set
    where id = any(${ids}::bigint[]) and workspace_id = ${workspaceId} order by id`.execute(db)
  return sets.map((set) => toSet(set, ofSet.get(set.id) ?? [], aliasSet))
}

function toSet(set: SetRow, rows: readonly ChangeRow[], aliasSet: string | null): SavedSet {
  const changes = rows.flatMap(({ id, resource_id, kind, slug, after, merged }): SavedChange[] => {
    if (!isFileKind(kind)) return []
    const isMerged = merged !== null
    return [{ id, resourceId: resource_id, ref: { kind, slug }, value: merged ?? after, isMerged }]
  })
  const manifestChangeIds = rows.flatMap((row) => (isFileKind(row.kind) ? [] : [row.id]))
  return {
    id: set.id,
    kind: set.kind,
    author: { name: set.actor_name, email: set.actor_email },
    savedAt: set.created_at.getTime(),
    message: set.message,
    rollbackTo: set.rollback_to,
    changes,
    touchesManifest: manifestChangeIds.length > 0,
    touchesAliases: set.id === aliasSet,
    manifestChangeIds,
  }
}
