import { randomBytes } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import type { AuditNote } from '../../store/audit.ts'
import { dropIntent, noteIntent, writeIntended } from '../../store/audit-intents.ts'
import type { AuditOrigin } from '../../store/tables/auth.ts'
import { workspaceBySlug } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { authorize, authorizeEverywhere } from '../auth/authorize.ts'
import { type Identity, identify } from '../auth/identify.ts'
import type { Context } from '../context.ts'
import { problemResponse, toAnswer } from '../errors.ts'
import { archived, ProblemError } from '../problem-error.ts'
import { clientAddress } from './client-address.ts'
import { refuseCrossSite } from './cross-site.ts'
import { describe } from './describe.ts'
import type { Endpoint, RawCall, Reply } from './endpoint.ts'

export const API = '/api/v1'

/**
 * Every request takes the same way: who asks, may they (Z8), and only then what they ask. What a handler
 * throws becomes one answer; what it changed goes into the audit log.
 */
export function mountApi(context: Context, endpoints: readonly Endpoint[]): OpenAPIHono {
  const api = new OpenAPIHono()
  for (const endpoint of endpoints) {
    describe(api, endpoint)
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1')
    api[endpoint.method](path, (c) => answer(context, endpoint, c))
  }
  return api
}

async function answer(context: Context, endpoint: Endpoint, c: HonoContext): Promise<Response> {
  const started = performance.now()
  const requestId = randomBytes(6).toString('hex')
  const response = await attempt(context, endpoint, c, requestId)
  response.headers.set('x-request-id', requestId)
  const seconds = (performance.now() - started) / 1000
  const { method, path: route } = endpoint
  context.metrics.requests.observe({ method, route, status: response.status }, seconds)
  context.log.debug(
    { requestId, method, route, status: response.status, ms: Math.round(seconds * 1000) },
    'answered',
  )
  return response
}

async function attempt(
  context: Context,
  endpoint: Endpoint,
  c: HonoContext,
  requestId: string,
): Promise<Response> {
  try {
    const request = c.req.raw
    const identity = await identify({ ...context, adminToken: context.config.adminToken }, request.headers)
    if (identity.by !== 'key') refuseCrossSite(request, context.config.publicUrl)
    const call = await admit(context, endpoint, c, identity)
    const reply = await carryOut(context, endpoint, call)
    if ('stream' in reply) return reply.stream
    return respond(reply, identity.setCookies)
  } catch (error) {
    const answered = toAnswer(error, requestId)
    if (answered.fault) context.log.error({ err: error, requestId, route: endpoint.path }, 'a request failed')
    return problemResponse(answered)
  }
}

async function admit(
  context: Context,
  { access }: Endpoint,
  c: HonoContext,
  { actor, by }: Identity,
): Promise<RawCall> {
  const call: RawCall = {
    context,
    request: c.req.raw,
    origin: originOf(by, c.req.raw),
    actor,
    workspace: null,
    clientAddress: clientAddress(
      c.req.raw,
      getConnInfo(c).remote.address ?? '',
      context.config.publicUrl !== null,
    ),
    param: (name) => {
      const value = c.req.param(name)
      if (value === undefined || value.includes('\0'))
        throw new ProblemError('not-found', 'There is nothing here.')
      return value
    },
  }
  if (access.kind === 'public') return call
  const known: Actor = actor ?? signInFirst()
  if (access.kind === 'everywhere-admin') authorizeEverywhere(known)
  if (access.kind !== 'workspace') return { ...call, actor: known }
  const workspace = await workspaceBySlug(context.db, call.param('ws'))
  authorize(known, access.action, workspace)
  if (workspace?.archivedAt && !access.whileArchived) throw archived(workspace)
  // What is saved in a workspace becomes commits: there a person is who the commits say.
  return { ...call, actor: { ...known, email: known.commitEmail ?? known.email }, workspace }
}

function signInFirst(): never {
  throw new ProblemError(
    'not-signed-in',
    'Sign in, or send an API key that is still good: Authorization: Bearer <key>.',
    {},
    { 'www-authenticate': 'Bearer' },
  )
}

/** The command line is a key too; what it says of itself tells the two apart, and gives no rights. */
function originOf(by: Identity['by'], request: Request): AuditOrigin {
  if (by !== 'key') return 'page'
  return request.headers.get('user-agent')?.startsWith('tandem-cli') ? 'cli' : 'api-key'
}

/** Z8: a server that ends between a change and its entry leaves the intent, which becomes the entry. So does a fault. */
async function carryOut(context: Context, endpoint: Endpoint, call: RawCall): Promise<Reply> {
  const { actor, workspace, origin, clientAddress: address, request } = call
  const isChange = endpoint.method !== 'get' && actor !== null
  const about = { workspaceId: workspace?.id ?? null, actor, origin, address }
  const intent = isChange
    ? await noteIntent(context.db, {
        ...about,
        actor,
        request: `${request.method} ${new URL(request.url).pathname}`,
      })
    : null
  try {
    const reply = await endpoint.run(call)
    if (reply.audit) await note(context, call, reply.audit, intent)
    else if (intent !== null) await dropIntent(context.db, intent)
    return reply
  } catch (error) {
    if (intent !== null && !toAnswer(error, '').fault) await dropIntent(context.db, intent)
    throw error
  }
}

async function note(
  context: Context,
  { actor, workspace, origin, clientAddress }: RawCall,
  audit: AuditNote,
  intent: string | null,
): Promise<void> {
  await writeIntended(context.db, intent, {
    ...audit,
    workspaceId: audit.workspaceId ?? workspace?.id ?? null,
    actor: audit.actor ?? actor ?? { id: null, name: 'nobody signed in' },
    origin,
    address: clientAddress,
  })
}

function respond(reply: Extract<Reply, { status: number }>, setCookies: readonly string[]): Response {
  const headers = new Headers({ 'cache-control': 'no-store', ...reply.headers })
  for (const cookie of setCookies) headers.append('set-cookie', cookie)
  if (reply.body === undefined) return new Response(null, { status: reply.status, headers })
  headers.set('content-type', 'application/json')
  return new Response(JSON.stringify(reply.body), { status: reply.status, headers })
}
