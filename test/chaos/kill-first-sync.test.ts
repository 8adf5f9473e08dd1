import { describe, expect, it } from 'vitest'
import { createEngine } from '../support/engine.ts'
import { parent, related, relationship, source } from '../support/resources.ts'
import { spawnWorker } from '../support/worker-process.ts'
import { ask, BOUNDARIES, expectEqual, heal, killedOrDone } from './worker-rounds.ts'

const start = [source(), parent('users'), related('purchases'), relationship('users', 'purchases')]
const THEIRS = 'name: Theirs\nsource: warehouse\ntype: table\ntableName: theirs\n'

describe.concurrent('kill -9 in a first sync, then a restart', () => {
  it.each(BOUNDARIES)(
    '[S26] at %s: both sides equal, no commit doubled',
    async (boundary) => {
      const engine = await createEngine()
      try {
        const person = await engine.clone()
        await person.write('schema/related-models/theirs.yaml', THEIRS)
        await person.commit('Theirs')
        await person.push()
        await engine.saved({ writes: start })
        await engine.connect({ url: engine.url })
        const worker = await spawnWorker(engine.context, boundary)
        await ask(engine)
        expect(await killedOrDone(engine, worker)).toBe(true)
        await heal(engine)
        await expectEqual(engine, [])
        expect(await engine.log()).toEqual(['Add relationship users-purchases', 'Add 2 models', 'Theirs'])
        expect(await engine.list()).toContain('related-models/theirs')
      } finally {
        await engine.close()
      }
    },
    180_000,
  )
})
