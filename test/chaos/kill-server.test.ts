import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import { firstSyncs, type Kind, lastEnd, moves, openOf, settled } from './server-rounds.ts'

const seed = Number(process.env.TANDEM_CHAOS_SEED ?? 7)
const ROUNDS = 7
const KINDS = ['first', 'outbound', 'inbound', 'both'] as const
/** Per round and kind: how far its run is when the server dies, as a part of what such a run takes. */
const MOMENTS = fc.sample(fc.tuple(part(), part(), part(), part()), { numRuns: ROUNDS, seed })

/** Bounds are reached as seldom as anything between, not as often as fast-check would. */
function part(): fc.Arbitrary<number> {
  return fc.noBias(fc.integer({ min: 20, max: 850 })).map((thousandths) => thousandths / 1000)
}

let server: TestServer
let kinds: readonly Kind[]
/** What a run of each kind takes here while the others go on beside it. */
let lengths: number[]
/** The runs that the kills have cut off, or kept from beginning. */
const cut: string[] = []

function slugs(): string[] {
  return kinds.map((kind) => kind.slug)
}

beforeAll(async () => {
  server = await startTestServer({ env: { TANDEM_LOG_LEVEL: 'warn' } })
  kinds = await Promise.all([
    firstSyncs(server),
    moves(server, 'outbound', { save: true, push: false }),
    moves(server, 'inbound', { save: false, push: true }),
    moves(server, 'both', { save: true, push: true }),
  ])
  await Promise.all(kinds.map((kind) => kind.prepare(0)))
  lengths = await Promise.all(
    kinds.map(async (kind) => {
      const begun = performance.now()
      await kind.start(0)
      await settled(server, [kind.slug])
      return performance.now() - begun
    }),
  )
  for (const kind of kinds) expect(await kind.log()).toEqual(kind.expected(0))
}, 240_000)
afterAll(() => server.stop())

/** Starts every run so long before the kill that it is where its moment says, and kills. */
async function killAmid(round: number, moment: readonly number[]): Promise<void> {
  const leads = kinds.map((_, i) => (moment[i] ?? 0) * (lengths[i] ?? 0))
  const longest = Math.max(...leads)
  const startedAt: number[] = []
  const starts = kinds.map(async (kind, i) => {
    await pause(longest - (leads[i] ?? 0))
    startedAt[i] = Date.now()
    return kind.start(round).then(
      () => true,
      () => false,
    )
  })
  await pause(longest)
  await server.kill()
  const answered = await Promise.all(starts)
  const open = await openOf(server, slugs())
  const openSlugs = new Set([...open.runs, ...open.saves].map((row) => row.slug))
  for (const [i, { slug }] of kinds.entries()) {
    const took = (await lastEnd(server, slug)) - (startedAt[i] ?? 0)
    if (openSlugs.has(slug)) cut.push(`${slug} ${round}`)
    // It was over already: that is how long one takes now.
    else if (took > 0) lengths[i] = took
  }
  await server.restart()
  // Nobody was told that these were taken: they are done again, as a person would.
  await Promise.all(kinds.map((kind, i) => (answered[i] ? null : kind.start(round))))
}

describe(`kill -9 of the server amid runs of four workspaces (seed ${seed}), then a restart`, () => {
  it.each(MOMENTS.map((moment, i) => [i + 1, moment] as const))(
    `[S26] round %i, seed ${seed}, at %j of ${KINDS.join(', ')}: both sides equal, no commit doubled, no save lost`,
    async (round, moment) => {
      await Promise.all(kinds.map((kind) => kind.prepare(round)))
      await killAmid(round, moment)
      await settled(server, slugs())
      for (const kind of kinds) {
        expect([kind.slug, await kind.log()]).toEqual([kind.slug, kind.expected(round)])
        await kind.check(round)
      }
      const checks = await Promise.all(
        kinds.map(({ slug }) =>
          server.ask('POST', `/workspaces/${slug}/git/sync`, {
            body: { full: true, verify: true, waitSeconds: 60 },
          }),
        ),
      )
      expect(checks.map(({ body }) => body)).toEqual(
        kinds.map(() => expect.objectContaining({ state: 'nothing-to-do', counts: NOTHING })),
      )
    },
    180_000,
  )

  // What a run takes differs from time to time, so some have ended just before.
  it('[S26] enough of the kills were amid a run', () => {
    if (process.env.TANDEM_TEST_FIGURES) console.log(cut.length, cut.join(', '))
    expect(cut.length).toBeGreaterThanOrEqual(ROUNDS)
  })
})

const NOTHING = { inbound: 0, outbound: 0, conflicts: 0, held: 0, aside: 0, pending: 0 }
