import * as z from 'zod'
import { referencesOf } from '../../core/lint/references.ts'
import type { JsonObject } from '../../core/model/json.ts'
import { isFileKind, isKind, KIND_WORDS, KINDS, type Kind } from '../../core/model/kind.ts'
import { TARGET_KINDS } from '../../core/plan/catalog.ts'
import type { WorkspaceEvent } from '../../core/wire/events.ts'
import { FreeForm } from '../../core/wire/json.ts'
import { ListQuery, listOf } from '../../core/wire/list.ts'
import { ConnectionValue, FILE_VALUES, RESOURCES, UsedBy } from '../../core/wire/resource.ts'
import { referrersOf } from '../../store/references.ts'
import { getResource, listResources, type StoredResource } from '../../store/resources.ts'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { type Description, type Endpoint, type RawCall, workspaceEndpoint } from '../http/endpoint.ts'
import { etag, readIfMatch, revisionRequired } from '../http/if-match.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { waitUntil } from '../wait-until.ts'
import { slugFor } from './new-slug.ts'
import { toBodies, toBody, valueOfBody } from './resource-body.ts'
import { saveChanges } from './save-changes.ts'

const COLLECTION = `/workspaces/{ws}/{kind}` as const
const ITEM = `/workspaces/{ws}/{kind}/{slug}` as const

const ReadQuery = z.object({ waitSeconds: z.coerce.number().min(0).max(600).default(0) })

/** The contract that a new contract event belongs to. */
const OfContract = z.object({ contract: z.string().optional() })

export const resourceEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: COLLECTION,
    action: 'workspace.read',
    ...perKind('', (kind) => ({
      summary: `List ${words(kind)}s in the order of their slugs`,
      query: ListQuery,
      answers: { 200: { description: 'A page.', schema: listOf(RESOURCES[kind]) } },
    })),
    query: ListQuery,
    handle: async ({ context, workspace, query, param }) => {
      const page = { limit: query.limit, cursor: decodeCursor(query.cursor) }
      const { items, nextCursor } = await listResources(context.db, workspace.id, kindOf(param), page)
      const bodies = await toBodies(context.db, workspace.id, items)
      return { status: 200, body: { items: bodies, nextCursor: encodeCursor(nextCursor) } }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: COLLECTION,
    action: 'resource.write',
    ...perKind('', (kind) => ({
      summary: `Create a ${words(kind)} with a new slug`,
      ...(kind === 'contract-events' ? { query: OfContract } : {}),
      body: bodySchema(kind),
      answers: { 201: { description: 'Saved. `Location` names it.', schema: RESOURCES[kind] } },
    })),
    query: OfContract,
    body: FreeForm,
    handle: async (call) => {
      const kind = kindOf(call.param)
      const value = valueOfBody(call.body, kind)
      const done = await create(call, kind, value, call.query.contract)
      return saved(call, done, 201)
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: ITEM,
    action: 'workspace.read',
    ...perKind('/{slug}', (kind) => ({
      summary: `Read a ${words(kind)}`,
      description: 'With `waitSeconds` it answers when what was saved is not on its way to Git any more.',
      query: ReadQuery,
      answers: { 200: { description: 'Its value. `ETag` is the revision.', schema: RESOURCES[kind] } },
    })),
    query: ReadQuery,
    handle: async ({ context, workspace, param, query, request }) => {
      const look = async () =>
        toBody(context.db, workspace.id, await storedResource(context, workspace.id, param))
      const body = await waitUntil(context, {
        workspaceId: workspace.id,
        ms: query.waitSeconds * 1000,
        signal: request.signal,
        concerns: (event) => isAbout(event, param('kind'), param('slug')),
        look,
        isEnough: ({ git }) => git.state !== 'pending',
      })
      return { status: 200, body, headers: { etag: etag(body.revision) } }
    },
  }),
  workspaceEndpoint({
    method: 'put',
    path: ITEM,
    action: 'resource.write',
    ...perKind('/{slug}', (kind) => ({
      summary: `Create or replace a ${words(kind)}`,
      description:
        'Replacing takes `If-Match: "<revision>"`; `*` writes over whatever is there. Creating takes none.',
      body: bodySchema(kind),
      answers: {
        200: { description: 'Replaced.', schema: RESOURCES[kind] },
        201: { description: 'Created.', schema: RESOURCES[kind] },
      },
    })),
    body: FreeForm,
    handle: async (call) => {
      const kind = kindOf(call.param)
      const slug = call.param('slug')
      const match = readIfMatch(call.request)
      const before = await getResource(call.context.db, call.workspace.id, kind, slug)
      if (before && match.kind === 'none') throw revisionRequired()
      const write = {
        kind,
        slug,
        value: valueOfBody(call.body, kind),
        ...(match.kind === 'revision' ? { revision: match.revision } : {}),
        ...(match.kind === 'none' ? { isNew: true } : {}),
      }
      const done = await saveChanges(call.context, call, {
        kind: 'save',
        message: null,
        writes: [write],
        deletes: [],
        renames: [],
      })
      return saved(call, done, before ? 200 : 201)
    },
  }),
  workspaceEndpoint({
    method: 'delete',
    path: ITEM,
    action: 'resource.write',
    ...perKind('/{slug}', (kind) => ({
      summary: `Delete a ${words(kind)}`,
      description: 'Takes `If-Match`. Refused with 409 and the referrers while something refers to it.',
      answers: { 204: { description: 'Deleted; it can be restored for 30 days.' } },
    })),
    handle: async (call) => {
      const kind = kindOf(call.param)
      const slug = call.param('slug')
      const match = readIfMatch(call.request)
      await storedResource(call.context, call.workspace.id, call.param)
      if (match.kind === 'none') throw revisionRequired()
      const revision = match.kind === 'revision' ? { revision: match.revision } : {}
      const { changeSetId: changeSet } = await saveChanges(call.context, call, {
        kind: 'save',
        message: null,
        writes: [],
        deletes: [{ kind, slug, ...revision }],
        renames: [],
      })
      return { status: 204, audit: { action: 'resource.delete', subject: `${kind}/${slug}`, changeSet } }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}/{kind}/{slug}/used-by',
    action: 'workspace.read',
    tag: 'Resources',
    summary: 'Who refers to a resource',
    answers: { 200: { description: 'All referrers.', schema: UsedBy } },
    handle: async ({ context, workspace, param }) => {
      const target = await storedResource(context, workspace.id, param)
      const referrers = await referrersOf(context.db, workspace.id, [target])
      const items = referrers.flatMap(({ kind, slug, value }) =>
        referencesOf({ kind, slug }, value)
          .filter((ref) => ref.slug === target.slug && TARGET_KINDS[ref.target].includes(target.kind))
          .map(({ field }) => ({ kind, slug, name: displayName(value, slug), field })),
      )
      return { status: 200, body: { items, nextCursor: null } }
    },
  }),
]

type Asking = Pick<RawCall, 'context'> & Parameters<typeof saveChanges>[1]
type Saved = Awaited<ReturnType<typeof saveChanges>>

const ATTEMPTS = 5

/** Two creations at once may find the same slug free: the later one looks again. */
async function create(
  call: Asking,
  kind: Kind,
  value: JsonObject,
  contract: string | undefined,
): Promise<Saved> {
  for (let attempt = 1; ; attempt += 1) {
    const slug = await slugFor(call.context.db, call.workspace.id, kind, value, contract)
    try {
      const writes = [{ kind, slug, value, isNew: true }]
      return await saveChanges(call.context, call, {
        kind: 'save',
        message: null,
        writes,
        deletes: [],
        renames: [],
      })
    } catch (error) {
      const taken = error instanceof ProblemError && error.code === 'stale'
      if (!taken || attempt === ATTEMPTS) throw error
    }
  }
}

async function saved(call: Asking, { resources, changeSetId: changeSet, secrets }: Saved, status: 200 | 201) {
  const resource = only(resources)
  const { kind, slug, revision } = resource
  const action = status === 201 ? 'resource.create' : 'resource.save'
  const location = `/api/v1/workspaces/${call.workspace.slug}/${kind}/${encodeURIComponent(slug)}`
  return {
    status,
    body: await toBody(call.context.db, call.workspace.id, resource),
    headers: { etag: etag(revision), ...(status === 201 ? { location } : {}) },
    audit: { action, subject: `${kind}/${slug}`, changeSet, ...(secrets ? { detail: secrets } : {}) },
  }
}

export async function storedResource(
  context: Context,
  workspaceId: string,
  param: RawCall['param'],
): Promise<StoredResource> {
  const kind = kindOf(param)
  const slug = param('slug')
  const resource = await getResource(context.db, workspaceId, kind, slug)
  if (resource === null) throw notFound(`${KIND_WORDS[kind]} "${slug}" in this workspace`)
  return resource
}

export function kindOf(param: RawCall['param']): Kind {
  const kind = param('kind')
  if (isKind(kind)) return kind
  throw new ProblemError('not-found', `There is nothing called ${kind}; kinds are ${KINDS.join(', ')}.`)
}

/** The resource itself moved, or a run has ended that may have held it or found a conflict. */
function isAbout(event: WorkspaceEvent, kind: string, slug: string): boolean {
  if (event.type === 'resource') return event.kind === kind && event.slug === slug
  return event.type !== 'run'
}

function only(resources: readonly StoredResource[]): StoredResource {
  const [resource] = resources
  if (resource === undefined) throw new Error('a write gives its resource back')
  return resource
}

export function displayName(value: JsonObject, slug: string): string {
  return typeof value.name === 'string' && value.name.trim() !== '' ? value.name : slug
}

function words(kind: Kind): string {
  return KIND_WORDS[kind]
}

function bodySchema(kind: Kind) {
  return isFileKind(kind) ? FILE_VALUES[kind] : ConnectionValue
}

/** One description for each kind: their values differ, what is done with them does not. */
function perKind(item: '' | '/{slug}', describe: (kind: Kind) => Omit<Description, 'tag'>) {
  const [first] = KINDS
  return {
    tag: 'Resources',
    summary: describe(first).summary,
    answers: describe(first).answers,
    descriptions: KINDS.map((kind) => ({
      ...describe(kind),
      tag: kind,
      path: `/workspaces/{ws}/${kind}${item}`,
    })),
  }
}
