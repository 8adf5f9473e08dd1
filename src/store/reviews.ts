import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { PlanEntry } from '../core/plan/plan.ts'
import type { ReviewState } from '../core/reviews/review.ts'
import type { Db } from './database.ts'
import { notify } from './notify.ts'
import type { ReviewTable } from './tables/reviews.ts'

type Row = Selectable<ReviewTable>

/** A person's saves on a branch of their own (S21). */
export type Review = {
  readonly id: string
  readonly connectionId: string
  readonly workspaceId: string
  readonly person: { readonly name: string; readonly email: string }
  readonly branch: string
  readonly state: ReviewState
  /** The commit of the synced branch that it stands on. */
  readonly base: string
  /** The last of its commits that the remote is known to have. */
  readonly head: string | null
  /** Of its pull request, also when it is over. */
  readonly number: number | null
  readonly url: string | null
  readonly onHost: boolean
  /** The head that its pull request's words were written for. */
  readonly toldHead: string | null
  readonly title: string
  readonly changes: readonly PlanEntry[]
  readonly aliasBlob: string | null
  readonly manifestBlob: string | null
  /** What somebody else pushed to its branch. */
  readonly foreign: string | null
  readonly isCloseAsked: boolean
  readonly createdAt: Date
  readonly endedAt: Date | null
}

export async function openReviews(db: Db, connectionId: string): Promise<Review[]> {
  const rows = await db
    .selectFrom('review')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('state', 'in', ['new', 'open'])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toReview)
}

/** Open ones first, then the newest. */
export async function listReviews(db: Db, workspaceId: string, limit: number): Promise<Review[]> {
  const rows = await db
    .selectFrom('review')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy(sql`state in ('merged', 'closed')`)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toReview)
}

export async function getReview(db: Db, workspaceId: string, id: string): Promise<Review | null> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return null
  const row = await db
    .selectFrom('review')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? toReview(row) : null
}

/** Recorded before anything of it is pushed. */
export async function createReview(
  tx: Db,
  review: Pick<Review, 'connectionId' | 'workspaceId' | 'person' | 'branch' | 'base' | 'onHost'>,
): Promise<Review> {
  const row = await tx
    .insertInto('review')
    .values({
      id: randomUUID(),
      connection_id: review.connectionId,
      workspace_id: review.workspaceId,
      person_name: review.person.name,
      person_email: review.person.email,
      branch: review.branch,
      state: 'new',
      base_oid: review.base,
      on_host: review.onHost,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toReview(row)
}

/** Of one that is still new: its branch's name was taken, or the synced branch has moved. */
export async function moveNewReview(
  tx: Db,
  id: string,
  { branch, base }: Pick<Review, 'branch' | 'base'>,
): Promise<void> {
  await tx.updateTable('review').set({ branch, base_oid: base }).where('id', '=', id).execute()
}

export async function nameReview(
  tx: Db,
  review: Pick<Review, 'id' | 'workspaceId'>,
  pullRequest: { readonly number: number; readonly url: string },
  toldHead: string | null,
): Promise<void> {
  await tx
    .updateTable('review')
    .set({ number: pullRequest.number, url: pullRequest.url, told_oid: toldHead })
    .where('id', '=', review.id)
    .execute()
  await notify(tx, { type: 'connection', workspace: review.workspaceId })
}

export async function markForeign(db: Db, id: string, oid: string | null): Promise<void> {
  await db.updateTable('review').set({ foreign_oid: oid }).where('id', '=', id).execute()
}

/** The next run closes it. False: it is over already. */
export async function askToClose(tx: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('review')
    .set({ close_asked_at: new Date() })
    .where('id', '=', id)
    .where('state', 'in', ['new', 'open'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function toReview(row: Row): Review {
  return {
    id: row.id,
    connectionId: row.connection_id,
    workspaceId: row.workspace_id,
    person: { name: row.person_name, email: row.person_email },
    branch: row.branch,
    state: row.state === 'open' ? { kind: 'open', number: row.number } : { kind: row.state },
    base: row.base_oid,
    head: row.head_oid,
    number: row.number,
    url: row.url,
    onHost: row.on_host,
    toldHead: row.told_oid,
    title: row.title,
    changes: row.changes,
    aliasBlob: row.alias_blob,
    manifestBlob: row.manifest_blob,
    foreign: row.foreign_oid,
    isCloseAsked: row.close_asked_at !== null,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}
