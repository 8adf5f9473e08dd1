import { listOf } from '../../core/wire/list.ts'
import { Member, MemberCreate, MemberCreated, MemberUpdate } from '../../core/wire/person.ts'
import type { Db } from '../../store/database.ts'
import { listMembers, removeRole, setRole, userByEmail } from '../../store/members.ts'
import { createPerson } from '../auth/people.ts'
import { randomText } from '../data-folder.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { notFound } from '../problem-error.ts'

const PASSWORD_BYTES = 15

export const memberEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}/members',
    action: 'member.read',
    tag: 'Members',
    summary: 'List the people with a role here',
    answers: { 200: { description: 'All of them.', schema: listOf(Member) } },
    handle: async ({ context, workspace }) => {
      return { status: 200, body: { items: await listMembers(context.db, workspace.id), nextCursor: null } }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/members',
    action: 'member.change',
    tag: 'Members',
    summary: 'Give a person a role; one who is new here is made',
    description: 'Without `password` one is made for a new person and is in this answer only.',
    body: MemberCreate,
    answers: { 201: { description: 'The member.', schema: MemberCreated } },
    handle: async ({ context, workspace, body }) => {
      const known = await userByEmail(context.db, body.email)
      const password = body.password ?? randomText(PASSWORD_BYTES)
      const name = body.name ?? body.email.split('@')[0] ?? body.email
      const person = known ?? (await createPerson(context.people, { name, email: body.email, password }))
      await setRole(context.db, person.id, workspace.id, body.role)
      const made = known === null && body.password === undefined ? { password } : {}
      return {
        status: 201,
        body: { ...person, role: body.role, everywhere: false, ...made },
        audit: {
          action: 'member.add',
          subject: person.email,
          values: { before: null, after: { role: body.role, name: person.name } },
        },
      }
    },
  }),
  workspaceEndpoint({
    method: 'patch',
    path: '/workspaces/{ws}/members/{id}',
    action: 'member.change',
    tag: 'Members',
    summary: "Change a person's role here",
    body: MemberUpdate,
    answers: { 200: { description: 'The member.', schema: Member } },
    handle: async ({ context, workspace, body, param }) => {
      const member = await memberHere(context.db, workspace.id, param('id'))
      await setRole(context.db, member.id, workspace.id, body.role)
      return {
        status: 200,
        body: { ...member, role: body.role },
        audit: {
          action: 'member.change',
          subject: member.email,
          values: { before: { role: member.role }, after: { role: body.role } },
        },
      }
    },
  }),
  workspaceEndpoint({
    method: 'delete',
    path: '/workspaces/{ws}/members/{id}',
    action: 'member.change',
    whileArchived: true,
    tag: 'Members',
    summary: "Take a person's role here away",
    answers: { 204: { description: 'Gone.' } },
    handle: async ({ context, workspace, param }) => {
      const member = await memberHere(context.db, workspace.id, param('id'))
      await removeRole(context.db, member.id, workspace.id)
      return {
        status: 204,
        audit: {
          action: 'member.remove',
          subject: member.email,
          values: { before: { role: member.role }, after: null },
        },
      }
    },
  }),
]

async function memberHere(db: Db, workspaceId: string, id: string) {
  const member = (await listMembers(db, workspaceId)).find((one) => one.id === id && !one.everywhere)
  if (!member) throw notFound('member with a role of this workspace and this id')
  return member
}
