import { MeUpdate, PasswordChange, Session, SignIn } from '../../core/wire/person.ts'
import { changePerson, grantsOf } from '../../store/members.ts'
import { listArchived, listWorkspaces } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { isAdminEverywhere, roleIn } from '../auth/authorize.ts'
import { allowAttempt, noteRefused, noteSignedIn } from '../auth/sign-in-limit.ts'
import { startSession } from '../auth/start-session.ts'
import type { Context } from '../context.ts'
import { type Endpoint, publicEndpoint, signedInEndpoint } from '../http/endpoint.ts'
import { ProblemError } from '../problem-error.ts'

export const sessionEndpoints: readonly Endpoint[] = [
  publicEndpoint({
    method: 'post',
    path: '/auth/sign-in/email',
    tag: 'Session',
    summary: 'Sign in with e-mail address and password',
    description: 'The session is an HttpOnly cookie. Refused attempts are limited by address and person.',
    body: SignIn,
    answers: { 200: { description: 'Signed in.', schema: Session } },
    handle: async (call) => {
      const { context, body, clientAddress } = call
      const email = body.email.trim().toLowerCase()
      await allowAttempt(context.db, clientAddress, email)
      const session = await startSession(call, { email, password: body.password })
      if (session === null) {
        context.metrics.refusedSignIns.inc()
        await noteRefused(context.db, clientAddress, email)
        throw new ProblemError('wrong-credentials', 'The e-mail address or the password is not right.')
      }
      await noteSignedIn(context.db, clientAddress, email)
      const { user, cookies } = session
      const actor: Actor = { ...user, kind: 'person', grants: await grantsOf(context.db, user.id) }
      return {
        stream: await sessionAnswer(context, actor, cookies),
        audit: { action: 'person.sign-in', subject: user.email, actor: user },
      }
    },
  }),
  publicEndpoint({
    method: 'post',
    path: '/auth/sign-out',
    tag: 'Session',
    summary: 'Sign out',
    answers: { 204: { description: 'The session is over.' } },
    handle: async ({ context, request }) => {
      const answer = await context.people.api.signOut({ headers: request.headers, asResponse: true })
      const headers = new Headers({ 'cache-control': 'no-store' })
      for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie)
      return { stream: new Response(null, { status: 204, headers }) }
    },
  }),
  signedInEndpoint({
    method: 'get',
    path: '/me',
    tag: 'Session',
    summary: 'Who am I, and where may I do what',
    answers: { 200: { description: 'The person or API key that asks.', schema: Session } },
    handle: async ({ context, actor }) => ({ status: 200, body: await sessionOf(context, actor) }),
  }),
  signedInEndpoint({
    method: 'patch',
    path: '/me',
    tag: 'Session',
    summary: 'Change the name and the e-mail address that your commits bear',
    description: 'From the next save on; commits that were made keep what they say.',
    body: MeUpdate,
    answers: { 200: { description: 'As it is now.', schema: Session } },
    handle: async ({ context, actor, body }) => {
      if (actor.kind !== 'person') throw new ProblemError('forbidden', 'An API key has no name to change.')
      await changePerson(context.db, actor.id, body)
      const before = { name: actor.name, commitEmail: actor.commitEmail ?? null }
      const after = {
        name: body.name ?? before.name,
        commitEmail: body.commitEmail === undefined ? before.commitEmail : body.commitEmail,
      }
      return {
        status: 200,
        body: await sessionOf(context, { ...actor, ...after }),
        audit: { action: 'person.change', subject: actor.email, values: { before, after } },
      }
    },
  }),
  signedInEndpoint({
    method: 'post',
    path: '/me/password',
    tag: 'Session',
    summary: 'Change your password; your other sessions end',
    body: PasswordChange,
    answers: { 204: { description: 'Changed.' } },
    handle: async ({ context, actor, request, body }) => {
      if (actor.kind !== 'person') throw new ProblemError('forbidden', 'An API key has no password.')
      const answer = await context.people.api.changePassword({
        body: { ...body, revokeOtherSessions: true },
        headers: request.headers,
        asResponse: true,
      })
      if (!answer.ok) throw new ProblemError('wrong-credentials', 'The present password is not right.')
      const cookies = answer.headers.getSetCookie()
      const headers = new Headers({ 'cache-control': 'no-store' })
      for (const cookie of cookies) headers.append('set-cookie', cookie)
      return {
        stream: new Response(null, { status: 204, headers }),
        audit: { action: 'person.password', subject: actor.id },
      }
    },
  }),
]

/** Who is signed in by these cookies, and where they may do what. */
export async function sessionAnswer(
  context: Context,
  actor: Actor,
  cookies: readonly string[],
): Promise<Response> {
  const headers = new Headers({ 'cache-control': 'no-store', 'content-type': 'application/json' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(JSON.stringify(await sessionOf(context, actor)), { headers })
}

async function sessionOf(context: Context, actor: Actor): Promise<Session> {
  const [all, archived] = await Promise.all([listWorkspaces(context.db), listArchived(context.db)])
  return {
    actor: {
      kind: actor.kind,
      id: actor.id,
      name: actor.name,
      email: actor.email,
      commitEmail: actor.commitEmail ?? null,
    },
    admin: isAdminEverywhere(actor),
    workspaces: all.flatMap(({ id, slug, name }) => {
      const role = roleIn(actor, id)
      return role === null ? [] : [{ slug, name, role }]
    }),
    archived: archived.flatMap(({ id, slug, name, archivedAt }) => {
      const role = roleIn(actor, id)
      return role === null || archivedAt === null
        ? []
        : [{ slug, name, role, archivedAt: archivedAt.toISOString() }]
    }),
  }
}
