import type { Pool, PoolClient } from 'pg'

/** The server stops a statement at its own time; a connection that has not answered by then is cut. */
const GRACE_MS = 3_000

/**
 * A read-only transaction with limits of its own. Nothing that a statement sets survives it: the
 * transaction is rolled back and the session cleared, and after any error the connection is thrown away.
 */
export async function readOnly<T>(
  pool: Pool,
  ms: number,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  const guard = setTimeout(() => client.connection.stream.destroy(), ms + GRACE_MS)
  let failed = true
  try {
    await client.query(
      `BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${ms}; SET LOCAL lock_timeout = ${ms};
       SET LOCAL idle_in_transaction_session_timeout = ${ms + GRACE_MS};
       SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL bytea_output = 'hex'`,
    )
    const result = await work(client)
    await client.query('ROLLBACK')
    await client.query('DISCARD ALL')
    failed = false
    return result
  } finally {
    clearTimeout(guard)
    client.release(failed)
  }
}
