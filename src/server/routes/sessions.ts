import * as z from 'zod'
import { SessionEntry } from '../../core/wire/invitation.ts'
import { listOf } from '../../core/wire/list.ts'
import {
  endOtherSessions,
  endSession,
  listSessions,
  type SessionScope,
  type StoredSession,
} from '../../store/sessions.ts'
import type { Actor } from '../auth/actor.ts'
import { isAdminEverywhere } from '../auth/authorize.ts'
import type { Context } from '../context.ts'
import { type Endpoint, signedInEndpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { notFound, ProblemError } from '../problem-error.ts'

export const sessionListEndpoints: readonly Endpoint[] = [
  signedInEndpoint({
    method: 'get',
    path: '/me/sessions',
    tag: 'Session',
    summary: 'Where you are signed in',
    answers: { 200: { description: 'All of your sessions, newest first.', schema: listOf(SessionEntry) } },
    handle: async ({ context, actor, request }) => {
      const current = await currentSession(context, request)
      const own = await listSessions(context.db, ofPerson(actor))
      return { status: 200, body: { items: own.map((one) => shown(one, current)), nextCursor: null } }
    },
  }),
  signedInEndpoint({
    method: 'delete',
    path: '/me/sessions',
    tag: 'Session',
    summary: 'End your other sessions',
    answers: { 200: { description: 'How many ended.', schema: z.object({ ended: z.number() }) } },
    handle: async ({ context, actor, request }) => {
      const { userId } = ofPerson(actor)
      const kept = (await currentSession(context, request)) ?? ''
      const ended = await endOtherSessions(context.db, userId, kept)
      const audit = { action: 'session.end', subject: actor.email, detail: { ended } }
      return { status: 200, body: { ended }, ...(ended > 0 ? { audit } : {}) }
    },
  }),
  signedInEndpoint({
    method: 'delete',
    path: '/me/sessions/{id}',
    tag: 'Session',
    summary: 'End one of your sessions',
    answers: { 204: { description: 'It opens nothing any more.' } },
    handle: async ({ context, actor, param }) => {
      await end(context, ofPerson(actor), param('id'))
      return { status: 204, audit: { action: 'session.end', subject: actor.email } }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}/sessions',
    action: 'member.read',
    tag: 'Members',
    summary: 'Where the members are signed in',
    description:
      'Of those whose role is of this workspace; an admin of all workspaces sees those with a role everywhere too.',
    answers: { 200: { description: 'All of them, newest first.', schema: listOf(SessionEntry) } },
    handle: async ({ context, workspace, actor, request }) => {
      const current = await currentSession(context, request)
      const all = await listSessions(context.db, inWorkspace(workspace.id, actor))
      return { status: 200, body: { items: all.map((one) => shown(one, current)), nextCursor: null } }
    },
  }),
  workspaceEndpoint({
    method: 'delete',
    path: '/workspaces/{ws}/sessions/{id}',
    action: 'member.change',
    whileArchived: true,
    tag: 'Members',
    summary: "End a member's session",
    answers: { 204: { description: 'It opens nothing any more.' } },
    handle: async ({ context, workspace, actor, param }) => {
      const ended = await end(context, inWorkspace(workspace.id, actor), param('id'))
      return { status: 204, audit: { action: 'session.end', subject: ended.email } }
    },
  }),
]

async function end({ db }: Context, scope: SessionScope, id: string): Promise<StoredSession> {
  const ended = await endSession(db, scope, id)
  if (ended === null) throw notFound('open session with this id')
  return ended
}

function ofPerson(actor: Actor) {
  if (actor.kind === 'person') return { kind: 'of', userId: actor.id } as const
  throw new ProblemError('forbidden', 'An API key has no sessions.')
}

function inWorkspace(workspaceId: string, actor: Actor): SessionScope {
  return { kind: 'workspace', workspaceId, everybody: isAdminEverywhere(actor) }
}

/** Null for an API key. */
async function currentSession({ people }: Context, request: Request): Promise<string | null> {
  if (request.headers.has('authorization')) return null
  const answer = await people.api.getSession({ headers: request.headers })
  return answer?.session.id ?? null
}

function shown(session: StoredSession, current: string | null): SessionEntry {
  const { id, userId, name, email, signedInAt, expiresAt, address, agent } = session
  return {
    id,
    person: { id: userId, name, email },
    signedInAt: signedInAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    address,
    agent,
    current: id === current,
  }
}
