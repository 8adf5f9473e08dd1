import type { Json } from '../core/model/json.ts'

/** A preview shows the beginning of a long value; these bound what one cell can cost. */
const MAX_TEXT = 4_000
const MAX_BYTES = 64
const MAX_NESTED = 8_000
const MAX_ANSWER = 4_000_000

export function textCell(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`
}

/** `\x` and hexadecimal digits, as PostgreSQL prints bytes. */
export function bytesCell(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, MAX_BYTES)).toString('hex')
  return `\\x${shown}${bytes.length > MAX_BYTES ? '…' : ''}`
}

/** Exact or text: a number that JavaScript cannot hold stays as its digits. */
export function integerCell(value: bigint): Json {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

export function floatCell(value: number): Json {
  return Number.isFinite(value) ? value : String(value)
}

/** A list or struct whose text is too long for a cell is cut as text. */
export function nestedCell(value: Json): Json {
  const text = JSON.stringify(value)
  return text.length <= MAX_NESTED ? value : `${text.slice(0, MAX_NESTED)}…`
}

/** A JSON document of the warehouse; numbers that JavaScript cannot hold become text. */
export function jsonCell(text: string): Json {
  if (text.length > MAX_NESTED) return `${text.slice(0, MAX_NESTED)}…`
  try {
    return JSON.parse(text, exactNumber)
  } catch {
    return textCell(text)
  }
}

/** `context.source` is the number's own text (ES2025; TypeScript's library does not have it yet). */
function exactNumber(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? context.source : value
}

/** Rows until the limit, or until together they are more than an answer should carry. */
export class RowCollector {
  readonly rows: Json[][] = []
  truncated = false
  private size = 0
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  /** False: no further row is wanted. */
  add(row: () => Json[]): boolean {
    if (this.rows.length >= this.limit || this.size > MAX_ANSWER) {
      this.truncated = true
      return false
    }
    const cells = row()
    this.rows.push(cells)
    this.size += JSON.stringify(cells).length
    return true
  }
}
