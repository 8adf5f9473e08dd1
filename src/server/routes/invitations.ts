import {
  Invitation,
  InvitationAccept,
  InvitationCreate,
  InvitationCreated,
  InvitationToken,
  InvitationView,
} from '../../core/wire/invitation.ts'
import { listOf } from '../../core/wire/list.ts'
import { Session } from '../../core/wire/person.ts'
import {
  createInvitation,
  findInvitation,
  openInvitations,
  redeemInvitation,
  reopenInvitation,
  revokeInvitation,
  type StoredInvitation,
} from '../../store/invitations.ts'
import { grantsOf, listMembers, setRole, userByEmail } from '../../store/members.ts'
import { workspaceById } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { createPerson } from '../auth/people.ts'
import { startSession } from '../auth/start-session.ts'
import { type Endpoint, publicEndpoint, type RawCall, workspaceEndpoint } from '../http/endpoint.ts'
import { archived, notFound, ProblemError } from '../problem-error.ts'
import { sessionAnswer } from './session.ts'

const DAY_MS = 86_400_000

export const invitationEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}/invitations',
    action: 'member.read',
    tag: 'Members',
    summary: 'List the invitations that are still open',
    answers: { 200: { description: 'All of them, newest first.', schema: listOf(Invitation) } },
    handle: async ({ context, workspace }) => {
      const open = await openInvitations(context.db, workspace.id)
      return { status: 200, body: { items: open.map(shown), nextCursor: null } }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/invitations',
    action: 'member.change',
    tag: 'Members',
    summary: 'Invite a person by a link',
    description:
      'The link is in this answer only: hand it over yourself. It opens once, for this e-mail address and role, until it ends or is revoked.',
    body: InvitationCreate,
    answers: { 201: { description: 'The invitation.', schema: InvitationCreated } },
    handle: async ({ context, workspace, actor, body }) => {
      const email = body.email.toLowerCase()
      const members = await listMembers(context.db, workspace.id)
      if (members.some((member) => member.email === email)) {
        throw new ProblemError(
          'invalid-setting',
          `${email} has a role here already. Change the role in the list of members instead.`,
        )
      }
      const { token, ...made } = await createInvitation(context.db, {
        workspaceId: workspace.id,
        email,
        role: body.role,
        invitedBy: actor.name,
        expiresAt: new Date(Date.now() + body.days * DAY_MS),
      })
      return {
        status: 201,
        // Behind the #: a browser sends that part to nobody, so that it is in no log on the way.
        body: { ...shown(made), url: `${context.baseUrl}/sign-in/invitation#${token}` },
        audit: {
          action: 'invitation.create',
          subject: email,
          values: { before: null, after: { role: made.role, expiresAt: made.expiresAt.toISOString() } },
        },
      }
    },
  }),
  workspaceEndpoint({
    method: 'delete',
    path: '/workspaces/{ws}/invitations/{id}',
    action: 'member.change',
    whileArchived: true,
    tag: 'Members',
    summary: 'Revoke an invitation',
    answers: { 204: { description: 'The link opens nothing any more.' } },
    handle: async ({ context, workspace, param }) => {
      const gone = await revokeInvitation(context.db, workspace.id, param('id'))
      if (gone === null) throw notFound('open invitation with this id')
      return { status: 204, audit: { action: 'invitation.revoke', subject: gone.email } }
    },
  }),
  publicEndpoint({
    method: 'post',
    path: '/invitations/read',
    tag: 'Session',
    summary: 'What an invitation is for',
    body: InvitationToken,
    answers: { 200: { description: 'To what, as what, and for whom.', schema: InvitationView } },
    handle: async ({ context, body }) => {
      const invitation = (await findInvitation(context.db, body.token)) ?? notOpen()
      const { email, role, invitedBy, expiresAt } = invitation
      const { slug, name } = await workspaceOf(context, invitation)
      const known = (await userByEmail(context.db, email)) !== null
      const view = { workspace: { slug, name }, email, role, invitedBy, known }
      return { status: 200, body: { ...view, expiresAt: expiresAt.toISOString() } }
    },
  }),
  publicEndpoint({
    method: 'post',
    path: '/invitations/accept',
    tag: 'Session',
    summary: 'Become a member by an invitation',
    description:
      'A new person sets name and password and is signed in by the answer. Whoever has an account accepts with its session.',
    body: InvitationAccept,
    answers: { 200: { description: 'Signed in, with the role.', schema: Session } },
    handle: accept,
  }),
]

type AcceptCall = RawCall & { readonly body: InvitationAccept }

async function accept(call: AcceptCall) {
  const { context, actor, body } = call
  const invitation = (await findInvitation(context.db, body.token)) ?? notOpen()
  const known = await userByEmail(context.db, invitation.email)
  if (known !== null && (actor?.kind !== 'person' || actor.id !== known.id)) {
    throw new ProblemError(
      'not-signed-in',
      `${invitation.email} has an account already. Sign in as that person, then open the link again.`,
    )
  }
  const { name, password } = body
  if (known === null && (name === undefined || password === undefined)) {
    throw new ProblemError('invalid-body', 'Set a name and a password of 8 characters or more.')
  }
  const workspace = await workspaceOf(context, invitation)
  if (workspace.archivedAt) throw archived(workspace)
  if ((await redeemInvitation(context.db, body.token)) === null) notOpen()
  const person =
    known ??
    (await createPerson(context.people, {
      name: name ?? '',
      email: invitation.email,
      password: password ?? '',
    }).catch(async (error: unknown) => {
      await reopenInvitation(context.db, invitation.id)
      throw error
    }))
  const has = (await grantsOf(context.db, person.id)).some((grant) => grant.workspaceId === workspace.id)
  if (!has) await setRole(context.db, person.id, workspace.id, invitation.role)
  const session =
    known === null ? await startSession(call, { email: person.email, password: password ?? '' }) : null
  const member: Actor = { ...person, kind: 'person', grants: await grantsOf(context.db, person.id) }
  return {
    stream: await sessionAnswer(context, member, session?.cookies ?? []),
    audit: {
      action: 'invitation.accept',
      subject: invitation.email,
      workspaceId: workspace.id,
      actor: person,
      values: { before: null, after: { role: invitation.role, name: person.name } },
    },
  }
}

async function workspaceOf({ db }: AcceptCall['context'], { workspaceId }: StoredInvitation) {
  return (await workspaceById(db, workspaceId)) ?? notOpen()
}

/** One answer for a link that was never given out, was used, was revoked or has ended. */
function notOpen(): never {
  throw new ProblemError(
    'not-found',
    'This invitation opens nothing: it was used, was revoked or has ended. Ask an admin of the workspace for another.',
  )
}

function shown({ id, email, role, invitedBy, createdAt, expiresAt }: StoredInvitation): Invitation {
  return {
    id,
    email,
    role,
    invitedBy,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
