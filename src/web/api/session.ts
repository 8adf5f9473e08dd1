import { queryOptions } from '@tanstack/react-query'
import type { MeUpdate, PasswordChange, Session } from '../../core/wire/person.ts'
import type { Workspace, WorkspaceCreate } from '../../core/wire/workspace.ts'
import { ApiError, call, path } from './client.ts'

/** Null: nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await call<Session>('/me', { signal })
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null
      throw error
    }
  },
})

export const signIn = (email: string, password: string) =>
  call<void>('/auth/sign-in/email', { method: 'POST', body: { email, password } })

export const signOut = () => call<void>('/auth/sign-out', { method: 'POST', body: {} })

export const changeMe = (body: MeUpdate) => call<Session>('/me', { method: 'PATCH', body })

export const changePassword = (body: PasswordChange) => call<void>('/me/password', { method: 'POST', body })

export const createWorkspace = (body: WorkspaceCreate) =>
  call<Workspace>('/workspaces', { method: 'POST', body })

export const renameWorkspace = (ws: string, name: string) =>
  call<Workspace>(path`/workspaces/${ws}`, { method: 'PATCH', body: { name } })

export const archiveWorkspace = (ws: string) =>
  call<Workspace>(path`/workspaces/${ws}/archive`, { method: 'POST', body: {} })

export const restoreWorkspace = (ws: string) =>
  call<Workspace>(path`/workspaces/${ws}/restore`, { method: 'POST', body: {} })

export const workspaceQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'workspace'],
    queryFn: ({ signal }) => call<Workspace>(path`/workspaces/${ws}`, { signal }),
  })
