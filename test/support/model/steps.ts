import { drawFrom, numbersFrom } from './random.ts'

/** What can happen, with how often it does. Each step has its own numbers, so that one can be left out. */
const WEIGHTS = {
  save: 16,
  'save-new': 8,
  'save-delete': 5,
  'save-rename': 4,
  'save-batch': 4,
  restore: 2,
  push: 16,
  'push-new': 8,
  'push-delete': 5,
  'push-move': 2,
  'push-restyle': 4,
  'push-note': 2,
  'push-guest': 1,
  'push-manifest': 1,
  'push-break': 4,
  'push-repair': 5,
  'push-unknown-source': 2,
  'push-force': 2,
  'push-many-deletes': 1,
  'branch-gone': 1,
  sync: 22,
  'sync-lost': 5,
  crash: 6,
  race: 7,
  triggers: 3,
  'lose-cache': 2,
  reconnect: 1,
  resolve: 8,
  approve: 4,
  'set-aside': 3,
  'put-back': 2,
} as const
export type StepKind = keyof typeof WEIGHTS
export type Step = { readonly kind: StepKind; readonly numbers: readonly number[] }

const KINDS = Object.entries(WEIGHTS).flatMap(([kind, weight]) =>
  // Object.entries forgets the key type of a Record.
  Array.from({ length: weight }, () => kind as StepKind),
)
const NUMBERS = 400

/** The steps of one sequence: all of it follows from the seed. */
export function stepsOf(seed: number): { readonly start: Step; readonly steps: readonly Step[] } {
  const next = numbersFrom(seed)
  const draw = drawFrom(next)
  const numbers = () => {
    const own = numbersFrom(next())
    return Array.from({ length: NUMBERS }, own)
  }
  const length = 6 + draw.below(20)
  const start: Step = { kind: 'sync', numbers: numbers() }
  return { start, steps: Array.from({ length }, () => ({ kind: draw.pick(KINDS), numbers: numbers() })) }
}
