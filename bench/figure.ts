/** What `--json` prints for each figure (C5). */
export type Figure = {
  readonly id: string
  /** Ratios are work over baseline: below one is faster than the baseline. */
  readonly value: number
  readonly unit: 'ratio' | 'MB'
  /** The baseline in seconds, measured in the same run; null where there is none. */
  readonly baseline: number | null
  /** The work, in seconds (or MB), in the order in which it ran. */
  readonly samples: readonly number[]
  /** Which of them counts: 0.5 is the median. */
  readonly part: number
  /** What the claim promises. */
  readonly atMost: number
  /** So many seconds are good enough, whatever the ratio. */
  readonly orSeconds?: number
  /** The promise is this many seconds alone; the ratio is told beside it. */
  readonly withinSeconds?: number
}

export function isReached({ value, atMost, orSeconds, withinSeconds, samples, part }: Figure): boolean {
  const took = quantile(samples, part)
  if (withinSeconds !== undefined) return took <= withinSeconds
  return value <= atMost || (orSeconds !== undefined && took <= orSeconds)
}

export type Pairs = { readonly work: readonly number[]; readonly baseline: readonly number[] }

export function ratio(id: string, { work, baseline }: Pairs, atMost: number, part = 0.5): Figure {
  const below = quantile(baseline, part)
  return {
    id,
    value: round(quantile(work, part) / below),
    unit: 'ratio',
    baseline: round(below),
    samples: work.map(round),
    part,
    atMost,
  }
}

/**
 * Times work and baseline in turn, after one pair that does not count; which goes first alternates too, so
 * that neither always finds the disk warm.
 */
export async function timePairs(
  count: number,
  work: (round: number) => Promise<number>,
  baseline: (round: number) => Promise<number>,
): Promise<Pairs> {
  const pairs = { work: [] as number[], baseline: [] as number[] }
  for (let i = 0; i <= count; i++) {
    const first = i % 2 === 0 ? await work(i) : await baseline(i)
    const second = i % 2 === 0 ? await baseline(i) : await work(i)
    if (i === 0) continue
    pairs.work.push(i % 2 === 0 ? first : second)
    pairs.baseline.push(i % 2 === 0 ? second : first)
  }
  return pairs
}

/** Seconds that something took. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** The nearest rank; 0.5 is the median. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
