import type { Bench, Claim } from './bench.ts'
import { connectTo, syncAndWait } from './connect.ts'
import { type Figure, ratio, seconds, timePairs } from './figure.ts'

const PAIRS = 20
const WORKSPACES = 20
const EACH = 1_000
/** One in so many resources differs between two workspaces. */
const APART = 10
/** There is no baseline for what one git command does not answer: reading one model tells how fast the machine is. */
const AT_MOST = Number.POSITIVE_INFINITY

export const environments: Claim = {
  id: 'B13',
  title:
    'twenty workspaces of 1,000 resources beside each other, and two of them compared, against reading one model',
  measure: async (bench) => {
    const names = await bench.withWorkspaces(WORKSPACES, Math.min(EACH, bench.resources.length))
    const [from = '', to = ''] = names
    for (const workspace of names) {
      const remote = await bench.remote('file', `b13-${workspace}`)
      await connectTo({ ...bench, workspace }, remote)
      await syncAndWait({ ...bench, workspace })
    }
    await changeSome(bench, to)
    return [
      await measure(bench, 'B13.page', `/environments?workspaces=${names.join(',')}&limit=100`, 1),
      await measure(bench, 'B13.compare', `/environments/compare?from=${from}&to=${to}`, 0.3),
    ]
  },
}

async function changeSome({ server, resources }: Bench, workspace: string): Promise<void> {
  const some = resources.slice(0, EACH).filter((_, i) => i % APART === 0)
  const writes = some.map(({ kind, slug, value }) => ({
    kind,
    slug,
    value: { ...value, name: `${value.name} here` },
  }))
  await server.ask('POST', `/workspaces/${workspace}/changes`, { message: 'Change some', writes })
}

async function measure(bench: Bench, id: string, path: string, withinSeconds: number): Promise<Figure> {
  const [first] = bench.resources
  const model = `/workspaces/${bench.workspace}/${first?.kind}/${first?.slug}`
  const pairs = await timePairs(
    bench.pairs(PAIRS),
    () => seconds(() => bench.server.ask('GET', path)),
    () => seconds(() => bench.server.ask('GET', model)),
  )
  return { ...ratio(id, pairs, AT_MOST), withinSeconds }
}
