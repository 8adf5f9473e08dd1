import { plainGit } from '../test/support/git-bare.ts'
import type { Bench, Claim } from './bench.ts'
import { commitByHand } from './by-hand.ts'
import { syncAndWait } from './connect.ts'
import { type Figure, ratio, seconds, timePairs } from './figure.ts'
import { TRANSPORTS, type Transport } from './remotes.ts'
import { clone, edit, rename, styledRepository } from './styled.ts'

const PAIRS = 50
const AT_MOST = 3

export const inboundOne: Claim = {
  id: 'B4',
  title: 'a pushed commit of one file among 10,000, against git fetch and reading that file',
  measure: async (bench) => {
    const figures: Figure[] = []
    for (const transport of TRANSPORTS) figures.push(await measure(bench, transport))
    return figures
  },
}

async function measure(bench: Bench, transport: Transport): Promise<Figure> {
  const { remote, person } = await styledRepository(bench, transport, `b4-${transport}`)
  const reader = await clone(bench, remote, `b4-${transport}-reader`)
  let pushed = -1
  const pathOf = (round: number) => bench.resources[round * 3]?.path ?? ''
  /** Not timed: whichever comes first in a round. */
  const push = async (round: number) => {
    if (pushed === round) return
    pushed = round
    await edit(person, pathOf(round), (text) => rename(text, `One ${round}, ${transport}`))
    await commitByHand(person, [pathOf(round)], `Round ${round}`)
  }
  const pairs = await timePairs(
    bench.pairs(PAIRS),
    async (round) => {
      await push(round)
      return seconds(async () => {
        const run = await syncAndWait(bench)
        if (run.counts.inbound !== 1) throw new Error(`${run.counts.inbound} files came in instead of one`)
      })
    },
    async (round) => {
      await push(round)
      return seconds(async () => {
        await plainGit(reader.dir, [...remote.gitOptions, 'fetch', '--quiet', 'origin', 'main'])
        await plainGit(reader.dir, ['cat-file', 'blob', `FETCH_HEAD:${pathOf(round)}`])
      })
    },
  )
  return ratio(`B4.${transport}`, pairs, AT_MOST)
}
