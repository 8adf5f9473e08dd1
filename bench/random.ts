export type Random = {
  /** From 0 to below 1. */
  next(): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  one<T>(items: readonly T[]): T
  words(count: number): string
  /** Words of about so many characters together. */
  text(length: number): string
}

/** Mulberry32: small, and the same numbers for a seed everywhere. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const one = <T>(items: readonly T[]): T => {
    const item = items[between(0, items.length - 1)]
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }
  const word = () => Array.from({ length: between(1, 3) }, () => one(SYLLABLES)).join('')
  const text = (length: number) => {
    let words = word()
    while (words.length < length) words += ` ${word()}`
    return words
  }
  return { next, between, one, text, words: (count) => Array.from({ length: count }, word).join(' ') }
}

const SYLLABLES =
  `ba be bi bo bu da de di do du fa fe fi fo ga ge gi go ka ke ki ko ku la le li lo lu ma me mi mo mu
  na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo`.split(/\s+/)
