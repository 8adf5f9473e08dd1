import { isObject, type Json, own, sameJson } from '../../model/json.ts'
import { jsonbOrder } from '../jsonb-order.ts'

/** Which old element becomes which new one, both in rising order; an old one without a new one goes. */
export type Alignment = readonly { readonly from: number; readonly to: number }[]

/** Beyond this, comparing all with all takes too long. */
const MAX_PAIRS = 100_000

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
    ...shift(middle, start, start),
    ...Array.from({ length: end }, (_, i) => ({ from: before.length - end + i, to: after.length - end + i })),
  ]
}

function shift(pairs: Alignment, from: number, to: number): Alignment {
  return pairs.map((pair) => ({ from: pair.from + from, to: pair.to + to }))
}

/** Long lists are cut at the elements that both have once; what lies between is paired by likeness or place. */
function alignMiddle(before: readonly Json[], after: readonly Json[]): Alignment {
  if (before.length * after.length <= MAX_PAIRS) return alignByLikeness(before, after)
  const cuts = rising(commonOnce(before, after))
  let [from, to] = [0, 0]
  const pairs: { from: number; to: number }[] = []
  for (const cut of [...cuts, { from: before.length, to: after.length }]) {
    const [gapBefore, gapAfter] = [before.slice(from, cut.from), after.slice(to, cut.to)]
    const gap =
      gapBefore.length * gapAfter.length <= MAX_PAIRS
        ? alignByLikeness(gapBefore, gapAfter)
        : Array.from({ length: Math.min(gapBefore.length, gapAfter.length) }, (_, i) => ({ from: i, to: i }))
    for (const pair of shift(gap, from, to)) pairs.push(pair)
    if (cut.from < before.length && cut.to < after.length) pairs.push(cut)
    from = cut.from + 1
    to = cut.to + 1
  }
  return pairs
}

/** Equal elements that stand once in each list, in the order of the first. */
function commonOnce(before: readonly Json[], after: readonly Json[]): { from: number; to: number }[] {
  const [inBefore, inAfter] = [before, after].map(placesOfUnique)
  return [...(inBefore ?? [])].flatMap(([text, from]) => {
    const to = inAfter?.get(text)
    return to === undefined ? [] : [{ from, to }]
  })
}

function placesOfUnique(list: readonly Json[]): Map<string, number> {
  const places = new Map<string, number>()
  const twice = new Set<string>()
  for (const [i, item] of list.entries()) {
    const text = JSON.stringify(jsonbOrder(item))
    if (places.has(text)) twice.add(text)
    places.set(text, i)
  }
  for (const text of twice) places.delete(text)
  return places
}

/** The longest part in which the places in the second list rise too (patience sorting). */
function rising(pairs: readonly { from: number; to: number }[]): { from: number; to: number }[] {
  type Link = { readonly pair: { from: number; to: number }; readonly previous: Link | null }
  const tops: Link[] = []
  for (const pair of pairs) {
    let [low, high] = [0, tops.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tops[middle]?.pair.to ?? 0) < pair.to) low = middle + 1
      else high = middle
    }
    tops[low] = { pair, previous: tops[low - 1] ?? null }
  }
  const result: { from: number; to: number }[] = []
  for (let link = tops.at(-1) ?? null; link !== null; link = link.previous) result.push(link.pair)
  return result.reverse()
}

/** The pairing of the highest total likeness that keeps the order: the classic table, read back to front. */
function alignByLikeness(before: readonly Json[], after: readonly Json[]): Alignment {
  const [rows, columns] = [before.length, after.length]
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
