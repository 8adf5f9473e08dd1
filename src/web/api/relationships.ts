import { queryOptions } from '@tanstack/react-query'
import type { MeasureRelationship, RelationshipMeasure } from '../../core/wire/relationship.ts'
import { call, path } from './client.ts'

/** Kept until the declaration changes: each measure reads the warehouse. */
export const measureQuery = (ws: string, body: MeasureRelationship) =>
  queryOptions({
    queryKey: ['warehouse', ws, 'measure', body],
    staleTime: 5 * 60_000,
    retry: false,
    queryFn: ({ signal }) =>
      call<RelationshipMeasure>(path`/workspaces/${ws}/measure-relationship`, {
        method: 'POST',
        body,
        signal,
      }),
  })
