import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type JsonObject, sameJson } from '../../core/model/json.ts'
import type { ColumnWire, ModelQueryWire, SavedQuery } from '../../core/wire/source.ts'
import type { Resource } from '../api/resources.ts'
import { columnsQuery, tablesQuery } from '../api/sources.ts'
import { textOf } from '../words/resource-name.ts'

export type LiveQuery = {
  readonly source: string
  /** What rows and columns are read by; null where nothing can be read. */
  readonly query: ModelQueryWire | null
  /** The saved model, while the query is its own. */
  readonly saved: SavedQuery | null
  /** SQL waits to be run: half-typed text never goes to a warehouse. */
  readonly behind: boolean
  readonly run: () => void
  readonly tables: readonly string[]
  readonly columns: readonly ColumnWire[]
}

/** The live side of a model's form: the source's tables, and the columns of what is chosen. */
export function useModelQuery(
  ws: string,
  kind: SavedQuery['kind'],
  resource: Resource | null,
  value: JsonObject,
): LiveQuery {
  const source = textOf(value, 'source')
  const type = textOf(value, 'type')
  const rawSql = textOf(value, 'rawSql')
  const [ran, setRan] = useState(resource === null ? '' : textOf(resource, 'rawSql'))
  const [tableName] = useDebouncedValue(textOf(value, 'tableName'), 250)
  const query = queryOf(type, tableName, ran)
  const saved =
    query !== null && isQueryOf(resource, source, query)
      ? { type: 'saved' as const, kind, slug: resource.slug }
      : null
  const tables = useQuery({ ...tablesQuery(ws, source), enabled: source !== '' && type === 'table' })
  const columns = useQuery({
    ...columnsQuery(ws, source, query ?? { type: 'table', tableName: '' }, saved),
    enabled: source !== '' && query !== null,
  })
  return {
    source,
    query,
    saved,
    behind: type === 'raw_sql' && rawSql.trim() !== '' && rawSql !== ran,
    run: () => setRan(rawSql),
    tables: tables.data?.tables.map((table) => table.name) ?? [],
    columns: query === null ? [] : (columns.data?.columns ?? []),
  }
}

function isQueryOf(resource: Resource | null, source: string, query: ModelQueryWire): resource is Resource {
  if (resource === null || textOf(resource, 'source') !== source) return false
  const own = queryOf(textOf(resource, 'type'), textOf(resource, 'tableName'), textOf(resource, 'rawSql'))
  return own !== null && sameJson(own, query)
}

function queryOf(type: string, tableName: string, sql: string): ModelQueryWire | null {
  if (type === 'table' && tableName.trim() !== '') return { type: 'table', tableName }
  if (type === 'raw_sql' && sql.trim() !== '') return { type: 'raw_sql', rawSql: sql }
  return null
}
