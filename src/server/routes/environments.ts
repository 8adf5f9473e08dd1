import {
  CompareEnvironmentsQuery,
  EnvironmentComparison,
  EnvironmentDrift,
  EnvironmentDriftQuery,
  Environments,
  EnvironmentsQuery,
} from '../../core/wire/environments.ts'
import { listWorkspaces, type Workspace, workspaceBySlug } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { authorize, may } from '../auth/authorize.ts'
import type { Context } from '../context.ts'
import { compareWorkspaces } from '../environments/compare-workspaces.ts'
import { driftOfWorkspaces } from '../environments/drift-of-workspaces.ts'
import { listEnvironments } from '../environments/list-environments.ts'
import { decodeNumberCursor, encodeCursor } from '../http/cursor.ts'
import { type Endpoint, signedInEndpoint } from '../http/endpoint.ts'

/** Across workspaces: each asks for the right to read every one that it tells of (W7). */
export const environmentEndpoints: readonly Endpoint[] = [
  signedInEndpoint({
    method: 'get',
    path: '/environments',
    tag: 'Environments',
    summary: 'Workspaces beside each other: which resources are the same, differ, are missing or wait',
    description:
      'A resource is held against the first of the workspaces that has it. Sources and destinations that stand for each other, by alias or by name and type, are the same. `differing`, `kind` and `q` (name or slug) filter.',
    query: EnvironmentsQuery,
    answers: { 200: { description: 'The workspaces and a page of resources.', schema: Environments } },
    handle: async ({ context, actor, query }) => {
      const workspaces = await chosen(context, actor, query.workspaces)
      const from = Number(decodeNumberCursor(query.cursor) ?? 0)
      const { next, ...body } = await listEnvironments(context.db, actor, workspaces, { ...query, from })
      return { status: 200, body: { ...body, nextCursor: nextCursor(next) } }
    },
  }),
  signedInEndpoint({
    method: 'get',
    path: '/environments/compare',
    tag: 'Environments',
    summary: 'What differs between two workspaces, by resource and field',
    description:
      'What belongs to the environment is told apart: a field with `environment` is a source or destination that stands for the other one, and `counterparts` lists them.',
    query: CompareEnvironmentsQuery,
    answers: { 200: { description: 'A page of the differences.', schema: EnvironmentComparison } },
    handle: async ({ context, actor, query }) => {
      const [from, to] = [
        await readable(context, actor, query.from),
        await readable(context, actor, query.to),
      ]
      const place = Number(decodeNumberCursor(query.cursor) ?? 0)
      const page = { from: place, limit: query.limit }
      const { next, ...body } = await compareWorkspaces(context.db, from, to, page)
      return { status: 200, body: { ...body, nextCursor: nextCursor(next) } }
    },
  }),
  signedInEndpoint({
    method: 'get',
    path: '/environments/compare/drift',
    tag: 'Environments',
    summary: 'How many resources of two workspaces differed at the end of each day of the last eight weeks',
    description:
      'Days are those of UTC; the last one is today, as it is now, with the count of the comparison. It starts on the day on which both workspaces were there. Sources and destinations stand for each other as they do today.',
    query: EnvironmentDriftQuery,
    answers: { 200: { description: 'The days, the oldest first.', schema: EnvironmentDrift } },
    handle: async ({ context, actor, query }) => {
      const from = await readable(context, actor, query.from)
      const to = await readable(context, actor, query.to)
      return { status: 200, body: await driftOfWorkspaces(context.db, from, to) }
    },
  }),
]

/** Named ones in their order; without names all that the asker may read. */
async function chosen(context: Context, actor: Actor, names: string | undefined): Promise<Workspace[]> {
  if (names === undefined) {
    const all = await listWorkspaces(context.db)
    return all.filter(({ id }) => may(actor, 'workspace.read', id))
  }
  const slugs = [...new Set(names.split(',').filter((slug) => slug !== ''))]
  return Promise.all(slugs.map((slug) => readable(context, actor, slug)))
}

export async function readable(context: Context, actor: Actor, slug: string): Promise<Workspace> {
  const workspace = await workspaceBySlug(context.db, slug)
  authorize(actor, 'workspace.read', workspace)
  if (workspace === null) throw new Error('authorize lets nobody into a workspace that is not there')
  return workspace
}

function nextCursor(next: number | null): string | null {
  return encodeCursor(next === null ? null : String(next))
}
