import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { listQuery } from '../api/resources.ts'
import { graphOf, type SchemaGraph } from './schema-graph.ts'

type Schema =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly retry: () => void }
  | { readonly kind: 'ready'; readonly graph: SchemaGraph }

/** The four lists of the schema as one graph. */
export function useSchema(ws: string): Schema {
  const parents = useQuery(listQuery(ws, 'parent-models'))
  const related = useQuery(listQuery(ws, 'related-models'))
  const events = useQuery(listQuery(ws, 'event-models'))
  const relations = useQuery(listQuery(ws, 'model-relationships'))
  const graph = useMemo(
    () =>
      parents.data && related.data && events.data && relations.data
        ? graphOf({
            'parent-models': parents.data,
            'related-models': related.data,
            'event-models': events.data,
            'model-relationships': relations.data,
          })
        : null,
    [parents.data, related.data, events.data, relations.data],
  )
  if (graph) return { kind: 'ready', graph }
  const failed = [parents, related, events, relations].find((query) => query.error)
  return failed
    ? { kind: 'failed', error: failed.error, retry: () => void failed.refetch() }
    : { kind: 'loading' }
}
