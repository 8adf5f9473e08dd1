import { type Insertable, sql } from 'kysely'
import { isFileKind } from '../../core/model/kind.ts'
import type { WorkspaceEvent } from '../../core/wire/events.ts'
import type { Actor, ChangeSetInput } from '../change-sets.ts'
import type { Db } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { notify } from '../notify.ts'
import { indexReferences } from '../references.ts'
import { resourcesById, type StoredResource } from '../resources.ts'
import type { ChangeSetTable } from '../tables/workspace.ts'
import { type ChangeSetPlace, insertChanges, type Written } from './change-rows.ts'
import type { Prepared, PreparedChanges } from './prepare.ts'

type Saved = {
  readonly changeSetId: string
  readonly resources: readonly StoredResource[]
  readonly changed: boolean
}

export async function writeChanges(
  tx: Db,
  input: Omit<ChangeSetInput, 'writes' | 'deletes' | 'renames'>,
  prepared: PreparedChanges,
  mode: ChangeSetPlace['mode'],
): Promise<Saved> {
  const changeSetId = await insertChangeSet(tx, input)
  const place = { workspaceId: input.workspaceId, changeSetId, mode, commitOid: null }
  const written = await writeResources(tx, place, input.actor, prepared.changes)
  await notify(
    tx,
    written.map((change) => event(input.workspaceId, change, 'saved')),
  )
  const ids = written.filter((change) => change.value !== null).map((change) => change.id)
  const resources = await resourcesById(tx, ids)
  return { changeSetId, resources: [...resources, ...prepared.unchanged], changed: written.length > 0 }
}

export async function insertChangeSet(
  tx: Db,
  input: Pick<ChangeSetInput, 'workspaceId' | 'kind' | 'message' | 'actor' | 'rollbackTo'>,
): Promise<string> {
  const values: Insertable<ChangeSetTable> = {
    workspace_id: input.workspaceId,
    kind: input.kind,
    message: input.message,
    rollback_to: input.rollbackTo ?? null,
    actor_id: input.actor.id,
    actor_name: input.actor.name,
    actor_email: input.actor.email,
  }
  const row = await tx.insertInto('change_set').values(values).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export type Changed = Written & {
  /** Its row of `change`. */
  readonly changeId: string
}

/**
 * Rows of `resource` and of `change`, tombstones and the reference index, each in few statements however many
 * there are (S30). A value is sent once: into the history for what is there already, whose row copies it from
 * there, and into its row for what is new, whose history does.
 */
export async function writeResources(
  tx: Db,
  place: ChangeSetPlace,
  actor: Actor,
  changes: readonly Prepared[],
): Promise<Changed[]> {
  const known = changes.flatMap((c) => (c.before ? [{ ...c, id: c.before.id }] : []))
  const noted = await noteChanges(tx, place, known, { before: 'row', after: 'sent' })
  const gone = noted.filter((c) => c.value === null)
  const kept = noted.filter((c) => c.value !== null)
  await bury(
    tx,
    actor,
    gone.map((c) => c.id),
  )
  // Slugs can change places: what is renamed is one statement.
  const isRenamed = (c: Written) => c.before?.slug !== c.slug
  await updateRows(tx, actor, kept.filter(isRenamed))
  await inChunks(
    kept.filter((c) => !isRenamed(c)),
    (some) => updateRows(tx, actor, some),
  )
  const inserted: Written[] = []
  await inChunks(
    changes.filter((c) => c.before === null && c.value !== null),
    async (some) => {
      inserted.push(...(await insertRows(tx, place.workspaceId, actor, some)))
    },
  )
  const added = await noteChanges(tx, place, inserted, { before: 'sent', after: 'row' })
  const alive = [...kept, ...added]
  await indexReferences(
    tx,
    place.workspaceId,
    alive.flatMap((c) => (c.value && isFileKind(c.kind) ? [{ ...c, value: c.value }] : [])),
    new Map(changes.flatMap((c) => (c.before ? [[c.before.id, c.before] as const] : []))),
  )
  return [...alive, ...gone]
}

async function noteChanges(
  tx: Db,
  place: ChangeSetPlace,
  changes: readonly Written[],
  from: Parameters<typeof insertChanges>[3],
): Promise<Changed[]> {
  const ids = await insertChanges(tx, place, changes, from)
  return changes.map((c) => ({ ...c, changeId: ids.get(c.id) ?? '' }))
}

/** Tombstones (S15): out of the table, kept with their secrets to be restored. */
async function bury(tx: Db, actor: Actor, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    with gone as (delete from resource where id = any(${ids}::bigint[]) returning id, workspace_id, kind, slug, value),
    buried as (
      insert into deleted_resource (id, workspace_id, kind, slug, value, deleted_by)
      select id, workspace_id, kind, slug, value, ${actor.name} from gone)
    insert into deleted_secret (resource_id, name, ciphertext)
    select resource_id, name, ciphertext from resource_secret where resource_id = any(${ids}::bigint[])`.execute(
    tx,
  )
}

async function updateRows(tx: Db, actor: Actor, rows: readonly Changed[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update resource r
    set slug = t.slug, value = (select change.after from change where change.id = t.change_id), revision = nextval('resource_revision'),
      updated_at = now(), updated_by = ${actor.name}
    from unnest(${rows.map((c) => c.id)}::bigint[], ${rows.map((c) => c.slug)}::text[],
      ${rows.map((c) => c.changeId)}::bigint[]) as t(id, slug, change_id)
    where r.id = t.id`.execute(tx)
}

async function insertRows(
  tx: Db,
  workspaceId: string,
  actor: Actor,
  rows: readonly Prepared[],
): Promise<Written[]> {
  const inserted = await sql<{ id: string; kind: string; slug: string }>`
    insert into resource (workspace_id, kind, slug, value, updated_by)
    select ${workspaceId}, kind, slug, value::jsonb, ${actor.name}
    from unnest(${rows.map((c) => c.kind)}::text[], ${rows.map((c) => c.slug)}::text[],
      ${rows.map((c) => JSON.stringify(c.value))}::text[]) as t(kind, slug, value)
    returning id, kind, slug`.execute(tx)
  const ids = new Map(inserted.rows.map((row) => [`${row.kind}:${row.slug}`, row.id]))
  return rows.flatMap((c) => {
    const id = ids.get(`${c.kind}:${c.slug}`)
    return id === undefined ? [] : [{ ...c, id }]
  })
}

export function event(workspace: string, change: Written, kept: 'saved' | 'git'): WorkspaceEvent {
  const { kind, slug } = change
  return { type: 'resource', workspace, kind, slug, change: change.value === null ? 'deleted' : kept }
}
