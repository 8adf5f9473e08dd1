import type { JsonObject } from '../core/model/json.ts'
import type { Connector, TestOutcome, WarehousePolicy } from './connector.ts'
import { askDuckdb } from './duckdb/pool.ts'
import { findTarget } from './duckdb/target.ts'
import { failedTest } from './failed-test.ts'
import { MAX_KEY_ROWS, previewMs, previewRows } from './limits.ts'

/**
 * Config `{path?}`: a folder gives a table for each CSV, Parquet or JSON file, a `.duckdb` file its own
 * tables, no path an empty database in memory. Runs in a process of its own (duckdb/pool.ts).
 */
export function duckdbConnector(config: JsonObject, policy: WarehousePolicy): Connector {
  const target = () => findTarget(config, policy)
  const ms = previewMs(policy)
  return {
    test: async () => {
      const start = performance.now()
      try {
        const { version, tables } = await askDuckdb(await target(), { kind: 'describe', ms })
        return {
          kind: 'ok',
          version,
          tables,
          ms: Math.round(performance.now() - start),
        } satisfies TestOutcome
      } catch (error) {
        return failedTest(error)
      }
    },
    tables: async () => askDuckdb(await target(), { kind: 'tables', ms }),
    columns: async (query) => askDuckdb(await target(), { kind: 'columns', query, ms }),
    preview: async (query, limit) =>
      askDuckdb(await target(), { kind: 'preview', query, limit: previewRows(limit), ms }),
    keys: async (query, columns) =>
      askDuckdb(await target(), { kind: 'keys', query, columns, limit: MAX_KEY_ROWS, ms }),
    close: async () => {},
  }
}
