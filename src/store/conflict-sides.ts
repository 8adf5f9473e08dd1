import { type Selectable, sql } from 'kysely'
import { classifyPath } from '../core/format/classify.ts'
import { keepInstead } from '../core/format/normalize.ts'
import { sameJson } from '../core/model/json.ts'
import type { FileRef, Value } from '../core/model/resource.ts'
import { withAgreedNames } from './agreed-names.ts'
import { insertChanges } from './change-set/change-rows.ts'
import { insertChangeSet } from './change-set/write.ts'
import { type Actor, type ChangeSetOutcome, commitChangeSetIn } from './change-sets.ts'
import type { Db } from './database.ts'
import { getResource, type StoredResource } from './resources.ts'
import { followInBases } from './respell-bases.ts'
import type { ConflictTable } from './tables/git.ts'

type Row = Selectable<ConflictTable>

/** Thrown out of the transaction, so that nothing of the resolution stays. */
export class Refused extends Error {
  readonly outcome: Exclude<ChangeSetOutcome, { kind: 'saved' } | { kind: 'stale' }>
  constructor(outcome: Exclude<ChangeSetOutcome, { kind: 'saved' } | { kind: 'stale' }>) {
    super('the resolution was refused')
    this.outcome = outcome
  }
}

/**
 * What the workspace has of it. One that was agreed on under another name and took this one since is not it, but
 * a namesake (S18).
 */
export async function ownSide(
  tx: Db,
  workspaceId: string,
  row: Row,
): Promise<{ readonly present: StoredResource | null; readonly namesake: FileRef | null }> {
  const named = await getResource(tx, workspaceId, row.kind, row.slug)
  const isIts =
    named === null || named.id === row.resource_id || (await agreedSlug(tx, row, named.id)) === null
  return isIts
    ? { present: named, namesake: null }
    : { present: null, namesake: { kind: row.kind, slug: row.slug } }
}

/**
 * What Git's version was agreed on as. `theirs` holds the blocks that its file lacks as the workspace has them;
 * those that were edited here are still to go out (F11).
 */
function agreedSide({ kind, base, theirs, theirs_file_value: stored }: Row): Value | null {
  return theirs && stored ? keepInstead(kind, theirs, stored, base) : theirs
}

/** As if Git's version had been seen and written over: it becomes the base, ours the one queued change. */
export async function takeWorkspace(
  tx: Db,
  workspaceId: string,
  row: Row,
  resourceId: string | null,
  actor: Actor,
): Promise<string> {
  const changeSetId = await insertChangeSet(tx, { workspaceId, kind: 'resolution', message: null, actor })
  // A file that never came in: to leave it out is to delete it, as if it had been here and gone.
  const id = resourceId ?? (await unusedId(tx))
  await agreeOnTheirs(tx, row, id, slugOfFile(row))
  const { kind, slug, ours } = row
  const theirs = agreedSide(row)
  const before = theirs && {
    id,
    kind,
    slug: slugOfFile(row),
    value: theirs,
    revision: '',
    updatedAt: new Date(),
    updatedBy: null,
  }
  const change = { id, kind, slug, before, value: ours }
  await insertChanges(tx, { workspaceId, changeSetId, mode: 'queued', commitOid: null }, [change])
  return changeSetId
}

async function unusedId(tx: Db): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select nextval(pg_get_serial_sequence('resource', 'id')) as id`.execute(tx)
  if (!rows[0]) throw new Error('the sequence gave no id')
  return rows[0].id
}

/** The workspace takes Git's value through the same checks as any save. */
export async function takeGit(tx: Db, workspaceId: string, row: Row, actor: Actor): Promise<string> {
  const { kind, slug, theirs } = row
  const outcome = await commitChangeSetIn(tx, {
    workspaceId,
    actor,
    kind: 'resolution',
    message: null,
    writes: theirs ? [{ kind, slug, value: theirs }] : [],
    deletes: theirs || row.ours === null ? [] : [{ kind, slug }],
    renames: [],
  })
  if (outcome.kind !== 'saved') {
    throw outcome.kind === 'stale' ? new Error('stale without a revision') : new Refused(outcome)
  }
  const resource = await getResource(tx, workspaceId, kind, slug)
  const resourceId = resource?.id ?? row.resource_id
  if (resourceId !== null) {
    await agreeOnTheirs(tx, row, resourceId, (await isRenamedInGit(tx, row)) ? slug : slugOfFile(row))
    if (sameJson(theirs, agreedSide(row))) await settleSaves(tx, workspaceId, resourceId)
  }
  return outcome.changeSetId
}

/** A result that is neither side: saved as any other, with Git's version as what it was made on. */
export async function takeValue(
  tx: Db,
  workspaceId: string,
  row: Row,
  value: Value,
  actor: Actor,
): Promise<string> {
  const { kind, slug } = row
  const outcome = await commitChangeSetIn(tx, {
    workspaceId,
    actor,
    kind: 'resolution',
    message: null,
    writes: [{ kind, slug, value }],
    deletes: [],
    renames: [],
  })
  if (outcome.kind !== 'saved') {
    throw outcome.kind === 'stale' ? new Error('stale without a revision') : new Refused(outcome)
  }
  const resource = await getResource(tx, workspaceId, kind, slug)
  if (resource) await agreeOnTheirs(tx, row, resource.id, slugOfFile(row))
  return outcome.changeSetId
}

/**
 * Then it is agreed on under the workspace's name: the name that Git gave it comes in by the next plan, with
 * what refers to it (S18).
 */
async function isRenamedInGit(tx: Db, row: Row): Promise<boolean> {
  if (row.ours === null || row.resource_id === null) return false
  const slug = await agreedSlug(tx, row, row.resource_id)
  return slug !== null && slug !== slugOfFile(row)
}

async function agreedSlug(tx: Db, row: Row, resourceId: string): Promise<string | null> {
  const base = await tx
    .selectFrom('base')
    .select('slug')
    .where('connection_id', '=', row.connection_id)
    .where('resource_id', '=', resourceId)
    .executeTakeFirst()
  return base?.slug ?? null
}

/** The saves that waited are settled by the resolution. */
export async function settleSaves(tx: Db, workspaceId: string, resourceId: string): Promise<void> {
  await tx
    .updateTable('change')
    .set({ settled_at: new Date() })
    .where('workspace_id', '=', workspaceId)
    .where('resource_id', '=', resourceId)
    .where('settled_at', 'is', null)
    .execute()
}

async function agreeOnTheirs(tx: Db, row: Row, resourceId: string, slug: string): Promise<void> {
  const forwards = await forwardsAt(tx, row)
  const place = { connectionId: row.connection_id, workspaceId: row.workspace_id }
  // Before its own base goes: it may refer to itself.
  const theirs = agreedSide(row)
  const value = theirs && (await withAgreedNames(tx, place, row, theirs))
  await renewForwards(tx, row, resourceId)
  const from = await agreedSlug(tx, row, resourceId)
  if (from !== null && from !== slug) await followInBases(tx, place, [{ kind: row.kind, from, to: slug }])
  await tx
    .deleteFrom('base')
    .where('connection_id', '=', row.connection_id)
    .where((eb) =>
      eb.or([
        eb('resource_id', '=', resourceId),
        eb.and([eb('kind', '=', row.kind), eb('slug', 'in', [row.slug, slugOfFile(row)])]),
      ]),
    )
    .execute()
  if (row.theirs === null || row.path === null || row.theirs_file_value === null) return
  await tx
    .insertInto('base')
    .values({
      connection_id: row.connection_id,
      resource_id: resourceId,
      kind: row.kind,
      slug,
      path: row.path,
      blob: row.theirs_version,
      file_value: JSON.stringify(row.theirs_file_value),
      value: JSON.stringify(value),
      commit_oid: null,
      forwards: JSON.stringify(forwards),
    })
    .execute()
}

/** Deleted here and made anew: old names that led to the one lead to the other (S18). */
async function renewForwards(tx: Db, row: Row, resourceId: string): Promise<void> {
  if (row.resource_id === null || row.resource_id === resourceId) return
  await tx
    .updateTable('forward')
    .set({ resource_id: resourceId })
    .where('connection_id', '=', row.connection_id)
    .where('resource_id', '=', row.resource_id)
    .execute()
}

/** The forwards that the file uses, whatever it was known as so far (S18). */
async function forwardsAt(tx: Db, { connection_id, path }: Row): Promise<readonly string[]> {
  const { rows } = await sql<{ forwards: string[] }>`
    select forwards from open_file where connection_id = ${connection_id} and path = ${path}
    union all
    select forwards from base where connection_id = ${connection_id} and path = ${path}`.execute(tx)
  return rows[0]?.forwards ?? []
}

/** A resource that was renamed in the app has another slug than its file until the new name is in Git. */
function slugOfFile({ path, slug }: Row): string {
  const found = path === null ? null : classifyPath(path)
  return found?.kind === 'resource' ? found.ref.slug : slug
}
