import { firstSyncOnce } from './b1-first-sync.ts'
import type { Claim } from './bench.ts'
import { type Figure, ratio, timePairs } from './figure.ts'
import { TRANSPORTS } from './remotes.ts'

const PAIRS = 3
const AT_MOST = 11
const TIMES = 10

export const firstSyncBySize: Claim = {
  id: 'B8',
  title: 'first sync of 100,000 resources, against one of 10,000',
  // Its own server: a hundred thousand resources would be in the way of every other claim.
  measure: (bench) =>
    bench.withOwnServer(async (few) => {
      const many = await few.withTimes(TIMES)
      const figures: Figure[] = []
      for (const transport of TRANSPORTS) {
        const pairs = await timePairs(
          few.pairs(PAIRS),
          (round) => firstSyncOnce(many, transport, `b8-many-${transport}-${round}`),
          (round) => firstSyncOnce(few, transport, `b8-few-${transport}-${round}`),
        )
        figures.push(ratio(`B8.${transport}`, pairs, AT_MOST))
      }
      return figures
    }),
}
