import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { JsonObject } from '../../core/model/json.ts'
import type { ColumnWire, ModelQueryWire } from '../../core/wire/source.ts'
import { columnsQuery, tablesQuery } from '../api/sources.ts'
import { textOf } from '../words/resource-name.ts'

export type LiveQuery = {
  readonly source: string
  /** What rows and columns are read by; null where nothing can be read. */
  readonly query: ModelQueryWire | null
  /** SQL waits to be run: half-typed text never goes to a warehouse. */
  readonly behind: boolean
  readonly run: () => void
  readonly tables: readonly string[]
  readonly columns: readonly ColumnWire[]
}

/** The live side of a model's form: the source's tables, and the columns of what is chosen. */
export function useModelQuery(ws: string, value: JsonObject, savedSql: string): LiveQuery {
  const source = textOf(value, 'source')
  const type = textOf(value, 'type')
  const rawSql = textOf(value, 'rawSql')
  const [ran, setRan] = useState(savedSql)
  const [tableName] = useDebouncedValue(textOf(value, 'tableName'), 250)
  const query = queryOf(type, tableName, ran)
  const tables = useQuery({ ...tablesQuery(ws, source), enabled: source !== '' && type === 'table' })
  const columns = useQuery({
    ...columnsQuery(ws, source, query ?? { type: 'table', tableName: '' }),
    enabled: source !== '' && query !== null,
  })
  return {
    source,
    query,
    behind: type === 'raw_sql' && rawSql.trim() !== '' && rawSql !== ran,
    run: () => setRan(rawSql),
    tables: tables.data?.tables.map((table) => table.name) ?? [],
    columns: query === null ? [] : (columns.data?.columns ?? []),
  }
}

function queryOf(type: string, tableName: string, sql: string): ModelQueryWire | null {
  if (type === 'table' && tableName.trim() !== '') return { type: 'table', tableName }
  if (type === 'raw_sql' && sql.trim() !== '') return { type: 'raw_sql', rawSql: sql }
  return null
}
