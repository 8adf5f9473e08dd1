import { firstSyncOnce } from './b1-first-sync.ts'
import { changeAll, inboundOnce } from './b5-inbound-all.ts'
import type { Bench, Claim } from './bench.ts'
import type { Figure } from './figure.ts'
import { TRANSPORTS } from './remotes.ts'
import { styledRepository } from './styled.ts'

const ROUNDS = 3
const AT_MOST = 400

export const memory: Claim = {
  id: 'B7',
  title: 'the most memory of the server in a first sync and in a commit that touches all files',
  measure: (bench) =>
    // What another claim has done would be in the figure: the kernel tells the peak since the start.
    bench.withOwnServer(async (own) => {
      for (const transport of TRANSPORTS)
        for (let round = 0; round < own.pairs(ROUNDS); round++)
          await firstSyncOnce(own, transport, `b7-${transport}-${round}`)
      const first = await peak('B7.first-sync', own)
      for (const transport of TRANSPORTS) {
        const { person } = await styledRepository(own, transport, `b7-${transport}`)
        for (let round = 0; round < own.pairs(ROUNDS); round++) {
          await changeAll(own, person, `All ${round}, ${transport}`)
          await inboundOnce(own, `b7-${transport} ${round}`)
        }
      }
      return [first, await peak('B7.inbound', own)]
    }),
}

async function peak(id: string, { server }: Bench): Promise<Figure> {
  const megabytes = await server.peakMemory()
  return {
    id,
    value: Math.round(megabytes),
    unit: 'MB',
    baseline: null,
    samples: [megabytes],
    atMost: AT_MOST,
  }
}
