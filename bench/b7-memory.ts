import { firstSyncOnce } from './b1-first-sync.ts'
import { changeAll, inboundOnce } from './b5-inbound-all.ts'
import type { Bench, Claim } from './bench.ts'
import type { Figure } from './figure.ts'
import { TRANSPORTS } from './remotes.ts'
import { styledRepository } from './styled.ts'

const ROUNDS = 3
const AT_MOST = 400
const SETTLED_MS = 1_500

export const memory: Claim = {
  id: 'B7',
  title: 'the most memory of the server in a first sync and in a commit that touches all files',
  measure: (bench) =>
    // What another claim has done would be in the figure: memory of a process grows together slowly.
    bench.withOwnServer(async (own) => {
      await forgetImport(own)
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

/** The figure is of the syncs: bringing the resources in by one request is over, and what it left has gone back. */
async function forgetImport({ server }: Bench): Promise<void> {
  await new Promise((later) => setTimeout(later, SETTLED_MS))
  await server.forgetPeak()
}

async function peak(id: string, { server }: Bench): Promise<Figure> {
  const megabytes = await server.peakMemory()
  return {
    id,
    value: Math.round(megabytes),
    unit: 'MB',
    baseline: null,
    samples: [megabytes],
    part: 1,
    atMost: AT_MOST,
  }
}
