import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Write } from '../../src/store/change-sets.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { createEngine, type Engine, side } from '../support/engine.ts'
import { parent, related, relationship, source } from '../support/resources.ts'

const MODELS = 8_000
const RELATIONSHIPS = 2_000

/** The bounds are wide: they catch what grows with the square, not a slow day. */
describe('ten thousand resources', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now()
    const result = await work()
    const memory = Math.round(process.memoryUsage().rss / 1024 ** 2)
    if (process.env.TANDEM_TEST_FIGURES)
      console.log(`${name}: ${Math.round(performance.now() - start)} ms, rss ${memory} MB`)
    return result
  }

  it('[S30] are imported, synced for the first time, resynced and read by another workspace in seconds', async () => {
    const writes: Write[] = [source(), parent('users')]
    for (let i = 0; i < MODELS; i++)
      writes.push(related(`model-${i}`, { description: `Model ${i}, ${'described at length. '.repeat(20)}` }))
    for (let i = 0; i < RELATIONSHIPS; i++) writes.push(relationship('users', `model-${i}`))
    await timed('import', () => engine.saved({ kind: 'import', writes }))
    await engine.connect({ url: engine.url })

    const first = await timed('first sync', () => engine.sync())
    if (process.env.TANDEM_TEST_FIGURES) console.log(first.phases)
    expect([first.state, first.counts.outbound]).toEqual(['succeeded', MODELS + RELATIONSHIPS + 1])
    expect((await engine.log()).length).toBe(2)

    const again = await timed('resync without differences', () => engine.sync({ full: true }))
    if (process.env.TANDEM_TEST_FIGURES) console.log(again.phases)
    expect([again.state, (await engine.log()).length]).toEqual(['nothing-to-do', 2])
    const verified = await timed('the same, everything parsed', () =>
      engine.sync({ full: true, verify: true }),
    )
    if (process.env.TANDEM_TEST_FIGURES) console.log(verified.phases)
    expect(verified.state).toBe('nothing-to-do')

    await engine.saved({ writes: [related('model-7', { description: 'Changed' })] })
    const one = await timed('one save', () => engine.sync())
    if (process.env.TANDEM_TEST_FIGURES) console.log(one.phases)
    expect(one.counts.outbound).toBe(1)

    const workspace = await createWorkspace(engine.db, { slug: 'second', name: 'Second' })
    if (!workspace) throw new Error('taken')
    const second = side(engine.context, workspace)
    await engine.connect({ url: engine.url, shared: true })
    await second.connect({ url: engine.url, shared: true, adopt: 'staging' })
    const read = await timed('first sync of another workspace', () => second.sync())
    if (process.env.TANDEM_TEST_FIGURES) console.log(read.phases)
    expect([read.state, read.counts.inbound, (await engine.log()).length]).toEqual([
      'succeeded',
      MODELS + RELATIONSHIPS + 1,
      3,
    ])
    for (const run of [first, again, read])
      expect((run.finished_at?.getTime() ?? 0) - (run.started_at?.getTime() ?? 0)).toBeLessThan(120_000)
  }, 600_000)
})
