import { queryOptions } from '@tanstack/react-query'
import type {
  ColumnsAnswer,
  ModelQueryWire,
  PreviewAnswer,
  SavedQuery,
  SourceTest,
  SourceTestAnswer,
  TablesAnswer,
} from '../../core/wire/source.ts'
import { call, path } from './client.ts'

// A warehouse may be slow or down: each answer is kept for a while and a failure is shown, not repeated.
const kept = { staleTime: 5 * 60_000, retry: false } as const

export const tablesQuery = (ws: string, source: string) =>
  queryOptions({
    ...kept,
    queryKey: ['warehouse', ws, source, 'tables'],
    queryFn: ({ signal }) => call<TablesAnswer>(path`/workspaces/${ws}/sources/${source}/tables`, { signal }),
  })

/** `saved`: the saved model that the query is of; by its name those may look who may only read (Z8). */
export const columnsQuery = (ws: string, source: string, query: ModelQueryWire, saved: SavedQuery | null) =>
  queryOptions({
    ...kept,
    queryKey: ['warehouse', ws, source, 'columns', query],
    queryFn: ({ signal }) =>
      call<ColumnsAnswer>(path`/workspaces/${ws}/sources/${source}/columns`, {
        method: 'POST',
        body: { query: saved ?? query },
        signal,
      }),
  })

export const previewQuery = (ws: string, source: string, query: ModelQueryWire, saved: SavedQuery | null) =>
  queryOptions({
    ...kept,
    queryKey: ['warehouse', ws, source, 'preview', query],
    queryFn: ({ signal }) =>
      call<PreviewAnswer>(path`/workspaces/${ws}/sources/${source}/preview`, {
        method: 'POST',
        body: { query: saved ?? query, limit: 50 },
        signal,
      }),
  })

export const testSource = (ws: string, body: SourceTest) =>
  call<SourceTestAnswer>(path`/workspaces/${ws}/sources/test`, { method: 'POST', body })
