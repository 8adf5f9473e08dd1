import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FileKind } from '../../core/model/kind.ts'
import type {
  AliasTable,
  EnvironmentComparison,
  EnvironmentDrift,
  Environments,
  PromotionAnswer,
  PromotionInput,
  PromotionList,
  RenameAlias,
  RenamedAlias,
  UndoAnswer,
} from '../../core/wire/environments.ts'
import { call, path } from './client.ts'

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

export const environmentComparisonQuery = (
  ws: string,
  from: string,
  to: string,
  { cursor, limit }: { readonly cursor: string | null; readonly limit: number },
) =>
  queryOptions({
    queryKey: ['ws', ws, 'environments', 'compare', from, to, cursor, limit],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({
        from,
        to,
        limit: String(limit),
        ...(cursor === null ? {} : { cursor }),
      })
      return call<EnvironmentComparison>(`/environments/compare?${query}`, { signal })
    },
  })

export const environmentDriftQuery = (ws: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'environments', 'drift', from, to],
    queryFn: ({ signal }) =>
      call<EnvironmentDrift>(`/environments/compare/drift?${new URLSearchParams({ from, to })}`, { signal }),
  })

/** What a promotion would do now: read anew whenever somebody asks. Kept under the target, whose change it is. */
export const promotionPlanQuery = (to: string, request: PromotionInput) =>
  queryOptions({
    queryKey: ['ws', to, 'promotions', 'plan', request],
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
    queryFn: ({ signal }) =>
      call<PromotionAnswer>(path`/workspaces/${to}/promotions`, {
        method: 'POST',
        body: { ...request, dryRun: true },
        signal,
      }),
  })

export const promote = (to: string, body: PromotionInput) =>
  call<PromotionAnswer>(path`/workspaces/${to}/promotions`, { method: 'POST', body })

export const promotionsQuery = (to: string) =>
  queryOptions({
    queryKey: ['ws', to, 'promotions', 'list'],
    queryFn: ({ signal }) => call<PromotionList>(path`/workspaces/${to}/promotions`, { signal }),
  })

export const undoPromotion = (to: string, id: string) =>
  call<UndoAnswer>(path`/workspaces/${to}/promotions/${id}/undo`, { method: 'POST', body: {} })

export const aliasTableQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'git', 'alias-table'],
    queryFn: ({ signal }) => call<AliasTable>(path`/workspaces/${ws}/git/aliases/table`, { signal }),
  })

export const renameAlias = (ws: string, body: RenameAlias) =>
  call<RenamedAlias>(path`/workspaces/${ws}/git/aliases/rename`, { method: 'POST', body })
