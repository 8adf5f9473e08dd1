import { plainGit } from '../test/support/git-bare.ts'
import type { Bench, Claim } from './bench.ts'
import { commitByHand } from './by-hand.ts'
import { type Figure, ratio, seconds, timePairs } from './figure.ts'
import { TRANSPORTS, type Transport } from './remotes.ts'
import { clone, edit, rename, styledRepository } from './styled.ts'
import { startWebhook, until } from './webhook.ts'

const PAIRS = 50
const AT_MOST = 3
const WITHIN_SECONDS = 1
const TAIL = 0.95
const TAIL_WITHIN_SECONDS = 2

export const webhook: Claim = {
  id: 'B11',
  title:
    'a pushed commit of one file among 10,000, from the webhook to applied, against git fetch and reading that file',
  measure: async (bench) => {
    const figures: Figure[] = []
    for (const transport of TRANSPORTS) figures.push(...(await measure(bench, transport)))
    return figures
  },
}

async function measure(bench: Bench, transport: Transport): Promise<Figure[]> {
  const { remote, person } = await styledRepository(bench, transport, `b11-${transport}`)
  const reader = await clone(bench, remote, `b11-${transport}-reader`)
  const deliver = await startWebhook(bench)
  let pushed = -1
  const resourceOf = (round: number) => {
    const resource = bench.resources[round * 3]
    if (resource === undefined) throw new Error('there are more rounds than resources')
    return resource
  }
  /** Not timed: whichever comes first in a round. */
  const push = async (round: number) => {
    if (pushed === round) return
    pushed = round
    const { path } = resourceOf(round)
    await edit(person, path, (text) => rename(text, `Hooked by ${transport} ${round}`))
    await commitByHand(person, [path], `Round ${round}`)
  }
  const isApplied = async (round: number): Promise<boolean> => {
    const { kind, slug } = resourceOf(round)
    const path = `/workspaces/${bench.workspace}/${kind}/${slug}`
    return (await bench.server.ask<{ name: string }>('GET', path)).name === `Hooked by ${transport} ${round}`
  }
  const pairs = await timePairs(
    bench.pairs(PAIRS),
    async (round) => {
      await push(round)
      return seconds(async () => {
        await deliver()
        await until(() => isApplied(round))
      })
    },
    async (round) => {
      await push(round)
      return seconds(async () => {
        await plainGit(reader.dir, [...remote.gitOptions, 'fetch', '--quiet', 'origin', 'main'])
        await plainGit(reader.dir, ['cat-file', 'blob', `FETCH_HEAD:${resourceOf(round).path}`])
      })
    },
  )
  return [
    { ...ratio(`B11.${transport}`, pairs, AT_MOST), withinSeconds: WITHIN_SECONDS },
    { ...ratio(`B11.${transport}.p95`, pairs, AT_MOST, TAIL), withinSeconds: TAIL_WITHIN_SECONDS },
  ]
}
