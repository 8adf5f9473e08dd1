import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FileKind } from '../../core/model/kind.ts'
import type { EnvironmentComparison, Environments } from '../../core/wire/environments.ts'
import { call } from './client.ts'

export type MatrixPage = {
  /** The first is what the others are held against. */
  readonly workspaces: readonly string[]
  readonly differing: boolean
  readonly q: string
  readonly kind: FileKind | null
  readonly cursor: string | null
}

const PAGE = '100'

/** Kept under the workspace from which one looks: what happens there makes it stale. */
export const environmentsQuery = (ws: string, page: MatrixPage) =>
  queryOptions({
    queryKey: ['ws', ws, 'environments', page],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({
        workspaces: page.workspaces.join(','),
        limit: PAGE,
        ...(page.differing ? { differing: '1' } : {}),
        ...(page.q === '' ? {} : { q: page.q }),
        ...(page.kind === null ? {} : { kind: page.kind }),
        ...(page.cursor === null ? {} : { cursor: page.cursor }),
      })
      return call<Environments>(`/environments?${query}`, { signal })
    },
  })

export const environmentComparisonQuery = (ws: string, from: string, to: string, cursor: string | null) =>
  queryOptions({
    queryKey: ['ws', ws, 'environments', 'compare', from, to, cursor],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ from, to, ...(cursor === null ? {} : { cursor }) })
      return call<EnvironmentComparison>(`/environments/compare?${query}`, { signal })
    },
  })
