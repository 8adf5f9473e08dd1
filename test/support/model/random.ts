/** Draws from numbers that a seed gives, the same ones each time (mulberry32). */
export type Draw = {
  /** A whole number below `n`. */
  below(n: number): number
  /** True once in `n` times. */
  once(n: number): boolean
  pick<T>(items: readonly T[]): T
}

export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
}

export function drawFrom(next: () => number): Draw {
  const below = (n: number) => next() % n
  return {
    below,
    once: (n) => below(n) === 0,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}
