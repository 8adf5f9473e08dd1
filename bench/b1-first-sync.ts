import { join } from 'node:path'
import { headOf, plainGit } from '../test/support/git-bare.ts'
import type { Bench, Claim } from './bench.ts'
import { commitByHand, createWorkingTree, writeFiles } from './by-hand.ts'
import { connectTo, type Run, syncAndWait } from './connect.ts'
import { type Figure, ratio, seconds, timePairs } from './figure.ts'
import { TRANSPORTS, type Transport } from './remotes.ts'

const PAIRS = 5
const AT_MOST = 0.8

export const firstSync: Claim = {
  id: 'B1',
  title: 'first sync of 10,000 resources, against git add, commit, push of the same files',
  measure: async (bench) => {
    const figures: Figure[] = []
    for (const transport of TRANSPORTS) figures.push(await measure(bench, transport))
    return figures
  },
}

async function measure(bench: Bench, transport: Transport): Promise<Figure> {
  const pairs = await timePairs(
    bench.pairs(PAIRS),
    (round) => firstSyncOnce(bench, transport, `b1-${transport}-${round}`),
    (round) => byHandOnce(bench, transport, round, 'b1'),
  )
  return ratio(`B1.${transport}`, pairs, AT_MOST)
}

/** From asking for the first sync with an empty repository to the answer that it is there. */
export async function firstSyncOnce(bench: Bench, transport: Transport, name: string): Promise<number> {
  const remote = await bench.remote(transport, name)
  await connectTo(bench, remote)
  let run: Run | undefined
  const took = await seconds(async () => {
    run = await syncAndWait(bench)
  })
  const last = run?.commits.at(-1)?.oid
  if (last === undefined || (await headOf(remote.dir)) !== last)
    throw new Error('the first sync is not at the remote')
  const files = await plainGit(remote.dir, ['ls-tree', '-r', '--name-only', 'main'])
  if (files.split('\n').length < bench.resources.length) throw new Error('the first sync left files out')
  const phases = run?.phases.map(({ name, ms }) => `${name} ${Math.round(ms)} ms`).join(', ')
  bench.note(`${name}: ${took.toFixed(2)} s (${phases})`)
  return took
}

/** The baseline of every claim about all files at once. */
export async function byHandOnce(
  bench: Bench,
  transport: Transport,
  round: number,
  prefix: string,
): Promise<number> {
  const name = `${prefix}-${transport}-${round}-by-hand`
  const tree = await createWorkingTree(join(bench.folder, name), await bench.remote(transport, name))
  await writeFiles(tree, bench.resources)
  const took = await seconds(() => commitByHand(tree, ['-A'], 'All files'))
  bench.note(`${name}: ${took.toFixed(2)} s`)
  return took
}
