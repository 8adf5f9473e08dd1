import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AuditEntry, AuditFacets } from '../../core/wire/audit.ts'
import type { List } from '../../core/wire/list.ts'
import type { AuditSearch } from '../search.ts'
import { call, path } from './client.ts'

const DAY_MS = 86_400_000

/** `now` to the minute, so that the same filter is the same question for a while. */
export function auditFilter({ person, area, resource, days }: AuditSearch, now: number): URLSearchParams {
  const minute = Math.floor(now / 60_000) * 60_000
  return new URLSearchParams({
    ...(person === undefined ? {} : { person }),
    ...(area === undefined ? {} : { action: area }),
    ...(resource === undefined ? {} : { resource }),
    ...(days === undefined ? {} : { since: new Date(minute - days * DAY_MS).toISOString() }),
  })
}

export const auditQuery = (ws: string, filter: URLSearchParams, cursor: string | null) =>
  queryOptions({
    queryKey: ['ws', ws, 'audit', filter.toString(), cursor],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams(filter)
      query.set('limit', '50')
      if (cursor !== null) query.set('cursor', cursor)
      return call<List<AuditEntry>>(`${path`/workspaces/${ws}/audit`}?${query}`, { signal })
    },
  })

export const auditFacetsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'audit-facets'],
    queryFn: ({ signal }) => call<AuditFacets>(path`/workspaces/${ws}/audit/facets`, { signal }),
  })

/** A link that the browser saves as a file. */
export function auditExportUrl(ws: string, filter: URLSearchParams, format: 'csv' | 'json'): string {
  const query = new URLSearchParams(filter)
  query.set('format', format)
  return `/api/v1${path`/workspaces/${ws}/audit/export`}?${query}`
}
