import { byHandOnce } from './b1-first-sync.ts'
import type { Bench, Claim } from './bench.ts'
import { syncAndWait } from './connect.ts'
import { type Figure, ratio, seconds, timePairs } from './figure.ts'
import { TRANSPORTS, type Transport } from './remotes.ts'
import { styledRepository } from './styled.ts'

const PAIRS = 5
const AT_MOST = 0.25

export const fullResync: Claim = {
  id: 'B6',
  title: 'full resync of 10,000 without differences, against git add, commit, push of the same files',
  measure: async (bench) => {
    const figures: Figure[] = []
    for (const transport of TRANSPORTS) figures.push(await measure(bench, transport))
    return figures
  },
}

async function measure(bench: Bench, transport: Transport): Promise<Figure> {
  await styledRepository(bench, transport, `b6-${transport}`)
  const pairs = await timePairs(
    bench.pairs(PAIRS),
    (round) =>
      seconds(async () => {
        const run = await syncAndWait(bench, { full: true })
        if (run.commits.length > 0) throw new Error(`resync ${round} made a commit`)
      }),
    (round) => byHandOnce(bench, transport, round, 'b6'),
  )
  return ratio(`B6.${transport}`, pairs, AT_MOST)
}
