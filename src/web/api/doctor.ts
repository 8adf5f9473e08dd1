import { queryOptions } from '@tanstack/react-query'
import type { JsonObject } from '../../core/model/json.ts'
import type { Doctor } from '../../core/wire/doctor.ts'
import type { AliasesWire } from '../../core/wire/git.ts'
import type { Workspace } from '../../core/wire/workspace.ts'
import { call, path } from './client.ts'

/** It reaches the repository and every source: read when somebody looks and when something happened, not on focus. */
export const doctorQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'doctor'],
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => call<Doctor>(path`/workspaces/${ws}/git/doctor`, { signal }),
  })

export const switchGitSyncOn = (ws: string) =>
  call<Workspace>(path`/workspaces/${ws}`, { method: 'PATCH', body: { gitSync: true } })

export const copySource = (from: string, slug: string, to: string) =>
  call<JsonObject>(path`/workspaces/${from}/sources/${slug}/clone`, {
    method: 'POST',
    body: { workspace: to },
  })

export const putAliases = (ws: string, body: AliasesWire) =>
  call<AliasesWire>(path`/workspaces/${ws}/git/aliases`, { method: 'PUT', body })

export const getAliases = (ws: string) => call<AliasesWire>(path`/workspaces/${ws}/git/aliases`)
