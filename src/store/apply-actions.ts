import { sql } from 'kysely'
import { sameJson } from '../core/model/json.ts'
import { type FileRef, type ResourceKey, resourceKey } from '../core/model/resource.ts'
import type { Actions, OpenFile } from '../core/plan/actions.ts'
import { refOf, theirsOf } from '../core/plan/decide.ts'
import { namesOf } from '../core/plan/names.ts'
import type { ConflictEntry, Plan } from '../core/plan/plan.ts'
import type { Pair, Snapshot } from '../core/plan/snapshot.ts'
import type { Standing } from '../core/plan/standing.ts'
import { writeAudit } from './audit.ts'
import { dropBases, writeBases } from './bases.ts'
import type { Prepared } from './change-set/prepare.ts'
import { type Changed, event, insertChangeSet, writeResources } from './change-set/write.ts'
import type { Db } from './database.ts'
import { keysOf, writeForwards } from './forwards.ts'
import { inChunks } from './in-chunks.ts'
import { notify } from './notify.ts'
import { respellBases } from './respell-bases.ts'

type Place = { readonly connectionId: string; readonly workspaceId: string }
type Applied = {
  readonly actions: Actions
  readonly plan: Plan
  readonly snapshot: Snapshot
  readonly standings: readonly Standing[]
  readonly head: string | null
  readonly author: { readonly name: string; readonly email: string }
  readonly run: string
}

/** The database's half of a plan, in the caller's transaction. Gives the number of resources written. */
export async function applyActions(tx: Db, place: Place, applied: Applied): Promise<number> {
  const { actions, plan, head } = applied
  const incoming = await writeIncoming(tx, place, applied)
  await dropBases(tx, place.connectionId, actions.dropped)
  await respellBases(tx, place.connectionId, actions.respelled)
  const agreed = actions.agreed.flatMap((entry) => {
    const change = incoming.get(resourceKey(entry.ref))
    const id = entry.id ?? change?.id
    if (id === undefined) return []
    const isIts = change?.id === id && change.value !== null && sameJson(change.value, entry.value)
    return [{ ...entry, id, changeId: isIts ? change.changeId : null }]
  })
  await writeBases(tx, place.connectionId, head, agreed)
  await writeMerged(tx, place.workspaceId, actions.merged)
  await writeOpenFiles(tx, place.connectionId, actions.open)
  await writeForwards(tx, place.connectionId, actions)
  await writeConflicts(tx, place, plan.conflicts, applied)
  return incoming.size
}

async function writeIncoming(tx: Db, place: Place, applied: Applied): Promise<Map<ResourceKey, Changed>> {
  const { incoming } = applied.actions
  if (incoming.length === 0) return new Map()
  const actor = { id: null, ...applied.author }
  const changes = incoming.map(({ ref, present, value }): Prepared => {
    const stored = present && { ...present, ...present.ref, updatedAt: new Date(0), updatedBy: null }
    return { ...ref, before: stored, value }
  })
  const { workspaceId } = place
  const changeSetId = await insertChangeSet(tx, { workspaceId, kind: 'git', message: null, actor })
  const history = { workspaceId, changeSetId, mode: 'settled', commitOid: applied.head } as const
  const written = await writeResources(tx, history, actor, changes)
  await writeAudit(tx, {
    action: 'git.apply',
    workspaceId,
    actor,
    origin: 'engine',
    address: null,
    changeSet: changeSetId,
    run: applied.run,
    commit: applied.head,
  })
  await notify(
    tx,
    written.map((change) => event(workspaceId, change, 'git')),
  )
  return new Map(written.map((change) => [resourceKey(change), change]))
}

/** Saves under a merge go out as what came of it, by its name, also when this run does not get to it (S7, S26). */
async function writeMerged(tx: Db, workspaceId: string, merged: Actions['merged']): Promise<void> {
  await inChunks(merged, async (some) => {
    await sql`
      update change c set merged = t.value::jsonb, slug = t.slug
      from unnest(${some.map(({ id }) => id)}::bigint[], ${some.map(({ ref }) => ref.slug)}::text[],
        ${some.map(({ value }) => JSON.stringify(value))}::text[]) as t(id, slug, value)
      where c.workspace_id = ${workspaceId} and c.resource_id = t.id and c.settled_at is null`.execute(tx)
  })
}

/** All of them anew: every plan looks at every open file. */
async function writeOpenFiles(tx: Db, connectionId: string, open: readonly OpenFile[]): Promise<void> {
  await tx.deleteFrom('open_file').where('connection_id', '=', connectionId).execute()
  if (open.length === 0) return
  await sql`
    insert into open_file (connection_id, path, blob, kind, slug, state, errors, reason, forwards)
    select ${connectionId}, path, blob, kind, slug, state, errors::jsonb, reason, forwards::jsonb
    from unnest(${open.map((f) => f.path)}::text[], ${open.map((f) => f.blob)}::text[], ${open.map((f) => f.ref.kind)}::text[],
      ${open.map((f) => f.ref.slug)}::text[], ${open.map((f) => f.state)}::text[],
      ${open.map((f) => JSON.stringify(f.errors))}::text[], ${open.map((f) => f.reason)}::text[],
      ${open.map((f) => JSON.stringify(keysOf(f.forwards)))}::text[])
      as t(path, blob, kind, slug, state, errors, reason, forwards)
    on conflict (connection_id, path) do nothing`.execute(tx)
}

/** Kept up to date while both sides move on; one that is no more goes by itself (S5). Pages hear of both at once. */
async function writeConflicts(
  tx: Db,
  place: Place,
  /** In the order of their pairs. */
  conflicts: readonly ConflictEntry[],
  { snapshot, standings }: Pick<Applied, 'snapshot' | 'standings'>,
): Promise<void> {
  const names = namesOf(snapshot.pairs)
  const pairs = snapshot.pairs.filter((_, i) => standings[i]?.kind === 'conflict')
  const said = new Set<ResourceKey>()
  const rows = pairs.flatMap((pair, i) => {
    const [entry, key] = [conflicts[i], resourceKey(refOf(pair))]
    // Where two have one name, the other one's turn comes once this is settled.
    if (!entry || said.has(key)) return []
    said.add(key)
    // Whichever side is taken is held by the workspace, with the names that it has.
    return [conflictRow(entry, names.workspace(pair))]
  })
  const known = await tx
    .selectFrom('conflict')
    .select(['kind', 'slug'])
    .where('connection_id', '=', place.connectionId)
    .execute()
  if (known.length === 0 && rows.length === 0) return
  await sql`
    delete from conflict where connection_id = ${place.connectionId}
      and not ((kind || ':' || slug) = any(${rows.map((row) => `${row.kind}:${row.slug}`)}::text[]))`.execute(
    tx,
  )
  await notify(
    tx,
    notInBoth(known, rows).map(({ kind, slug }) => {
      return { type: 'resource', workspace: place.workspaceId, kind, slug, change: 'git' } as const
    }),
  )
  const { connectionId: connection_id, workspaceId: workspace_id } = place
  await inChunks(rows, async (some) => {
    await tx
      .insertInto('conflict')
      .values(some.map((row) => ({ connection_id, workspace_id, ...row })))
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'kind', 'slug']).doUpdateSet((row) => ({
          ...Object.fromEntries(KEPT_UP_TO_DATE.map((column) => [column, row.ref(`excluded.${column}`)])),
          updated_at: new Date(),
        })),
      )
      .execute()
  })
}

function notInBoth(a: readonly FileRef[], b: readonly FileRef[]): FileRef[] {
  const [inA, inB] = [new Set(a.map(resourceKey)), new Set(b.map(resourceKey))]
  return [...a.filter((ref) => !inB.has(resourceKey(ref))), ...b.filter((ref) => !inA.has(resourceKey(ref)))]
}

const KEPT_UP_TO_DATE = [
  'resource_id',
  'path',
  'base',
  'ours',
  'theirs',
  'ours_version',
  'theirs_version',
  'theirs_file_value',
  'fields',
  'choices',
  'is_first',
  'causes',
] as const

function conflictRow(entry: ConflictEntry, pair: Pair) {
  const { base, workspace, file } = pair
  const text = (value: unknown) => (value == null ? null : JSON.stringify(value))
  const read = file?.kind === 'read' ? file : null
  return {
    resource_id: workspace?.id ?? base?.id ?? null,
    kind: entry.kind,
    slug: entry.slug,
    path: file?.path ?? base?.path ?? null,
    base: text(base?.value),
    ours: text(workspace?.value),
    theirs: text(read && theirsOf(read, pair)),
    ours_version: workspace?.revision ?? 'none',
    theirs_version: file?.blob ?? 'none',
    theirs_file_value: text(read?.fileValue),
    fields: JSON.stringify(
      (entry.choices.length > 0 ? entry.choices : entry.fields).map(({ path: at }) => at),
    ),
    choices: JSON.stringify(entry.choices),
    is_first: entry.isFirst,
    causes: JSON.stringify(entry.causes),
  }
}
