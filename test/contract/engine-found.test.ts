import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine, type Engine } from '../support/engine.ts'
import type { GitPerson } from '../support/git-person.ts'
import { edited, related, source } from '../support/resources.ts'

/** What the random sequences of engine-model.test.ts found, each as the shortest story that shows it. */
let engine: Engine
let person: GitPerson
const plants = related('plants')
const PLANTS = 'schema/related-models/plants.yaml'

beforeEach(async () => {
  engine = await createEngine()
  await engine.saved({ writes: [source(), plants, related('other')] })
  await engine.connect({ url: engine.url })
  await engine.sync()
  person = await engine.clone()
})
afterEach(() => engine.close())

async function push(message: string): Promise<void> {
  await person.commit(message)
  await person.push()
}

it('[S2] [S6] a new resource keeps the file that it has where a renamed one in conflict had its own', async () => {
  await person.remove(PLANTS)
  await push('Delete')
  await engine.saved({ writes: [edited(plants, { description: 'Still edited' })] })
  expect((await engine.sync()).counts.conflicts).toBe(1)
  await engine.saved({ renames: [{ kind: 'related-models', from: 'plants', to: 'trees' }] })
  await engine.saved({ writes: [edited(plants, { description: 'Another one' })] })
  await engine.sync()
  await engine.sync()
  await engine.sync({ full: true })
  expect([
    (await engine.value('related-models', 'plants'))?.description,
    (await engine.value('related-models', 'trees'))?.description,
    (await engine.show(PLANTS)).includes('Another one'),
  ]).toEqual(['Another one', 'Still edited', true])
})
