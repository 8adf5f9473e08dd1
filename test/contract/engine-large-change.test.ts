import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Write } from '../../src/store/change-sets.ts'
import { createEngine, type Engine } from '../support/engine.ts'
import { parent, related, relationship, source } from '../support/resources.ts'

const MODELS = 8_000
const RELATIONSHIPS = 2_000

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

/** The whole schema as an import writes it. */
function everything(description: string): Write[] {
  const long = `${description} ${'described at length. '.repeat(20)}`
  const models = Array.from({ length: MODELS }, (_, i) => related(`model-${i}`, { description: long }))
  const relationships = Array.from({ length: RELATIONSHIPS }, (_, i) => {
    const name = { relationshipName: description, slug: 'users', mergeColumns: false }
    return relationship('users', `model-${i}`, { from: name })
  })
  return [source(), parent('users', { description: long }), ...models, ...relationships]
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await work()
  if (process.env.TANDEM_TEST_FIGURES) console.log(`${name}: ${Math.round(performance.now() - start)} ms`)
  return result
}

/** The bound is wide: it catches what grows with the square, not a slow day. */
it('[S30] ten thousand changed resources are imported over ten thousand synced ones and synced in seconds', async () => {
  await engine.saved({ kind: 'import', writes: everything('First') })
  await engine.connect({ url: engine.url })
  await timed('first sync', () => engine.sync())
  await timed('import over', () => engine.saved({ kind: 'import', writes: everything('Second') }))
  const run = await timed('sync', () => engine.sync())
  if (process.env.TANDEM_TEST_FIGURES) console.log(run.phases)
  expect([run.state, run.counts.outbound, await engine.outbox()]).toEqual([
    'succeeded',
    MODELS + RELATIONSHIPS + 1,
    0,
  ])
  expect(await engine.show('schema/related-models/model-7999.yaml')).toContain('description: >-\n  Second ')
  expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  expect(run.phases.filter(({ ms }) => ms > 60_000)).toEqual([])
}, 600_000)
