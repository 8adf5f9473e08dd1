import { queryOptions } from '@tanstack/react-query'
import type { List } from '../../core/wire/list.ts'
import type { ApiKey, ApiKeyCreate, ApiKeyCreated, Member, RoleWire } from '../../core/wire/person.ts'
import { call, path } from './client.ts'

export const membersQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'members'],
    queryFn: ({ signal }) => call<List<Member>>(path`/workspaces/${ws}/members`, { signal }),
  })
export const changeMember = (ws: string, id: string, role: RoleWire) =>
  call<Member>(path`/workspaces/${ws}/members/${id}`, { method: 'PATCH', body: { role } })
export const removeMember = (ws: string, id: string) =>
  call<void>(path`/workspaces/${ws}/members/${id}`, { method: 'DELETE' })

export const apiKeysQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'api-keys'],
    queryFn: ({ signal }) => call<List<ApiKey>>(path`/workspaces/${ws}/api-keys`, { signal }),
  })
export const createApiKey = (ws: string, body: ApiKeyCreate) =>
  call<ApiKeyCreated>(path`/workspaces/${ws}/api-keys`, { method: 'POST', body })
export const deleteApiKey = (ws: string, id: string) =>
  call<void>(path`/workspaces/${ws}/api-keys/${id}`, { method: 'DELETE' })
