import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startJobs } from '../../src/server/jobs/start-jobs.ts'
import { STEPS } from '../../src/server/jobs/sync/steps.ts'
import { connectionOf } from '../../src/store/connections.ts'
import { requestSync } from '../../src/store/runs.ts'
import { ANN, createEngine, type Engine } from '../support/engine.ts'
import type { GitPerson } from '../support/git-person.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'
import { spawnWorker, type WorkerProcess } from '../support/worker-process.ts'

const BOUNDARIES = [...STEPS.flatMap(({ name }) => [`before-${name}`, `after-${name}`]), 'committed']
const seed = Number(process.env.TANDEM_CHAOS_SEED ?? 7)
/** Milliseconds after the run has begun, spread over what a run takes. */
const MOMENTS = fc.sample(fc.integer({ min: 0, max: 260 }), { numRuns: 21, seed })

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

async function ask(): Promise<string> {
  const connection = await connectionOf(engine.db, engine.workspace.id)
  if (!connection) throw new Error('not connected')
  return requestSync(engine.db, connection, { trigger: 'manual', actor: ANN })
}

async function unfinished(): Promise<number> {
  const rows = await engine.db.selectFrom('run').select('id').where('finished_at', 'is', null).execute()
  return rows.length
}

/** Until the worker is dead, or has done everything and found its failpoint nowhere. */
async function killedOrDone(worker: WorkerProcess): Promise<void> {
  let isDead = false
  worker.died.then(() => {
    isDead = true
  })
  while (!isDead && (await unfinished()) > 0) await pause(20)
  await worker.kill()
}

async function killAfter(worker: WorkerProcess, ms: number): Promise<void> {
  const isRunning = async () =>
    (await engine.db.selectFrom('run').select('id').where('state', '=', 'running').executeTakeFirst()) !==
    undefined
  const start = Date.now()
  while (!(await isRunning()) && (await unfinished()) > 0 && Date.now() - start < 5_000) await pause(2)
  await pause(ms)
  await worker.kill()
}

/** The restart: whatever was cut off is finished without anybody's help. */
async function heal(): Promise<void> {
  const jobs = await startJobs(engine.context)
  try {
    const start = Date.now()
    while ((await unfinished()) > 0 || (await engine.outbox()) > 0) {
      if (Date.now() - start > 20_000)
        throw new Error(`not healed: ${await unfinished()} runs, ${await engine.outbox()} saves`)
      await pause(20)
    }
  } finally {
    await jobs.stop()
  }
}

/** Both sides equal, every save in exactly one commit, no run left open. */
async function expectEqual(saves: readonly string[]): Promise<void> {
  const check = await engine.sync({ full: true, verify: true })
  expect([check.state, check.counts, await engine.outbox()]).toEqual([
    'nothing-to-do',
    { inbound: 0, outbound: 0, conflicts: 0, held: 0, aside: 0, pending: 0 },
    0,
  ])
  const bodies = (await engine.log('%b')).filter((line) => line.startsWith('save '))
  expect(bodies.sort()).toEqual([...saves].sort())
}

const users = parent('users')
const start = [source(), users, related('purchases'), relationship('users', 'purchases')]

/** Both directions at once: a save of one resource and somebody's push of another. */
async function bothMove(person: GitPerson, i: number): Promise<string> {
  const message = `save ${i}`
  await engine.saved({ message, writes: [edited(users, { description: message }), related(`m-${i}`)] })
  await person.pull()
  const text = `name: Purchases ${i}\nsource: warehouse\ntype: table\ntableName: purchases\n`
  await person.write('schema/related-models/purchases.yaml', text)
  await person.commit(`push ${i}`)
  await person.push()
  return message
}

describe('kill -9, then a restart', () => {
  it.each(BOUNDARIES)(
    '[S26] in a first sync at %s: both sides equal, no commit doubled',
    async (boundary) => {
      const person = await engine.clone()
      await person.write(
        'schema/related-models/theirs.yaml',
        'name: Theirs\nsource: warehouse\ntype: table\ntableName: theirs\n',
      )
      await person.commit('Theirs')
      await person.push()
      await engine.saved({ writes: start })
      await engine.connect({ url: engine.url })
      const worker = await spawnWorker(engine.context, boundary)
      await ask()
      await killedOrDone(worker)
      await heal()
      await expectEqual([])
      expect(await engine.log()).toEqual(['Add relationship users-purchases', 'Add 2 models', 'Theirs'])
      expect(await engine.list()).toContain('related-models/theirs')
    },
  )

  it('[S24] [S26] at every step of runs both ways: no save lost, none committed twice, every run ends', async () => {
    await engine.saved({ writes: start })
    await engine.connect({ url: engine.url })
    await engine.sync()
    const person = await engine.clone()
    const saves: string[] = []
    for (const [i, boundary] of BOUNDARIES.entries()) {
      const worker = await spawnWorker(engine.context, boundary)
      saves.push(await bothMove(person, i))
      await ask()
      await killedOrDone(worker)
      await heal()
      expect([boundary, (await engine.value('related-models', 'purchases'))?.name]).toEqual([
        boundary,
        `Purchases ${i}`,
      ])
    }
    await expectEqual(saves.flatMap((save) => [save]))
  }, 900_000)

  it(`[S26] at seeded moments inside steps (seed ${seed}): no save lost, none committed twice`, async () => {
    await engine.saved({ writes: start })
    await engine.connect({ url: engine.url })
    const saves: string[] = []
    let person: GitPerson | null = null
    for (const [i, ms] of MOMENTS.entries()) {
      const worker = await spawnWorker(engine.context)
      if (person) saves.push(await bothMove(person, i))
      await ask()
      await killAfter(worker, ms)
      await heal()
      person ??= await engine.clone()
    }
    await expectEqual(saves)
  }, 900_000)
})
