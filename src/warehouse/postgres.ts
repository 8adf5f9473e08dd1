import pg from 'pg'
import type { JsonObject } from '../core/model/json.ts'
import type { Connector, ModelQuery, WarehousePolicy } from './connector.ts'
import { failedTest } from './failed-test.ts'
import { MAX_KEY_ROWS, previewMs, previewRows } from './limits.ts'
import { postgresConfig } from './postgres/config.ts'
import { explainPostgresError } from './postgres/explain-error.ts'
import { describeQuery, previewQuery, readKeys } from './postgres/select.ts'
import { readOnly } from './postgres/session.ts'
import { SourceClient } from './postgres/source-client.ts'
import { listTables } from './postgres/tables.ts'

/** Config `{host, port?, database, user, password?, ssl?}`: see postgres/config.ts. */
export function postgresConnector(config: JsonObject, policy: WarehousePolicy): Connector {
  const ms = previewMs(policy)
  let pool: pg.Pool | null = null
  const open = (): pg.Pool => {
    if (pool === null) {
      pool = new pg.Pool({ ...postgresConfig(config), Client: SourceClient })
      // A server that goes away takes its idle connections along; the next question opens anew.
      pool.on('error', () => {})
    }
    return pool
  }
  const where = `PostgreSQL at ${String(config.host)}:${String(config.port ?? 5432)}`
  const ask = async <T>(
    query: ModelQuery | null,
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> => {
    try {
      return await readOnly(open(), ms, work)
    } catch (error) {
      const sql = query?.type === 'raw_sql' ? query.rawSql : null
      throw explainPostgresError(error, { where, sql, ms, tables: await knownTables(open, ms, error) })
    }
  }
  return {
    test: async () => {
      const start = performance.now()
      try {
        const [version, tables] = await ask(null, async (client) => [
          await client.query<{ version: string }>(`SELECT current_setting('server_version') AS version`),
          await listTables(client),
        ])
        return {
          kind: 'ok',
          version: `PostgreSQL ${version.rows[0]?.version}`,
          tables: tables.length,
          ms: Math.round(performance.now() - start),
        }
      } catch (error) {
        return failedTest(error)
      }
    },
    tables: () => ask(null, listTables),
    columns: (query) => ask(query, (client) => describeQuery(client, query)),
    preview: (query, limit) => ask(query, (client) => previewQuery(client, query, previewRows(limit))),
    keys: (query, columns) => ask(query, (client) => readKeys(client, query, columns, MAX_KEY_ROWS)),
    close: async () => {
      await pool?.end()
      pool = null
    },
  }
}

/** For "did you mean", only when a table is what is missing. */
async function knownTables(open: () => pg.Pool, ms: number, error: unknown): Promise<readonly string[]> {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code !== '42P01' && code !== 'table-missing') return []
  try {
    const tables = await readOnly(open(), ms, listTables)
    return tables.map((table) => table.name)
  } catch {
    return []
  }
}
