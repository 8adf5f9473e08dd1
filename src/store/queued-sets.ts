import { sql } from 'kysely'
import { isFileKind, type Kind } from '../core/model/kind.ts'
import type { Value } from '../core/model/resource.ts'
import type { SavedChange, SavedSet } from '../core/plan/commits/draft.ts'
import type { Db } from './database.ts'

type Row = {
  set_id: string
  set_kind: string
  message: string | null
  actor_name: string
  actor_email: string
  created_at: Date
  id: string | null
  resource_id: string
  kind: Kind
  slug: string
  after: Value | null
}

/** The outbox in the order of the saves (S7), and the change set that wants other aliases. */
export async function queuedSets(db: Db, workspaceId: string, aliasSet: string | null): Promise<SavedSet[]> {
  const { rows } = await sql<Row>`
    select s.id as set_id, s.kind as set_kind, s.message, s.actor_name, s.actor_email, s.created_at,
      c.id, c.resource_id, c.kind, c.slug, c.after
    from change_set s left join change c on c.change_set_id = s.id and c.settled_at is null
    where s.workspace_id = ${workspaceId}
      and (s.id = ${aliasSet}::bigint or s.id in (
        select change_set_id from change where workspace_id = ${workspaceId} and settled_at is null))
    order by s.id, c.id`.execute(db)
  const sets = new Map<string, Row[]>()
  for (const row of rows) {
    const list = sets.get(row.set_id)
    if (list) list.push(row)
    else sets.set(row.set_id, [row])
  }
  return [...sets.values()].flatMap((list) => (list[0] ? [toSet(list[0], list, aliasSet)] : []))
}

function toSet(first: Row, rows: readonly Row[], aliasSet: string | null): SavedSet {
  const changes = rows.flatMap((row): SavedChange[] => {
    const { id, resource_id, kind, slug, after } = row
    return id !== null && isFileKind(kind)
      ? [{ id, resourceId: resource_id, ref: { kind, slug }, value: after }]
      : []
  })
  const manifestChangeIds = rows.flatMap((row) => (row.id !== null && !isFileKind(row.kind) ? [row.id] : []))
  return {
    id: first.set_id,
    kind: first.set_kind,
    author: { name: first.actor_name, email: first.actor_email },
    savedAt: first.created_at.getTime(),
    message: first.message,
    changes,
    touchesManifest: manifestChangeIds.length > 0,
    touchesAliases: first.set_id === aliasSet,
    manifestChangeIds,
  }
}
