import type { DuckDBConnection } from '@duckdb/node-api'
import { timedOut } from '../warehouse-error.ts'

/**
 * Runs work on a connection and interrupts it when its time is over. The interrupt repeats: one that falls
 * between two statements is lost.
 */
export async function withDeadline<T>(
  connection: DuckDBConnection,
  ms: number,
  work: () => Promise<T>,
): Promise<T> {
  let expired = false
  let repeat: NodeJS.Timeout | undefined
  const interrupt = () => {
    expired = true
    connection.interrupt()
  }
  const first = setTimeout(() => {
    interrupt()
    repeat = setInterval(interrupt, 50)
  }, ms)
  try {
    return await work()
  } catch (error) {
    if (expired) throw timedOut(ms)
    throw error
  } finally {
    clearTimeout(first)
    clearInterval(repeat)
  }
}
