import { plainGit } from '../test/support/git-bare.ts'
import { allByHand, saveByHand } from './b2-one-save.ts'
import type { Bench, Claim } from './bench.ts'
import { connectTo, syncAndWait } from './connect.ts'
import { type Figure, quantile, ratio, seconds, timePairs } from './figure.ts'
import { type Remote, TRANSPORTS, type Transport } from './remotes.ts'
import type { Ask } from './server.ts'

const PAIRS = 3
const AT_MOST = 0.25
const PEOPLE = 50
const SAVES_EACH = 20
/** So many commits by hand are timed for the price of one. */
const BY_HAND = 10
const WITHIN_MS = 600_000

export const manySavers: Claim = {
  id: 'B9',
  title: 'fifty people save 20 times each at once, against a thousand times one save by hand',
  measure: async (bench) => {
    const people = await signInAll(bench)
    const figures: Figure[] = []
    for (const transport of TRANSPORTS) figures.push(await measure(bench, people, transport))
    return figures
  },
}

async function measure(bench: Bench, people: readonly Ask[], transport: Transport): Promise<Figure> {
  const remote = await bench.remote(transport, `b9-${transport}`)
  await connectTo(bench, remote)
  await syncAndWait(bench)
  const tree = await allByHand(bench, transport, `b9-${transport}-by-hand`)
  const pairs = await timePairs(
    bench.pairs(PAIRS),
    async (round) => {
      const before = await countCommits(remote)
      const took = await seconds(() => saveAll(bench, people, `${transport}, round ${round}`))
      const made = (await countCommits(remote)) - before
      if (made !== PEOPLE * SAVES_EACH) throw new Error(`${made} commits came of the saves`)
      bench.note(`B9.${transport} ${round}: ${took.toFixed(2)} s`)
      return took
    },
    async (round) => {
      const each: number[] = []
      for (let i = 0; i < BY_HAND; i++) each.push(await saveByHand(bench, tree, round * BY_HAND + i))
      return quantile(each, 0.5) * PEOPLE * SAVES_EACH
    },
  )
  return ratio(`B9.${transport}`, pairs, AT_MOST)
}

async function signInAll({ server, workspace }: Bench): Promise<Ask[]> {
  const people: Ask[] = []
  for (let i = 0; i < PEOPLE; i++) {
    const [email, password] = [`person-${i}@example.com`, `password-of-person-${i}`]
    await server.ask('POST', `/workspaces/${workspace}/members`, { email, password, role: 'editor' })
    people.push(await server.signIn(email, password))
  }
  return people
}

/** From the first save to the moment when nothing is on its way any more: what is settled was read back. */
async function saveAll(bench: Bench, people: readonly Ask[], by: string): Promise<void> {
  const { server, workspace, resources } = bench
  await Promise.all(
    people.map(async (ask, person) => {
      for (let save = 0; save < SAVES_EACH; save++) {
        const resource = resources[person * SAVES_EACH + save]
        if (resource === undefined) throw new Error('there are fewer models than saves')
        const { kind, slug, value } = resource
        const description = `Changed by person ${person}, ${by}`
        await ask('PUT', `/workspaces/${workspace}/${kind}/${slug}`, { ...value, description })
      }
    }),
  )
  const deadline = performance.now() + WITHIN_MS
  while (performance.now() < deadline) {
    const { status } = await server.ask<{ status: { waiting: number } }>(
      'GET',
      `/workspaces/${workspace}/git`,
    )
    if (status.waiting === 0) return
    await new Promise((later) => setTimeout(later, 20))
  }
  throw new Error('the saves are not in Git')
}

async function countCommits({ dir }: Remote): Promise<number> {
  return Number(await plainGit(dir, ['rev-list', '--count', 'main']))
}
