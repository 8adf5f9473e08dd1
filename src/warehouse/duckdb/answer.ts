import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'
import { StatementType } from '@duckdb/node-api'
import { RowCollector } from '../cells.ts'
import type { Column, ModelQuery, Preview } from '../connector.ts'
import { WarehouseError } from '../warehouse-error.ts'
import { duckdbCell } from './cell.ts'
import { withDeadline } from './deadline.ts'
import { explainDuckdbError } from './explain-error.ts'
import type { DuckdbAnswers, DuckdbQuestion } from './protocol.ts'
import { readKeys } from './read-keys.ts'
import { requireSelect } from './select-gate.ts'
import { ensureViews, listTables, type Source, selectTable } from './source.ts'

/** Answers one question on a connection of its own. */
export async function answer(
  source: Source,
  question: DuckdbQuestion,
): Promise<DuckdbAnswers[DuckdbQuestion['kind']]> {
  switch (question.kind) {
    case 'tables':
      return await listTables(source)
    case 'describe':
      return await describe(source)
    case 'columns':
      return await select(source, question.query, question.ms, async (statement) => columnsOf(statement))
    case 'preview':
      return await select(source, question.query, question.ms, (statement) =>
        readRows(statement, question.limit),
      )
    case 'keys':
      return await select(source, question.query, question.ms, (statement) =>
        readKeys(statement, question.columns, question.limit),
      )
  }
}

async function describe(source: Source): Promise<DuckdbAnswers['describe']> {
  const connection = await source.instance.connect()
  try {
    const reader = await connection.runAndReadAll('SELECT version()')
    const tables = await listTables(source)
    return { version: `DuckDB ${String(reader.getRows()[0]?.[0])}`, tables: tables.length }
  } finally {
    connection.closeSync()
  }
}

async function select<T>(
  source: Source,
  query: ModelQuery,
  ms: number,
  read: (statement: DuckDBPreparedStatement) => Promise<T>,
): Promise<T> {
  const connection = await source.instance.connect()
  const tables = await listTables(source)
  try {
    return await withDeadline(connection, ms, async () => read(await prepare(connection, source, query)))
  } catch (error) {
    const sql = query.type === 'raw_sql' ? query.rawSql : null
    throw explainDuckdbError(error, sql, () => tables.map((table) => table.name))
  } finally {
    connection.closeSync()
  }
}

async function prepare(
  connection: DuckDBConnection,
  source: Source,
  query: ModelQuery,
): Promise<DuckDBPreparedStatement> {
  const sql = query.type === 'raw_sql' ? query.rawSql : await selectTable(source, query.tableName)
  const selection = await requireSelect(connection, sql)
  await ensureViews(source, selection.tables)
  const statement = await connection.prepare(sql)
  if (statement.statementType !== StatementType.SELECT) {
    throw new WarehouseError({ code: 'not-a-select', message: 'A model is one statement that selects.' })
  }
  if (statement.parameterCount > 0) {
    throw new WarehouseError({
      code: 'query',
      message: 'The SQL holds a parameter (? or $1), which has no value here.',
      hint: 'Write the value itself.',
    })
  }
  return statement
}

function columnsOf(statement: DuckDBPreparedStatement): Column[] {
  return Array.from({ length: statement.columnCount }, (_, index) => ({
    name: statement.columnName(index),
    type: statement.columnType(index).toString(),
  }))
}

/** Streams: a query over many rows ends with the last one that is shown. */
async function readRows(statement: DuckDBPreparedStatement, limit: number): Promise<Preview> {
  const start = performance.now()
  const result = await statement.stream()
  const types = result.columnTypes()
  const collector = new RowCollector(limit)
  for (let more = true; more; ) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) break
    const vectors = types.map((_, index) => chunk.getColumnVector(index))
    for (let row = 0; row < chunk.rowCount && more; row++) {
      more = collector.add(() =>
        types.map((type, index) => duckdbCell(vectors[index]?.getItem(row) ?? null, type)),
      )
    }
  }
  const columns = types.map((type, index) => ({ name: result.columnName(index), type: type.toString() }))
  const { rows, truncated } = collector
  return { columns, rows, truncated, ms: Math.round(performance.now() - start) }
}
