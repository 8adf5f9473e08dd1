import { isObject, type Json } from '../model/json.ts'

/**
 * Objects as PostgreSQL's `jsonb` orders them (F12): shorter keys first, counted in UTF-8 bytes, then
 * bytewise, at every depth. Integer-like keys come first all the same: JavaScript holds them so.
 */
export function jsonbOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(jsonbOrder)
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, item]) => [key, jsonbOrder(item)] as const)
  // Most values are in order already: they come from the database, or from a file that the program wrote.
  const isOrdered = entries.every(([key], i) => i === 0 || compareKeys(entries[i - 1]?.[0] ?? '', key) < 0)
  return Object.fromEntries(isOrdered ? entries : entries.sort(([a], [b]) => compareKeys(a, b)))
}

export function compareKeys(a: string, b: string): number {
  return utf8Length(a) - utf8Length(b) || compareBytes(a, b)
}

/** Bytes of a text in UTF-8. A lone half of a surrogate pair counts as the three bytes of U+FFFD. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    else if (isPair(unit, text.charCodeAt(i + 1))) {
      bytes += 2
      i += 1
    } else bytes += 2
  }
  return bytes
}

/** The order of the UTF-8 bytes is that of the code points, which UTF-16 units follow but for surrogates. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i += 1) {
    const unitA = a.charCodeAt(i)
    const unitB = b.charCodeAt(i)
    if (unitA !== unitB) return rank(unitA) - rank(unitB)
  }
  return a.length - b.length
}

function isPair(high: number, low: number): boolean {
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000
}

/** Surrogates stand for code points above U+FFFF, so they rank behind U+E000…U+FFFF. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
