import { queryOptions } from '@tanstack/react-query'
import type { JsonObject } from '../../core/model/json.ts'
import type { FileKind } from '../../core/model/kind.ts'
import type { ChangesInput, ChangesSaved } from '../../core/wire/changes.ts'
import type { Doctor } from '../../core/wire/doctor.ts'
import type { AliasesWire, Connection, ConnectionInput } from '../../core/wire/git.ts'
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

/** One change set: what refers to it follows. */
export const renameResource = (ws: string, kind: FileKind, from: string, to: string) =>
  call<ChangesSaved>(path`/workspaces/${ws}/changes`, {
    method: 'POST',
    body: { renames: [{ kind, from, to }] } satisfies ChangesInput,
  })

/** What is left out of a connection stays as it is; only its address has to be told. */
export const changeConnection = async (ws: string, change: Pick<ConnectionInput, 'shared' | 'branch'>) => {
  const { url } = await call<Connection>(path`/workspaces/${ws}/git`)
  return call<Connection>(path`/workspaces/${ws}/git`, { method: 'PUT', body: { url, ...change } })
}

export const copySource = (from: string, slug: string, to: string) =>
  call<JsonObject>(path`/workspaces/${from}/sources/${slug}/clone`, {
    method: 'POST',
    body: { workspace: to },
  })

export const putAliases = (ws: string, body: AliasesWire) =>
  call<AliasesWire>(path`/workspaces/${ws}/git/aliases`, { method: 'PUT', body })

export const getAliases = (ws: string) => call<AliasesWire>(path`/workspaces/${ws}/git/aliases`)
