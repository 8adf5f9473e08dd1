import { join } from 'node:path'
import { printResource } from '../src/core/format/print.ts'
import type { Bench, Claim } from './bench.ts'
import { commitByHand, createWorkingTree, type WorkingTree, writeFiles } from './by-hand.ts'
import { connectTo, syncAndWait } from './connect.ts'
import { type Figure, ratio, seconds, timePairs } from './figure.ts'
import { TRANSPORTS, type Transport } from './remotes.ts'

const PAIRS = 50
const AT_MOST = { median: 1.2, tail: 1.5 }
const WITHIN_SECONDS = 30

export const oneSave: Claim = {
  id: 'B2',
  title: 'one save on top of 10,000 files, against git add, commit, push of that file',
  measure: async (bench) => {
    const figures: Figure[] = []
    for (const transport of TRANSPORTS) figures.push(...(await measure(bench, transport)))
    return figures
  },
}

async function measure(bench: Bench, transport: Transport): Promise<Figure[]> {
  await connectTo(bench, await bench.remote(transport, `b2-${transport}`))
  await syncAndWait(bench)
  const tree = await allByHand(bench, transport, `b2-${transport}-by-hand`)
  const pairs = await timePairs(
    bench.pairs(PAIRS),
    async (round) => {
      const took = await saveOnce(bench, round, transport)
      if (round % 10 === 0) bench.note(`B2.${transport} ${round}: ${Math.round(took * 1000)} ms`)
      return took
    },
    (round) => saveByHand(bench, tree, round),
  )
  return [
    ratio(`B2.${transport}`, pairs, AT_MOST.median),
    ratio(`B2.${transport}.p95`, pairs, AT_MOST.tail, 0.95),
  ]
}

/** All files, committed and pushed by hand: what B2's baseline stands on. */
export async function allByHand(bench: Bench, transport: Transport, name: string): Promise<WorkingTree> {
  const tree = await createWorkingTree(join(bench.folder, name), await bench.remote(transport, name))
  await writeFiles(tree, bench.resources)
  await commitByHand(tree, ['-A'], 'All files')
  return tree
}

function changed(bench: Bench, round: number, by: string) {
  const resource = bench.resources[round * 4]
  if (resource === undefined) throw new Error('no such resource')
  return { ...resource, value: { ...resource.value, description: `Changed ${by}, round ${round}` } }
}

/** From sending the save to its state reading `in-git`. */
export async function saveOnce(
  { server, workspace, ...bench }: Bench,
  round: number,
  by: string,
): Promise<number> {
  const { kind, slug, value } = changed({ server, workspace, ...bench }, round, by)
  const path = `/workspaces/${workspace}/${kind}/${slug}`
  return seconds(async () => {
    await server.ask('PUT', path, value)
    const read = `${path}?waitSeconds=${WITHIN_SECONDS}`
    const { git } = await server.ask<{ git: { state: string } }>('GET', read)
    if (git.state !== 'in-git') throw new Error(`the save reads ${git.state}`)
  })
}

export async function saveByHand(bench: Bench, tree: WorkingTree, round: number): Promise<number> {
  const { kind, path, value } = changed(bench, round, 'by hand')
  await writeFiles(tree, [{ path, text: printResource(kind, value) }])
  return seconds(() => commitByHand(tree, [path], `Round ${round}`))
}
