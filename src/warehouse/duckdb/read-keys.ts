import type { DuckDBPreparedStatement } from '@duckdb/node-api'
import type { Keys } from '../connector.ts'
import { keyCell, keyPlaces } from '../key-columns.ts'
import { duckdbCell } from './cell.ts'

/** Streams, and keeps of each row the key columns alone. */
export async function readKeys(
  statement: DuckDBPreparedStatement,
  columns: readonly string[],
  limit: number,
): Promise<Keys> {
  const result = await statement.stream()
  const all = result.columnTypes()
  const places = keyPlaces(
    all.map((_, index) => result.columnName(index)),
    columns,
  )
  const rows: (string | null)[][] = []
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) break
    const vectors = places.map((place) => chunk.getColumnVector(place))
    for (let row = 0; row < chunk.rowCount; row++) {
      if (rows.length >= limit) return { types: typesAt(), rows, complete: false }
      rows.push(places.map((place, i) => textOf(vectors[i]?.getItem(row) ?? null, place)))
    }
  }
  return { types: typesAt(), rows, complete: true }

  function typesAt(): string[] {
    return places.map((place) => all[place]?.toString() ?? 'unknown')
  }
  function textOf(value: Parameters<typeof duckdbCell>[0], place: number): string | null {
    const type = all[place]
    const cell = value === null || type === undefined ? null : duckdbCell(value, type)
    return keyCell(cell === null || typeof cell === 'string' ? cell : JSON.stringify(cell))
  }
}
