import type { PoolClient } from 'pg'
import type { TableInfo } from '../connector.ts'
import { type NamePart, parseTableName, printTableName, quoteIdentifier } from '../table-name.ts'
import { WarehouseError } from '../warehouse-error.ts'

const PLAIN = /^[a-z_][a-z0-9_$]*$/
const MAX_TABLES = 20_000
/** Tables, partitioned and foreign ones, views and materialised views. */
const KINDS = "'r', 'p', 'f', 'v', 'm'"
const OWN_SCHEMAS = "n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'"

type TableRow = { schema: string; table: string; kind: string; rows: number | null }

export async function listTables(client: PoolClient): Promise<readonly TableInfo[]> {
  const { rows } = await client.query<TableRow>(`
    SELECT n.nspname AS "schema", c.relname AS "table", c.relkind::text AS "kind",
           CASE WHEN c.reltuples >= 0 AND c.relkind <> 'v' THEN c.reltuples::float8 END AS "rows"
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN (${KINDS}) AND NOT c.relispartition AND ${OWN_SCHEMAS}
      AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
    ORDER BY 1, 2 LIMIT ${MAX_TABLES}`)
  return rows.map(({ schema, table, kind, rows: estimate }) => ({
    name: printTableName([schema, table], PLAIN),
    schema,
    table,
    kind: kind === 'v' || kind === 'm' ? 'view' : 'table',
    rows: estimate,
  }))
}

/**
 * The table that a model names, as our own SELECT. A bare part means what PostgreSQL reads, its lower
 * case; else the only spelling there is, since models often name tables in capitals (`PUBLIC.USERS`).
 */
export async function selectTable(client: PoolClient, name: string): Promise<string> {
  const parts = parseTableName(name)
  const table = parts?.at(-1)
  if (!parts || !table) {
    throw new WarehouseError({
      code: 'table-missing',
      message: `${JSON.stringify(name)} is no name of a table.`,
    })
  }
  const schema = parts.at(-2)
  const { rows } = await client.query<{ schema: string; table: string; database: string }>(
    `SELECT n.nspname AS "schema", c.relname AS "table", current_database() AS "database"
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN (${KINDS}) AND lower(c.relname) = lower($1)
       AND CASE WHEN $2::text IS NULL THEN n.nspname = ANY (pg_catalog.current_schemas(false))
                ELSE lower(n.nspname) = lower($2) END
     ORDER BY array_position(pg_catalog.current_schemas(false), n.nspname), 1, 2`,
    [table.text, schema?.text ?? null],
  )
  const database = parts.length === 3 ? parts[0] : undefined
  const fitting = rows.filter(
    (row) =>
      fits(table, row.table) &&
      (!schema || fits(schema, row.schema)) &&
      (!database || fits(database, row.database)),
  )
  const found = fitting.find((row) => isMeant(table, row.table) && (!schema || isMeant(schema, row.schema)))
  const chosen = found ?? onlyOne(name, fitting)
  if (!chosen)
    throw new WarehouseError({ code: 'table-missing', message: `There is no table ${name} in this source.` })
  return `SELECT * FROM ${quoteIdentifier(chosen.schema)}.${quoteIdentifier(chosen.table)}`
}

function fits(part: NamePart, actual: string): boolean {
  return part.quoted ? part.text === actual : part.text.toLowerCase() === actual.toLowerCase()
}

function isMeant(part: NamePart, actual: string): boolean {
  return part.quoted || part.text.toLowerCase() === actual
}

function onlyOne<T extends { schema: string; table: string }>(
  name: string,
  rows: readonly T[],
): T | undefined {
  if (rows.length < 2) return rows[0]
  const names = rows.map((row) => printTableName([row.schema, row.table], PLAIN))
  throw new WarehouseError({
    code: 'table-missing',
    message: `${name} could be ${names.join(' or ')}.`,
    hint: 'Write the name in quotes, in its own letter case.',
  })
}
