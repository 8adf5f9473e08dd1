import type { Json } from '../../core/model/json.ts'
import { bytesCell, floatCell, integerCell, jsonCell, textCell } from '../cells.ts'

/** Object ids of built-in types never change; every other type is its text. */
const CELLS: Readonly<Record<number, (text: string) => Json>> = {
  16: (text) => text === 't',
  17: (text) => bytesCell(Buffer.from(text.slice(2), 'hex')),
  20: (text) => integerCell(BigInt(text)),
  21: Number,
  23: Number,
  26: Number,
  114: jsonCell,
  700: (text) => floatCell(Number(text)),
  701: (text) => floatCell(Number(text)),
  3802: jsonCell,
}

export function postgresCell(text: string | null, oid: number): Json {
  if (text === null) return null
  const convert = Object.hasOwn(CELLS, oid) ? CELLS[oid] : undefined
  return convert ? convert(text) : textCell(text)
}
