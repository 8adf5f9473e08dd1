import type { DuckDBConnection } from '@duckdb/node-api'
import { isObject, type Json, type JsonObject, own } from '../../core/model/json.ts'
import { MAX_SQL_LENGTH } from '../limits.ts'
import { positionAt, severalStatements, WarehouseError } from '../warehouse-error.ts'

/** A text that DuckDB's own parser read as exactly one SELECT. `tables` are the names it reads from. */
export type Selection = { readonly tables: readonly { readonly schema: string; readonly table: string }[] }

/**
 * The table functions that a model's SQL may call. A list of the allowed ones: in DuckDB a SELECT can also
 * write (`enable_logging(storage_path => …)`), run SQL held in a text (`query`) or end the process.
 * Files are held by the paths that the instance allows, so the readers need no rule here.
 */
const TABLE_FUNCTIONS = new Set([
  ...['range', 'generate_series', 'unnest', 'repeat', 'repeat_row', 'json_each', 'json_tree'],
  ...['read_csv', 'read_csv_auto', 'read_parquet', 'parquet_scan'],
  ...['read_json', 'read_json_auto', 'read_ndjson', 'read_ndjson_auto'],
])
/** Scalar functions that do something besides giving a value. */
const REFUSED_FUNCTIONS = new Set([
  'write_log',
  'sleep_ms',
  'setseed',
  'nextval',
  'json_execute_serialized_sql',
])

/** Parses without binding or running anything (Z9): the text is a parameter of our own statement. */
export async function requireSelect(connection: DuckDBConnection, sql: string): Promise<Selection> {
  if (sql.length > MAX_SQL_LENGTH) {
    throw notSelect(`The SQL is ${sql.length} characters long, the most is ${MAX_SQL_LENGTH}.`)
  }
  if (sql.includes('\0')) throw notSelect('The SQL holds a NUL character.')
  const reader = await connection.runAndReadAll(
    'SELECT json_serialize_sql($1::VARCHAR, skip_null := true, skip_empty := true)',
    [sql],
  )
  const parsed: Json = JSON.parse(String(reader.getRows()[0]?.[0]))
  if (!isObject(parsed)) throw notSelect('The SQL cannot be read.')
  if (own(parsed, 'error') === true) throw await parseError(connection, parsed, sql)
  const statements = own(parsed, 'statements')
  const count = Array.isArray(statements) ? statements.length : 0
  if (count === 0) throw notSelect('The SQL is empty.')
  if (count > 1) throw severalStatements()
  return inspect(statements as Json)
}

async function parseError(
  connection: DuckDBConnection,
  parsed: JsonObject,
  sql: string,
): Promise<WarehouseError> {
  const message = String(own(parsed, 'error_message') ?? 'it cannot be read')
  if (own(parsed, 'error_type') !== 'parser') {
    const several = /;\s*\S/.test(sql) && (await connection.extractStatements(sql)).count > 1
    if (several) return severalStatements()
    return /\bpivot\b/i.test(sql) ? openPivot() : notSelect('A model is one statement that selects.')
  }
  const offset = own(parsed, 'position')
  return new WarehouseError({
    code: 'syntax',
    message: `The SQL cannot be read: ${message}.`,
    hint: 'The SQL is read as DuckDB’s dialect.',
    position: offset === undefined ? null : positionAtByte(sql, Number(offset)),
  })
}

/** DuckDB turns it into several statements: one that looks for the values, one that selects. */
function openPivot(): WarehouseError {
  return new WarehouseError({
    code: 'not-a-select',
    message: 'A PIVOT that looks for its values by itself is more than one statement.',
    hint: 'Spell them out: FROM (PIVOT sales ON year IN (2024, 2025) USING sum(amount)).',
  })
}

function notSelect(message: string): WarehouseError {
  return new WarehouseError({
    code: 'not-a-select',
    message,
    hint: 'Begin with SELECT, WITH or FROM. A model reads; it never changes, copies, attaches or sets anything.',
  })
}

/** DuckDB counts in bytes of UTF-8. */
export function positionAtByte(sql: string, offset: number): { line: number; column: number } {
  return positionAt(sql, Buffer.from(sql, 'utf8').subarray(0, Math.max(0, offset)).toString('utf8').length)
}

/** Walks the tree without recursion: its depth is the SQL's. */
function inspect(tree: Json): Selection {
  const tables: { schema: string; table: string }[] = []
  const rest: Json[] = [tree]
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (Array.isArray(node)) rest.push(...node)
    else if (isObject(node)) {
      if (own(node, 'type') === 'BASE_TABLE') {
        tables.push({ schema: text(own(node, 'schema_name')), table: text(own(node, 'table_name')) })
      }
      refuseCalls(node)
      rest.push(...Object.values(node))
    }
  }
  return { tables }
}

function refuseCalls(node: JsonObject): void {
  const type = own(node, 'type')
  if (type === 'SHOW_REF') throw notSelect('DESCRIBE, SHOW and SUMMARIZE are no selections.')
  if (type === 'TABLE_FUNCTION') {
    const call = own(node, 'function')
    const name = isObject(call) ? text(own(call, 'function_name')).toLowerCase() : ''
    if (!TABLE_FUNCTIONS.has(name)) throw refused(name)
  }
  if (own(node, 'class') === 'FUNCTION') {
    const name = text(own(node, 'function_name')).toLowerCase()
    if (REFUSED_FUNCTIONS.has(name)) throw refused(name)
  }
}

function refused(name: string): WarehouseError {
  return new WarehouseError({
    code: 'function-refused',
    message: `The function ${name} is not available in a model’s SQL.`,
    hint: `Table functions that are: ${[...TABLE_FUNCTIONS].join(', ')}.`,
  })
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
