import { sql } from 'kysely'
import { referencesOf } from '../core/lint/references.ts'
import { isFileKind, type Kind } from '../core/model/kind.ts'
import { type ResourceKey, resourceKey, type Value } from '../core/model/resource.ts'
import type { Actions } from '../core/plan/actions.ts'
import { TARGET_KINDS } from '../core/plan/catalog.ts'
import type { Snapshot } from '../core/plan/snapshot.ts'
import type { Db } from './database.ts'

type Row = { resource_id: string; kind: Kind; slug: string; after: Value | null }

/**
 * Whether something was saved since the snapshot that the plan says something about: a resource in it, or a
 * new one that refers to what comes in. Under the workspace's lock, so the answer holds until the commit.
 */
export async function movedMeanwhile(
  tx: Db,
  workspaceId: string,
  lastChange: string,
  snapshot: Snapshot,
  actions: Actions,
): Promise<boolean> {
  const { rows } = await sql<Row>`
    select resource_id, kind, slug, after from change
    where workspace_id = ${workspaceId} and id > ${lastChange}`.execute(tx)
  if (rows.length === 0) return false
  const ids = new Set<string>()
  const keys = new Set<ResourceKey>()
  for (const { base, workspace, file } of snapshot.pairs) {
    for (const side of [base, workspace, file]) if (side) keys.add(resourceKey(side.ref))
    for (const side of [base, workspace]) if (side) ids.add(side.id)
  }
  // By the name that it had as well: what was saved since refers to that.
  const incoming = new Set(
    actions.incoming.flatMap(({ ref, present }) => [ref, ...(present ? [present.ref] : [])].map(resourceKey)),
  )
  return rows.some((row) => ids.has(row.resource_id) || keys.has(resourceKey(row)) || refersTo(row, incoming))
}

function refersTo({ kind, slug, after }: Row, incoming: ReadonlySet<ResourceKey>): boolean {
  if (after === null || !isFileKind(kind) || incoming.size === 0) return false
  return referencesOf({ kind, slug }, after).some((reference) =>
    TARGET_KINDS[reference.target].some((target) =>
      incoming.has(resourceKey({ kind: target, slug: reference.slug })),
    ),
  )
}
