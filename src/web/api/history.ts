import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { FileKind } from '../../core/model/kind.ts'
import type { Comparison, RollbackAnswer, RollbackRequest, VersionList } from '../../core/wire/history.ts'
import { call, path } from './client.ts'

/** One resource; null: the schema as a whole. */
export type Scope = { readonly kind: FileKind; readonly slug: string } | null

export type ComparedPage = {
  readonly scope: Scope
  /** With the texts of the files. */
  readonly text: boolean
  readonly cursor: string | null
}

const PAGE = '50'

function search(scope: Scope, cursor: string | null, more: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({
    limit: PAGE,
    ...(scope ? { kind: scope.kind, slug: scope.slug } : {}),
    ...(cursor === null ? {} : { cursor }),
    ...more,
  }).toString()
}

export const historyQuery = (ws: string, scope: Scope, cursor: string | null) =>
  queryOptions({
    queryKey: ['ws', ws, 'git', 'history', scope, cursor],
    queryFn: ({ signal }) =>
      call<VersionList>(`${path`/workspaces/${ws}/git/history`}?${search(scope, cursor)}`, { signal }),
  })

/** What a version changed. Two commits never differ otherwise than they did: nothing makes the answer stale. */
export const versionQuery = (ws: string, commit: string, { scope, text, cursor }: ComparedPage) =>
  queryOptions({
    queryKey: ['version', ws, commit, scope, text, cursor],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call<Comparison>(
        `${path`/workspaces/${ws}/git/history/${commit}`}?${search(scope, cursor, text ? { text: '1' } : {})}`,
        { signal },
      ),
  })

/** `to` null: the workspace as it is now. */
export const compareQuery = (
  ws: string,
  from: string,
  to: string | null,
  { scope, text, cursor }: ComparedPage,
) =>
  queryOptions({
    queryKey: ['ws', ws, 'compare', from, to, scope, text, cursor],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const more = { from, ...(to === null ? {} : { to }), ...(text ? { text: '1' } : {}) }
      return call<Comparison>(`${path`/workspaces/${ws}/git/compare`}?${search(scope, cursor, more)}`, {
        signal,
      })
    },
  })

export const rollBack = (ws: string, body: RollbackRequest) =>
  call<RollbackAnswer>(path`/workspaces/${ws}/git/rollback`, { method: 'POST', body })

/** What going back would do now: read anew whenever somebody asks. */
export const rollbackPlanQuery = (ws: string, commit: string, scope: Scope) =>
  queryOptions({
    queryKey: ['rollback', ws, commit, scope],
    staleTime: 0,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) =>
      call<RollbackAnswer>(path`/workspaces/${ws}/git/rollback`, {
        method: 'POST',
        body: { commit, ...scope, dryRun: true },
        signal,
      }),
  })
