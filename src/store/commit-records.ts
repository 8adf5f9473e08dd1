import { type RawBuilder, sql } from 'kysely'
import { sameJson } from '../core/model/json.ts'
import type { FileRef, FileValue, Value } from '../core/model/resource.ts'
import type { Db } from './database.ts'
import { inChunks } from './in-chunks.ts'
import type { StoredAliases } from './tables/git.ts'

export type CommitWrite = {
  readonly resourceId: string
  readonly ref: FileRef
  readonly path: string
  /** Null: the file was taken out. */
  readonly blob: string | null
  readonly fileValue: FileValue | null
  readonly value: Value | null
  /** The row of the outbox that has this very value, if one does. */
  readonly changeId: string | null
}

export type NewCommit = {
  readonly oid: string
  readonly subject: string
  readonly author: { readonly name: string; readonly email: string }
  readonly changeIds: readonly string[]
  readonly aliases: { readonly blob: string; readonly value: StoredAliases } | null
  readonly manifestBlob: string | null
  readonly writes: readonly CommitWrite[]
}

/** S10: before the push, with the blobs that they write. */
export async function recordCommits(
  tx: Db,
  place: {
    readonly connectionId: string
    readonly runId: string
    /** Where they go, unless to the synced branch itself (S21). */
    readonly review?: { readonly id: string; readonly base: string }
  },
  commits: readonly NewCommit[],
): Promise<string[]> {
  const ids: string[] = []
  for (const commit of commits) {
    const row = await tx
      .insertInto('commit_record')
      .values({
        connection_id: place.connectionId,
        run_id: place.runId,
        oid: commit.oid,
        subject: commit.subject,
        author_name: commit.author.name,
        author_email: commit.author.email,
        state: 'recorded',
        change_ids: [...commit.changeIds],
        alias_blob: commit.aliases?.blob ?? null,
        aliases: commit.aliases && JSON.stringify(commit.aliases.value),
        manifest_blob: commit.manifestBlob,
        review_id: place.review?.id ?? null,
        review_base: place.review?.base ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    ids.push(row.id)
    await inChunks(commit.writes, (some) => insertWrites(tx, row.id, some))
  }
  return ids
}

/** What is stored already is not stored again: the value of a change, and a file's value that is the same. */
async function insertWrites(tx: Db, commitId: string, writes: readonly CommitWrite[]): Promise<void> {
  const text = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const fileValues = writes.map((w) => (sameJson(w.fileValue, w.value) ? null : text(w.fileValue)))
  const values = writes.map((w) => (w.changeId === null ? text(w.value) : null))
  await sql`
    insert into commit_write (commit_id, resource_id, kind, slug, path, blob, file_value, value, change_id)
    select ${commitId}, id, kind, slug, path, blob, file_value::jsonb, value::jsonb, change_id
    from unnest(${writes.map((w) => w.resourceId)}::bigint[], ${writes.map((w) => w.ref.kind)}::text[],
      ${writes.map((w) => w.ref.slug)}::text[], ${writes.map((w) => w.path)}::text[],
      ${writes.map((w) => w.blob)}::text[], ${fileValues}::text[], ${values}::text[],
      ${writes.map((w) => w.changeId)}::bigint[])
      as t(id, kind, slug, path, blob, file_value, value, change_id)`.execute(tx)
}

/** Those of the synced branch, or of a review. */
export async function recordedCommits(
  db: Db,
  connectionId: string,
  reviewId: string | null = null,
): Promise<{ id: string; oid: string }[]> {
  return db
    .selectFrom('commit_record')
    .select(['id', 'oid'])
    .where('connection_id', '=', connectionId)
    .where('review_id', reviewId === null ? 'is' : '=', reviewId)
    .where('state', '=', 'recorded')
    .orderBy('id')
    .execute()
}

/** The newest of our commits that the branch is known to have had; `after`: of those recorded later than this one. */
export async function lastPushed(
  db: Db,
  connectionId: string,
  after: string | null = null,
): Promise<string | null> {
  const row = await db
    .selectFrom('commit_record')
    .select('oid')
    .where('connection_id', '=', connectionId)
    .where('state', '=', 'pushed')
    .where('review_id', 'is', null)
    .where('id', '>', after ?? '0')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.oid ?? null
}

/** The same as an expression: the id of the newest of all. */
export function newestPushed(connectionId: string): RawBuilder<string | null> {
  return sql`(
    select id from commit_record
    where connection_id = ${connectionId} and state = 'pushed' and review_id is null
    order by id desc limit 1)`
}

export async function loseCommits(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.updateTable('commit_record').set({ state: 'lost' }).where('id', 'in', ids).execute()
}

/** What the last commit of a review says. */
export async function lastSubject(db: Db, reviewId: string): Promise<string> {
  const row = await db
    .selectFrom('commit_record')
    .select('subject')
    .where('review_id', '=', reviewId)
    .where('state', '=', 'pushed')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.subject ?? ''
}
