import type { FieldDef, PoolClient } from 'pg'
import { RowCollector } from '../cells.ts'
import type { Column, Keys, ModelQuery, Preview } from '../connector.ts'
import { keyCell, keyPlaces } from '../key-columns.ts'
import { MAX_SQL_LENGTH } from '../limits.ts'
import { WarehouseError } from '../warehouse-error.ts'
import { postgresCell } from './cell.ts'
import { describeStatement, fetchRows } from './exchange.ts'
import { firstWord } from './first-word.ts'
import { selectTable } from './tables.ts'

const SELECTS = new Set(['select', 'with', 'values', 'table'])

export async function describeQuery(client: PoolClient, query: ModelQuery): Promise<readonly Column[]> {
  return typesOf(client, await prepare(client, query))
}

export async function previewQuery(client: PoolClient, query: ModelQuery, limit: number): Promise<Preview> {
  const start = performance.now()
  const fields = await prepare(client, query)
  const found = await fetchRows(client, limit + 1)
  const collector = new RowCollector(limit)
  for (const row of found.rows) {
    if (!collector.add(() => fields.map((field, i) => postgresCell(row[i] ?? null, field.dataTypeID)))) break
  }
  const ms = Math.round(performance.now() - start)
  const { rows, truncated } = collector
  return { columns: await typesOf(client, fields), rows, truncated, ms }
}

/** The rows come whole and leave here as their key columns: our text is never put around the model's (Z9). */
export async function readKeys(
  client: PoolClient,
  query: ModelQuery,
  columns: readonly string[],
  limit: number,
): Promise<Keys> {
  const fields = await prepare(client, query)
  const places = keyPlaces(
    fields.map(({ name }) => name),
    columns,
  )
  const found = await fetchRows(client, limit + 1, (row) =>
    places.map((place) => keyCell(row[place] ?? null)),
  )
  const types = await typesOf(client, fields)
  return {
    types: places.map((place) => types[place]?.type ?? 'unknown'),
    rows: found.rows.slice(0, limit),
    complete: found.rows.length <= limit,
  }
}

/** Parses on the server. A statement that gives no rows never comes to run. */
async function prepare(client: PoolClient, query: ModelQuery): Promise<readonly FieldDef[]> {
  const sql = query.type === 'raw_sql' ? query.rawSql : await selectTable(client, query.tableName)
  if (sql.length > MAX_SQL_LENGTH) {
    throw notSelect(`The SQL is ${sql.length} characters long, the most is ${MAX_SQL_LENGTH}.`)
  }
  // A NUL would end the text early in the protocol.
  if (sql.includes('\0')) throw notSelect('The SQL holds a NUL character.')
  const word = firstWord(sql)
  if (word === '') throw notSelect('The SQL is empty.')
  const { fields } = await describeStatement(client, sql)
  if (fields === null || !SELECTS.has(word)) throw notSelect('A model is one statement that selects.')
  return fields
}

function notSelect(message: string): WarehouseError {
  return new WarehouseError({
    code: 'not-a-select',
    message,
    hint: 'Begin with SELECT, WITH, VALUES or TABLE. A model reads; it never changes, copies or sets anything.',
  })
}

async function typesOf(client: PoolClient, fields: readonly FieldDef[]): Promise<readonly Column[]> {
  const { rows } = await client.query<{ type: string }>(
    `SELECT pg_catalog.format_type(f.id, f.modifier) AS "type"
     FROM unnest($1::oid[], $2::int4[]) WITH ORDINALITY AS f(id, modifier, place) ORDER BY place`,
    [fields.map((field) => field.dataTypeID), fields.map((field) => field.dataTypeModifier)],
  )
  return fields.map((field, i) => ({ name: field.name, type: rows[i]?.type ?? 'unknown' }))
}
