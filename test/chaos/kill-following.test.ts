import { describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../support/engine.ts'
import type { GitPerson } from '../support/git-person.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'
import { spawnWorker } from '../support/worker-process.ts'
import { ask, BOUNDARIES, expectEqual, heal, killedOrDone } from './worker-rounds.ts'

const users = parent('users')
const start = [source(), users, related('purchases'), relationship('users', 'purchases')]

/** What comes in is applied before `write`; a run that brings nothing else has nothing to push. */
const INBOUND = BOUNDARIES.filter((name) => !/push|verify|advance/.test(name))

/** Several workspaces share the boundaries: each case is a round in the life of one of them. */
const LANES = 3
function lane<T>(all: readonly T[], i: number): T[] {
  return all.filter((_, n) => n % LANES === i)
}

async function push(person: GitPerson, i: number): Promise<void> {
  await person.pull()
  const text = `name: Purchases ${i}\nsource: warehouse\ntype: table\ntableName: purchases\n`
  await person.write('schema/related-models/purchases.yaml', text)
  await person.commit(`push ${i}`)
  await person.push()
}

async function save(engine: Engine, i: number): Promise<string> {
  const message = `save ${i}`
  await engine.saved({ message, writes: [edited(users, { description: message }), related(`m-${i}`)] })
  return message
}

async function life(use: (engine: Engine, person: GitPerson) => Promise<readonly string[]>): Promise<void> {
  const engine = await createEngine()
  try {
    await engine.saved({ writes: start })
    await engine.connect({ url: engine.url })
    await engine.sync()
    await expectEqual(engine, await use(engine, await engine.clone()))
  } finally {
    await engine.close()
  }
}

describe.concurrent('kill -9 in a later run, then a restart', () => {
  it.each(Array.from({ length: LANES }, (_, i) => [lane(BOUNDARIES, i)]))(
    '[S24] [S26] while both sides move, at %j: no save lost, none committed twice, every run ends',
    (boundaries) =>
      life(async (engine, person) => {
        const saves: string[] = []
        for (const [i, boundary] of boundaries.entries()) {
          await push(person, i)
          const worker = await spawnWorker(engine.context, boundary)
          // Nobody asks: the save alone brings the run.
          saves.push(await save(engine, i))
          const found = await killedOrDone(engine, worker)
          await heal(engine)
          const theirs = (await engine.value('related-models', 'purchases'))?.name
          expect([boundary, found, theirs]).toEqual([boundary, true, `Purchases ${i}`])
        }
        return saves
      }),
    600_000,
  )

  it.each(Array.from({ length: LANES }, (_, i) => [lane(INBOUND, i)]))(
    '[S24] [S26] while Git alone moves, at %j: applied once, every run ends',
    (boundaries) =>
      life(async (engine, person) => {
        for (const [i, boundary] of boundaries.entries()) {
          await push(person, i)
          const worker = await spawnWorker(engine.context, boundary)
          await ask(engine)
          const found = await killedOrDone(engine, worker)
          await heal(engine)
          const theirs = (await engine.value('related-models', 'purchases'))?.name
          expect([boundary, found, theirs]).toEqual([boundary, true, `Purchases ${i}`])
        }
        const pushes = (await engine.log()).filter((subject) => subject.startsWith('push '))
        expect(pushes).toEqual(boundaries.map((_, i) => `push ${i}`).reverse())
        return []
      }),
    600_000,
  )
})
