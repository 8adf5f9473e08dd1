import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBGeometryValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  type DuckDBType,
  DuckDBUnionValue,
  type DuckDBValue,
  DuckDBVariantValue,
} from '@duckdb/node-api'
import type { Json } from '../../core/model/json.ts'
import { bytesCell, floatCell, integerCell, jsonCell, nestedCell, textCell } from '../cells.ts'

const MAX_DEPTH = 20
const MAX_ITEMS = 200

/** A value as JSON, exact (see `Preview`). Dates, times and the like are DuckDB's own text. */
export function duckdbCell(value: DuckDBValue, type: DuckDBType): Json {
  if (typeof value === 'string' && type.alias === 'JSON') return jsonCell(value)
  const cell = convert(value, 0)
  return typeof cell === 'object' && cell !== null ? nestedCell(cell) : cell
}

function convert(value: DuckDBValue, depth: number): Json {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return textCell(value)
  if (typeof value === 'number') return floatCell(value)
  if (typeof value === 'bigint') return integerCell(value)
  if (depth >= MAX_DEPTH) return '…'
  if (value instanceof DuckDBBlobValue || value instanceof DuckDBGeometryValue) return bytesCell(value.bytes)
  if (value instanceof DuckDBDecimalValue) return value.toString()
  if (value instanceof DuckDBTimestampTZValue) return value.toString()
  const nested = convertNested(value, depth + 1)
  return nested === undefined ? textCell(value.toString()) : nested
}

function convertNested(
  value: Exclude<DuckDBValue, null | boolean | string | number | bigint>,
  depth: number,
): Json | undefined {
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    const items: Json[] = value.items.slice(0, MAX_ITEMS).map((item) => convert(item, depth))
    return value.items.length > MAX_ITEMS ? [...items, '…'] : items
  }
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([key, item]) => [key, convert(item, depth)]))
  }
  if (value instanceof DuckDBMapValue) {
    const entries = value.entries.slice(0, MAX_ITEMS)
    return entries.map((entry) => ({ key: convert(entry.key, depth), value: convert(entry.value, depth) }))
  }
  if (value instanceof DuckDBUnionValue) return { [value.tag]: convert(value.value, depth) }
  if (value instanceof DuckDBVariantValue) return convert(value.value, depth)
  return undefined
}
