import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>

/** Names our sessions in pg_stat_activity, so that nobody stops a server that another of us still uses. */
export const APPLICATION_NAME = 'tandem'

/**
 * A pool of connections. `bigint` columns come as strings, `timestamptz` as Date, `jsonb` as parsed JSON
 * (JSON.parse defines keys, so `__proto__` stays data). Arrays for a `jsonb` column must be stringified.
 */
export function openDatabase(url: string, options: { readonly max?: number } = {}): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: 10_000,
  })
  // An idle connection that the server closes is replaced by the pool; unheard, the event ends the process.
  pool.on('error', () => {})
  // Nor must one that is closed while somebody has it: what they ask next fails.
  pool.on('connect', (client) => client.on('error', () => {}))
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}
