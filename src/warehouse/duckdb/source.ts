import { basename } from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { TableInfo } from '../connector.ts'
import { parseTableName, printTableName, quoteIdentifier, quoteLiteral } from '../table-name.ts'
import { WarehouseError } from '../warehouse-error.ts'
import { fileUnreadable, tableMissing } from './explain-error.ts'
import type { FileTable } from './file-tables.ts'
import type { DuckdbTarget } from './target.ts'

/** An open database with the names in it. A file becomes a view when a query first names it. */
export type Source = {
  readonly instance: DuckDBInstance
  readonly target: DuckdbTarget
  /** Views made so far, by `viewKey`; a failed one is tried again. */
  readonly views: Map<string, Promise<void>>
}

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/
const MAIN = 'main'

export async function listTables(source: Source): Promise<readonly TableInfo[]> {
  if (source.target.kind === 'files') return source.target.files.map(fileInfo)
  const connection = await source.instance.connect()
  try {
    return await databaseTables(connection)
  } finally {
    connection.closeSync()
  }
}

async function databaseTables(connection: DuckDBConnection): Promise<readonly TableInfo[]> {
  const reader = await connection.runAndReadAll(`
    SELECT schema_name, table_name, 'table', estimated_size FROM duckdb_tables()
    WHERE database_name = current_database() AND NOT internal
    UNION ALL
    SELECT schema_name, view_name, 'view', NULL FROM duckdb_views()
    WHERE database_name = current_database() AND NOT internal
    ORDER BY 1, 2`)
  return reader.getRows().map(([schema, table, kind, rows]) => ({
    name: tableName(String(schema), String(table)),
    schema: String(schema),
    table: String(table),
    kind: kind === 'view' ? 'view' : 'table',
    rows: rows === null || rows === undefined ? null : Number(rows),
  }))
}

function fileInfo(file: FileTable): TableInfo {
  const schema = file.schema ?? MAIN
  return { name: tableName(schema, file.table), schema, table: file.table, kind: 'file', rows: null }
}

function tableName(schema: string, table: string): string {
  return printTableName(schema === MAIN ? [table] : [schema, table], PLAIN)
}

/** DuckDB's names ignore case, quoted or not. */
function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** The table that a model names, as our own SELECT: its identifiers come from the catalogue, quoted. */
export async function selectTable(source: Source, name: string): Promise<string> {
  const parts = parseTableName(name)?.map((part) => part.text)
  if (!parts) {
    throw new WarehouseError({
      code: 'table-missing',
      message: `${JSON.stringify(name)} is no name of a table.`,
    })
  }
  const table = parts.at(-1) ?? ''
  const schema = parts.at(-2) ?? MAIN
  const tables = await listTables(source)
  const found = tables.find((info) => sameName(info.schema, schema) && sameName(info.table, table))
  if (!found || (parts.length === 3 && !(await isDatabaseName(source, parts[0] ?? '')))) {
    throw new WarehouseError(
      tableMissing(
        name,
        tables.map((info) => info.name),
      ),
    )
  }
  return `SELECT * FROM ${quoteIdentifier(found.schema)}.${quoteIdentifier(found.table)}`
}

async function isDatabaseName(source: Source, name: string): Promise<boolean> {
  const own =
    source.target.kind === 'database' ? basename(source.target.path).replace(/\.[^.]*$/, '') : 'memory'
  return sameName(own, name)
}

/** Makes the views of the files that a query reads from. Other names are DuckDB's to resolve. */
export async function ensureViews(
  source: Source,
  names: readonly { readonly schema: string; readonly table: string }[],
): Promise<void> {
  if (source.target.kind !== 'files') return
  for (const file of source.target.files) {
    const schema = file.schema ?? MAIN
    const wanted = names.some(
      (name) => sameName(name.schema || MAIN, schema) && sameName(name.table, file.table),
    )
    if (wanted) await ensureView(source, file, schema)
  }
}

async function ensureView(source: Source, file: FileTable, schema: string): Promise<void> {
  const key = `${schema}\n${file.table}`
  const made = source.views.get(key) ?? createView(source, file, schema)
  source.views.set(key, made)
  try {
    await made
  } catch (error) {
    source.views.delete(key)
    throw fileUnreadable(file.path, error)
  }
}

async function createView(source: Source, file: FileTable, schema: string): Promise<void> {
  const connection = await source.instance.connect()
  try {
    await connection.run(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`)
    const view = `${quoteIdentifier(schema)}.${quoteIdentifier(file.table)}`
    await connection.run(
      `CREATE VIEW ${view} AS SELECT * FROM read_${file.format}(${quoteLiteral(file.path)})`,
    )
  } finally {
    connection.closeSync()
  }
}
