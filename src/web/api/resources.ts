import { queryOptions } from '@tanstack/react-query'
import type { JsonObject } from '../../core/model/json.ts'
import type { Kind } from '../../core/model/kind.ts'
import type { List } from '../../core/wire/list.ts'
import type { GitState, ResourceFile, UsedBy } from '../../core/wire/resource.ts'
import { ApiError, call, path } from './client.ts'

/** A resource of any kind as the page handles it: flat, free-form beside the three keys of the server. */
export type Resource = JsonObject & {
  readonly slug: string
  readonly revision: string
  readonly git: GitState
}

/** The most that the API gives at once. */
const PAGE = 1000

async function readAll(ws: string, kind: Kind, signal: AbortSignal): Promise<readonly Resource[]> {
  const all: Resource[] = []
  let cursor: string | null = null
  do {
    const after: string = cursor === null ? '' : path`&cursor=${cursor}`
    const page: List<Resource> = await call(`${path`/workspaces/${ws}/${kind}`}?limit=${PAGE}${after}`, {
      signal,
    })
    all.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return all
}

/** Every resource of a kind: pages search, sort and draw the whole. */
export const listQuery = (ws: string, kind: Kind) =>
  queryOptions({ queryKey: ['ws', ws, kind, 'list'], queryFn: ({ signal }) => readAll(ws, kind, signal) })

export const resourceQuery = (ws: string, kind: Kind, slug: string) =>
  queryOptions({
    queryKey: ['ws', ws, kind, 'one', slug],
    queryFn: ({ signal }) => call<Resource>(path`/workspaces/${ws}/${kind}/${slug}`, { signal }),
  })

/** The file as Git has it; null where it has none yet. */
export const fileQuery = (ws: string, kind: Kind, slug: string) =>
  queryOptions({
    queryKey: ['ws', ws, kind, 'file', slug],
    queryFn: async ({ signal }): Promise<ResourceFile | null> => {
      try {
        return await call<ResourceFile>(path`/workspaces/${ws}/${kind}/${slug}/file`, { signal })
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }
    },
  })

export const usedByQuery = (ws: string, kind: Kind, slug: string) =>
  queryOptions({
    queryKey: ['ws', ws, kind, 'used-by', slug],
    queryFn: ({ signal }) => call<UsedBy>(path`/workspaces/${ws}/${kind}/${slug}/used-by`, { signal }),
  })

export const createResource = (ws: string, kind: Kind, value: JsonObject) =>
  call<Resource>(path`/workspaces/${ws}/${kind}`, { method: 'POST', body: value })

export const saveResource = (ws: string, kind: Kind, slug: string, revision: string, value: JsonObject) =>
  call<Resource>(path`/workspaces/${ws}/${kind}/${slug}`, { method: 'PUT', body: value, ifMatch: revision })

export const deleteResource = (ws: string, kind: Kind, slug: string, revision: string) =>
  call<void>(path`/workspaces/${ws}/${kind}/${slug}`, { method: 'DELETE', ifMatch: revision })

/** The list with what was just saved in its place, or last. */
export function withSaved(list: readonly Resource[], saved: Resource): readonly Resource[] {
  const there = list.some(({ slug }) => slug === saved.slug)
  return there ? list.map((one) => (one.slug === saved.slug ? saved : one)) : [...list, saved]
}

/** The value without what the server adds. */
export function valueIn(resource: Resource): JsonObject {
  const added = ['slug', 'revision', 'git', 'secrets']
  // What is left are the file's own keys, which are JSON.
  return Object.fromEntries(Object.entries(resource).filter(([key]) => !added.includes(key))) as JsonObject
}
