import { queryOptions } from '@tanstack/react-query'
import type { List } from '../../core/wire/list.ts'
import type { Deleted, Restore } from '../../core/wire/resource.ts'
import { call, path } from './client.ts'
import type { Resource } from './resources.ts'

const list = (ws: string, cursor: string | null, limit: number, signal?: AbortSignal) =>
  call<List<Deleted>>(
    `${path`/workspaces/${ws}/deleted`}?limit=${limit}${cursor === null ? '' : path`&cursor=${cursor}`}`,
    signal ? { signal } : {},
  )

/** What was deleted in the last 30 days, the newest first. */
export const deletedQuery = (ws: string, cursor: string | null) =>
  queryOptions({
    queryKey: ['ws', ws, 'deleted', cursor],
    queryFn: ({ signal }) => list(ws, cursor, 50, signal),
  })

export const restoreDeleted = (ws: string, id: string, body: Restore) =>
  call<Resource>(path`/workspaces/${ws}/deleted/${id}/restore`, { method: 'POST', body })

/** The newest deletion of a resource; null when there is none. */
export async function lastDeleted(ws: string, { kind, slug }: Pick<Deleted, 'kind' | 'slug'>) {
  const { items } = await list(ws, null, 100)
  return items.find((one) => one.kind === kind && one.slug === slug) ?? null
}
