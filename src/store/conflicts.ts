import { type Selectable, sql } from 'kysely'
import { classifyPath } from '../core/format/classify.ts'
import { applyChoices } from '../core/merge/apply-choices.ts'
import type { MergeField } from '../core/merge/merge-field.ts'
import type { Json } from '../core/model/json.ts'
import { sameJson } from '../core/model/json.ts'
import type { FileKind } from '../core/model/kind.ts'
import type { FileRef, Value } from '../core/model/resource.ts'
import type { Actor, ChangeSetOutcome } from './change-sets.ts'
import { ownSide, Refused, settleSaves, takeGit, takeValue, takeWorkspace } from './conflict-sides.ts'
import { connectionOf } from './connections.ts'
import type { Db } from './database.ts'
import { notify } from './notify.ts'
import { enqueueSync, lockWorkspace } from './outbox.ts'
import { forgetDeclined } from './proposals.ts'
import type { ConflictTable } from './tables/git.ts'

/** S5: both sides of it as values; `ours` is the workspace's. Null: that side deleted it. */
export type Conflict = {
  readonly id: string
  readonly kind: FileKind
  readonly slug: string
  readonly path: string | null
  readonly base: Value | null
  readonly ours: Value | null
  readonly theirs: Value | null
  /** JSON pointers of the fields that differ. */
  readonly fields: readonly string[]
  /** The fields in conflict with what each side has there; none in a joint conflict (S4). */
  readonly choices: readonly MergeField[]
  readonly isFirst: boolean
  /** The other resources of a joint conflict (S28). */
  readonly causes: readonly FileRef[]
  /** The review that proposed it and was closed (S21). */
  readonly review: ClosedReview | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

type ClosedReview = { readonly number: number | null; readonly branch: string; readonly url: string | null }
type Row = Selectable<ConflictTable> & { readonly review: ClosedReview | null }

/** By itself, not joined: the row is locked while it is settled. */
const REVIEW = sql<ClosedReview | null>`(
  select jsonb_build_object('number', v.number, 'branch', v.branch, 'url', v.url)
  from review_resource p join review v on v.id = p.review_id
  where p.connection_id = conflict.connection_id and p.resource_id = conflict.resource_id and p.declined
)`.as('review')

export async function listConflicts(db: Db, workspaceId: string): Promise<Conflict[]> {
  const rows = await db
    .selectFrom('conflict')
    .selectAll()
    .select(REVIEW)
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute()
  return rows.map(toConflict)
}

export async function getConflict(db: Db, workspaceId: string, id: string): Promise<Conflict | null> {
  if (!/^\d{1,18}$/.test(id)) return null
  const row = await selectConflict(db, workspaceId, id).executeTakeFirst()
  return row ? toConflict(row) : null
}

/** `value`: an edited result, for both sides. */
export type Take = 'workspace' | 'git' | { readonly value: Value }

export type Resolution = {
  readonly take: Take
  /** The two versions that the person saw. */
  readonly ours: Json
  readonly theirs: Json
  readonly actor: Actor
}
export type ResolveOutcome =
  | { readonly kind: 'resolved'; readonly changeSetId: string }
  | { readonly kind: 'not-found' }
  /** A side has moved on: look again. */
  | { readonly kind: 'stale'; readonly present: Conflict }
  | Exclude<ChangeSetOutcome, { kind: 'saved' } | { kind: 'stale' }>

/** Takes a side. One change set, which settles the saves that waited (S5). */
export async function resolveConflict(
  db: Db,
  workspaceId: string,
  id: string,
  resolution: Resolution,
): Promise<ResolveOutcome> {
  if (!/^\d{1,18}$/.test(id)) return { kind: 'not-found' }
  return db
    .transaction()
    .execute((tx) => resolveIn(tx, workspaceId, id, resolution))
    .catch(refusal)
}

/** Both would have one name: no side that is taken may write over the one that has it. */
function nameTaken({ kind, slug }: FileRef): Refused {
  const message = `Another resource has the name \`${slug}\` here.`
  const hint = 'Rename one of the two, then settle it.'
  const finding = { code: 'duplicate-slug', severity: 'error', message, hint, path: [], at: 'value' } as const
  return new Refused({ kind: 'refused', findings: [{ kind, slug, findings: [finding] }] })
}

function refusal(error: unknown): ResolveOutcome {
  if (error instanceof Refused) return error.outcome
  throw error
}

async function resolveIn(
  tx: Db,
  workspaceId: string,
  id: string,
  resolution: Resolution,
): Promise<ResolveOutcome> {
  await lockWorkspace(tx, workspaceId)
  const row = await selectConflict(tx, workspaceId, id).forUpdate().executeTakeFirst()
  if (!row) return { kind: 'not-found' }
  const { present, namesake } = await ownSide(tx, workspaceId, row)
  const isFresh = (present?.revision ?? 'none') === row.ours_version
  if (!isFresh || !sameJson(row.ours, resolution.ours) || !sameJson(row.theirs, resolution.theirs)) {
    return { kind: 'stale', present: toConflict(isFresh ? row : { ...row, ours: present?.value ?? null }) }
  }
  const resourceId = present?.id ?? row.resource_id
  if (resourceId !== null) await settleSaves(tx, workspaceId, resourceId)
  const { actor } = resolution
  const take = plainTake(resolution.take, row)
  if (namesake !== null && take !== 'workspace') throw nameTaken(namesake)
  const changeSetId =
    take === 'workspace'
      ? await takeWorkspace(tx, workspaceId, row, resourceId, actor)
      : take === 'git'
        ? await takeGit(tx, workspaceId, row, actor)
        : await takeValue(tx, workspaceId, row, take.value, actor)
  await tx.deleteFrom('conflict').where('id', '=', row.id).execute()
  if (resourceId !== null) await forgetDeclined(tx, row.connection_id, [resourceId])
  await closeFile(tx, row)
  const connection = await connectionOf(tx, workspaceId)
  if (connection) await enqueueSync(tx, connection.id)
  await notify(tx, {
    type: 'resource',
    workspace: workspaceId,
    kind: row.kind,
    slug: row.slug,
    change: 'saved',
  })
  return { kind: 'resolved', changeSetId }
}

/**
 * A side stands for the fields in conflict: what the other one alone changed was never in question and is kept
 * (S4). A result that equals a side is that side.
 */
function plainTake(take: Take, row: Row): Take {
  const value = typeof take === 'string' ? takenValue(take, row) : take.value
  if (value === null) return take
  if (sameJson(value, row.ours)) return 'workspace'
  return sameJson(value, row.theirs) ? 'git' : { value }
}

/** Null: a joint conflict or a deletion, where a side is taken whole. */
function takenValue(
  take: 'workspace' | 'git',
  { kind, base, ours, theirs, is_first, choices }: Row,
): Value | null {
  if (choices.length === 0) return null
  const side = take === 'workspace' ? 'ours' : 'theirs'
  const chosen = new Map(choices.map(({ path }) => [path, side] as const))
  const result = applyChoices(kind, { base, ours, theirs, isFirst: is_first }, chosen)
  return result.kind === 'resolved' ? result.value : null
}

async function closeFile(tx: Db, row: Row): Promise<void> {
  // The new name is still to go out: the next run has to look at the file (S18).
  if (isRenamedHere(row)) return
  await tx
    .deleteFrom('open_file')
    .where('connection_id', '=', row.connection_id)
    .where((eb) =>
      eb.or([eb('path', '=', row.path), eb.and([eb('kind', '=', row.kind), eb('slug', '=', row.slug)])]),
    )
    .execute()
}

function isRenamedHere({ path, slug, ours }: Row): boolean {
  const file = path === null ? null : classifyPath(path)
  return ours !== null && file?.kind === 'resource' && file.ref.slug !== slug
}

function selectConflict(db: Db, workspaceId: string, id: string) {
  return db
    .selectFrom('conflict')
    .selectAll()
    .select(REVIEW)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
}

function toConflict(row: Row): Conflict {
  return {
    id: row.id,
    kind: row.kind,
    slug: row.slug,
    path: row.path,
    base: row.base,
    ours: row.ours,
    theirs: row.theirs,
    // Written by us from `string[]` and `FileRef[]`.
    fields: row.fields as unknown as readonly string[],
    choices: row.choices,
    isFirst: row.is_first,
    causes: row.causes as unknown as readonly FileRef[],
    review: row.review,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
