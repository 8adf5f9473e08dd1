import { queryOptions } from '@tanstack/react-query'
import type {
  Invitation,
  InvitationAccept,
  InvitationCreate,
  InvitationCreated,
  InvitationView,
  SessionEntry,
} from '../../core/wire/invitation.ts'
import type { List } from '../../core/wire/list.ts'
import { call, path } from './client.ts'

export const invitationsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'invitations'],
    queryFn: ({ signal }) => call<List<Invitation>>(path`/workspaces/${ws}/invitations`, { signal }),
  })
export const invite = (ws: string, body: InvitationCreate) =>
  call<InvitationCreated>(path`/workspaces/${ws}/invitations`, { method: 'POST', body })
export const revokeInvitation = (ws: string, id: string) =>
  call<void>(path`/workspaces/${ws}/invitations/${id}`, { method: 'DELETE' })

/** The token goes in the body: addresses end up in logs. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    retry: false,
    queryFn: ({ signal }) =>
      call<InvitationView>('/invitations/read', { method: 'POST', body: { token }, signal }),
  })
export const acceptInvitation = (body: InvitationAccept) =>
  call<void>('/invitations/accept', { method: 'POST', body })

export const ownSessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: ({ signal }) => call<List<SessionEntry>>('/me/sessions', { signal }),
})
export const endOwnSession = (id: string) => call<void>(path`/me/sessions/${id}`, { method: 'DELETE' })
export const endOtherSessions = () => call<void>('/me/sessions', { method: 'DELETE' })

export const sessionsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'sessions'],
    queryFn: ({ signal }) => call<List<SessionEntry>>(path`/workspaces/${ws}/sessions`, { signal }),
  })
export const endSession = (ws: string, id: string) =>
  call<void>(path`/workspaces/${ws}/sessions/${id}`, { method: 'DELETE' })
