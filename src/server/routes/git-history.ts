import type { FileRef } from '../../core/model/resource.ts'
import {
  CompareQuery,
  Comparison,
  HistoryQuery,
  RollbackAnswer,
  RollbackRequest,
  VersionList,
  VersionQuery,
} from '../../core/wire/history.ts'
import { authorize } from '../auth/authorize.ts'
import type { Context } from '../context.ts'
import { compareCommits, compareWithWorkspace, type Page } from '../history/comparison.ts'
import { decodeResourcePlace, decodeSchemaPlace, encodePlace } from '../history/history-cursor.ts'
import { commitOf, type History, neverSynced, withHistory } from '../history/open-history.ts'
import { firstLines, resourceVersions } from '../history/resource-versions.ts'
import { rollBack } from '../history/roll-back.ts'
import { schemaVersions } from '../history/schema-versions.ts'
import { commitBody } from '../history/version.ts'
import { decodeNumberCursor, encodeCursor } from '../http/cursor.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { ProblemError } from '../problem-error.ts'

const GIT = '/workspaces/{ws}/git'

export const gitHistoryEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: `${GIT}/history`,
    action: 'git.read',
    tag: 'Git',
    summary: 'The versions of the schema, or of one resource: commits that changed it, newest first',
    description:
      'With `kind` and `slug` (of today) one resource, followed back through its renames, each version with its fields. Commits from before the repository was connected are listed too.',
    query: HistoryQuery,
    answers: { 200: { description: 'A page.', schema: VersionList } },
    handle: async ({ context, workspace, query }) => {
      const found = await withHistory(context, workspace, (history) => versions(history, query))
      return { status: 200, body: found ?? { items: [], nextCursor: null } }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: `${GIT}/history/{commit}`,
    action: 'git.read',
    tag: 'Git',
    summary: 'What a version changed, by resource and field',
    description: 'As against its first parent. `text` adds the files of both sides.',
    query: VersionQuery,
    answers: { 200: { description: 'A page of its changes.', schema: Comparison } },
    handle: async ({ context, workspace, query, param }) => {
      const body = await inHistory(context, workspace, async (history) => {
        const to = await commitOf(history, param('commit'))
        const [entry] = await history.repository.log({ to, limit: 1 })
        const from = entry?.parents[0] ?? null
        const found = await compareCommits(history, from, to, scopeOf(query), pageOf(query))
        return comparison(history, from, to, found)
      })
      return { status: 200, body }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: `${GIT}/compare`,
    action: 'git.read',
    tag: 'Git',
    summary: 'What differs between two versions, or a version and the workspace now',
    description:
      '`from` and `to` are commits; without `to` it is the workspace. Resources are matched across renames.',
    query: CompareQuery,
    answers: { 200: { description: 'A page of the differences.', schema: Comparison } },
    handle: async ({ context, workspace, query }) => {
      const body = await inHistory(context, workspace, async (history) => {
        const from = await commitOf(history, query.from)
        const only = scopeOf(query)
        if (query.to === 'workspace') {
          const found = await compareWithWorkspace(history, from, only, pageOf(query))
          return comparison(history, from, null, found)
        }
        const to = await commitOf(history, query.to)
        return comparison(history, from, to, await compareCommits(history, from, to, only, pageOf(query)))
      })
      return { status: 200, body }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${GIT}/rollback`,
    action: 'git.restore',
    tag: 'Git',
    summary: 'Restore one resource, or roll the schema back to a commit',
    description:
      'A new change set, which the next sync commits on top. Without `kind` and `slug` it is the schema as a whole and needs the right `git.roll-back`. `dryRun` says what it would change and break; its `digest` makes sure that this is what is done. Errors that it would bring refuse it: 422.',
    body: RollbackRequest,
    answers: { 200: { description: 'What it changed, or would.', schema: RollbackAnswer } },
    handle: async ({ context, workspace, actor, body }) => {
      const only = scopeOf(body)
      if (only === null) authorize(actor, 'git.roll-back', workspace)
      const answer = await inHistory(context, workspace, async (history) => {
        const commit = await commitOf(history, body.commit)
        return rollBack(history, actor, { commit, only, dryRun: body.dryRun ?? false, digest: body.digest })
      })
      if (answer.changeSet === null) return { status: 200, body: answer }
      const detail = { ...only, changes: answer.changes.length }
      const audit = { action: 'git.rollback', subject: answer.commit, detail, changeSet: answer.changeSet }
      return { status: 200, body: answer, audit }
    },
  }),
]

async function versions(history: History, query: HistoryQuery): Promise<VersionList> {
  const { cursor, limit } = query
  const only = scopeOf(query)
  if (only === null) {
    const place =
      cursor === undefined ? { head: history.head, skip: 0 } : await decodeSchemaPlace(history, cursor)
    const { items, next } = await schemaVersions(history, place, limit)
    return { items, nextCursor: encodePlace(next) }
  }
  const lines =
    cursor === undefined ? await firstLines(history, only) : await decodeResourcePlace(history, cursor)
  const { items, next } = await resourceVersions(history, lines, limit)
  return { items, nextCursor: encodePlace(next) }
}

async function inHistory<T>(
  context: Context,
  workspace: Parameters<typeof withHistory>[1],
  read: (history: History) => Promise<T>,
): Promise<T> {
  const found = await withHistory(context, workspace, read)
  if (found === null) throw neverSynced()
  return found
}

function scopeOf({ kind, slug }: Pick<HistoryQuery, 'kind' | 'slug'>): FileRef | null {
  return kind !== undefined && slug !== undefined ? { kind, slug } : null
}

function pageOf({ cursor, limit, text }: VersionQuery): Page {
  const from = Number(decodeNumberCursor(cursor) ?? 0)
  if (!Number.isSafeInteger(from)) throw new ProblemError('invalid-cursor', 'Begin at the first page.')
  return { from, limit, text: text ?? false }
}

async function comparison(
  { repository }: History,
  from: string | null,
  to: string | null,
  { next, ...rest }: Awaited<ReturnType<typeof compareCommits>>,
): Promise<Comparison> {
  const named = async (oid: string | null) => {
    const [entry] = oid === null ? [] : await repository.log({ to: oid, limit: 1 })
    return entry ? commitBody(entry) : null
  }
  const nextCursor = encodeCursor(next === null ? null : String(next))
  return { from: await named(from), to: await named(to), ...rest, nextCursor }
}
