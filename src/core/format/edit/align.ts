import { isObject, type Json, own, sameJson } from '../../model/json.ts'

/** Which old element becomes which new one, both in rising order; an old one without a new one goes. */
export type Alignment = readonly { readonly from: number; readonly to: number }[]

/** Beyond this, the middle of two long lists is paired by position: comparing all with all takes too long. */
const MAX_PAIRS = 250_000

/** Pairs equal elements first, then those that look like one another, by the names that they carry. */
export function align(before: readonly Json[], after: readonly Json[]): Alignment {
  let start = 0
  while (start < before.length && start < after.length && sameJson(before[start], after[start])) start += 1
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    sameJson(before.at(-1 - end), after.at(-1 - end))
  ) {
    end += 1
  }
  const middle = alignMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end))
  return [
    ...Array.from({ length: start }, (_, i) => ({ from: i, to: i })),
    ...middle.map(({ from, to }) => ({ from: from + start, to: to + start })),
    ...Array.from({ length: end }, (_, i) => ({ from: before.length - end + i, to: after.length - end + i })),
  ]
}

/** The pairing of the highest total likeness that keeps the order: the classic table, read back to front. */
function alignMiddle(before: readonly Json[], after: readonly Json[]): Alignment {
  const [rows, columns] = [before.length, after.length]
  if (rows * columns > MAX_PAIRS) {
    return Array.from({ length: Math.min(rows, columns) }, (_, i) => ({ from: i, to: i }))
  }
  const width = columns + 1
  const best = new Float64Array((rows + 1) * width)
  const scores = new Float64Array(rows * columns)
  const at = (row: number, column: number) => best[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const score = likeness(before[row] ?? null, after[column] ?? null)
      scores[row * columns + column] = score
      const paired = score === 0 ? 0 : score + at(row + 1, column + 1)
      best[row * width + column] = Math.max(paired, at(row + 1, column), at(row, column + 1))
    }
  }
  const pairs: { from: number; to: number }[] = []
  let [row, column] = [0, 0]
  while (row < rows && column < columns) {
    const score = scores[row * columns + column] ?? 0
    if (score > 0 && at(row, column) === score + at(row + 1, column + 1)) {
      pairs.push({ from: row, to: column })
      row += 1
      column += 1
    } else if (at(row, column) === at(row + 1, column)) row += 1
    else column += 1
  }
  return pairs
}

const NAMES = ['name', 'slug', 'id', 'key', 'to', 'fromColumn']

function likeness(a: Json, b: Json): number {
  if (sameJson(a, b)) return 1000
  if (!isObject(a) || !isObject(b))
    return Array.isArray(a) === Array.isArray(b) && isObject(a) === isObject(b) ? 1 : 0
  const keys = Object.keys(a)
  const equal = keys.filter((key) => sameJson(a[key], own(b, key))).length
  const named = NAMES.some((name) => own(a, name) !== undefined && sameJson(own(a, name), own(b, name)))
  return 1 + (named ? 100 : 0) + (49 * equal) / Math.max(keys.length, Object.keys(b).length, 1)
}
