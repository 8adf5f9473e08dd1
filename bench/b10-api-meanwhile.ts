import { firstSyncOnce } from './b1-first-sync.ts'
import type { Bench, Claim } from './bench.ts'
import { type Figure, quantile, ratio, timePairs } from './figure.ts'
import { startReading } from './reading.ts'
import { TRANSPORTS, type Transport } from './remotes.ts'

const PAIRS = 5
const AT_MOST = 3
const GOOD_ENOUGH_SECONDS = 0.015
const TAIL = 0.95
const IDLE_MS = 4_000

export const apiMeanwhile: Claim = {
  id: 'B10',
  title: 'reading a model 50 times a second in a first sync, against the same of an idle server (p95)',
  measure: async (bench) => {
    const figures: Figure[] = []
    for (const transport of TRANSPORTS) figures.push(await measure(bench, transport))
    return figures
  },
}

async function measure(bench: Bench, transport: Transport): Promise<Figure> {
  const pairs = await timePairs(
    bench.pairs(PAIRS),
    (round) =>
      whileReading(bench, `B10.${transport} ${round}`, () =>
        firstSyncOnce(bench, transport, `b10-${transport}-${round}`),
      ),
    (round) =>
      whileReading(
        bench,
        `B10.${transport} ${round}, idle`,
        () => new Promise((later) => setTimeout(later, IDLE_MS)),
      ),
  )
  return { ...ratio(`B10.${transport}`, pairs, AT_MOST), orSeconds: GOOD_ENOUGH_SECONDS }
}

/** The 95th percentile of the reads that were due while the work went on. */
async function whileReading(bench: Bench, name: string, work: () => Promise<unknown>): Promise<number> {
  const { server, workspace, resources } = bench
  const model = resources[0]
  if (model === undefined) throw new Error('there is no model to read')
  const reading = await startReading(server, `/workspaces/${workspace}/${model.kind}/${model.slug}`)
  await work()
  const took = await reading.stop()
  const tail = quantile(took, TAIL)
  const worst = Math.max(...took)
  bench.note(
    `${name}: ${took.length} reads, p95 ${Math.round(tail * 1000)} ms, worst ${Math.round(worst * 1000)} ms`,
  )
  return tail
}
