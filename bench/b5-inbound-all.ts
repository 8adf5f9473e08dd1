import { CORE_SCHEMA, load } from 'js-yaml'
import { plainGit } from '../test/support/git-bare.ts'
import type { Bench, Claim } from './bench.ts'
import { commitByHand, type WorkingTree } from './by-hand.ts'
import { syncAndWait } from './connect.ts'
import { type Figure, ratio, seconds, timePairs } from './figure.ts'
import { readObjects } from './read-objects.ts'
import { TRANSPORTS, type Transport } from './remotes.ts'
import { clone, edit, rename, styledRepository } from './styled.ts'

const PAIRS = 5
const AT_MOST = 1.5

export const inboundAll: Claim = {
  id: 'B5',
  title: 'a commit that touches 10,000 files, against git fetch, cat-file and js-yaml of all',
  measure: async (bench) => {
    const figures: Figure[] = []
    for (const transport of TRANSPORTS) figures.push(await measure(bench, transport))
    return figures
  },
}

async function measure(bench: Bench, transport: Transport): Promise<Figure> {
  const { remote, person } = await styledRepository(bench, transport, `b5-${transport}`)
  const reader = await clone(bench, remote, `b5-${transport}-reader`)
  let pushed = -1
  const push = async (round: number) => {
    if (pushed === round) return
    pushed = round
    await changeAll(bench, person, `All ${round}, ${transport}`)
  }
  const pairs = await timePairs(
    bench.pairs(PAIRS),
    async (round) => {
      await push(round)
      return inboundOnce(bench, `B5.${transport} ${round}`)
    },
    async (round) => {
      await push(round)
      return seconds(() => readByHand(reader))
    },
  )
  return ratio(`B5.${transport}`, pairs, AT_MOST)
}

/** A person renames what every file describes, and pushes that. */
export async function changeAll(bench: Bench, person: WorkingTree, name: string): Promise<void> {
  for (const { path } of bench.resources) await edit(person, path, (text) => rename(text, name))
  await commitByHand(person, ['-A'], name)
}

export async function inboundOnce(bench: Bench, name: string): Promise<number> {
  return seconds(async () => {
    const run = await syncAndWait(bench)
    if (run.counts.inbound !== bench.resources.length) throw new Error(`${run.counts.inbound} files came in`)
    const phases = run.phases.map((phase) => `${phase.name} ${Math.round(phase.ms)} ms`).join(', ')
    bench.note(`${name}: ${phases}`)
  })
}

/** What a program would do at least that takes the files in. */
export async function readByHand({ dir, remote }: WorkingTree): Promise<void> {
  const before = await plainGit(dir, ['rev-parse', 'refs/remotes/origin/main'])
  await plainGit(dir, [...remote.gitOptions, 'fetch', '--quiet', 'origin', 'main'])
  const changes = await plainGit(dir, ['diff-tree', '-r', '--raw', '--no-abbrev', before, 'FETCH_HEAD'])
  const oids = changes.split('\n').map((line) => line.split(' ')[3] ?? '')
  for (const text of await readObjects(dir, oids)) load(text, { schema: CORE_SCHEMA })
}
