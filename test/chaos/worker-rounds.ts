import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { startJobs } from '../../src/server/jobs/start-jobs.ts'
import { STEPS } from '../../src/server/jobs/sync/steps.ts'
import { connectionOf } from '../../src/store/connections.ts'
import { requestSync } from '../../src/store/runs.ts'
import { ANN, type Engine } from '../support/engine.ts'
import type { WorkerProcess } from '../support/worker-process.ts'

/** `taken`: a job has been taken, and nothing says yet what for. */
export const BOUNDARIES = [
  'taken',
  ...STEPS.flatMap(({ name }) => [`before-${name}`, `after-${name}`]),
  'committed',
]

export async function ask(engine: Engine): Promise<string> {
  const connection = await connectionOf(engine.db, engine.workspace.id)
  if (!connection) throw new Error('not connected')
  return requestSync(engine.db, connection, { trigger: 'manual', actor: ANN })
}

async function unfinished({ db }: Engine): Promise<number> {
  const rows = await db.selectFrom('run').select('id').where('finished_at', 'is', null).execute()
  return rows.length
}

async function isDone(engine: Engine): Promise<boolean> {
  return (await engine.outbox()) === 0 && (await unfinished(engine)) === 0
}

/** Until the worker is dead, or has done everything and found its failpoint nowhere. Whether it found it. */
export async function killedOrDone(engine: Engine, worker: WorkerProcess): Promise<boolean> {
  let isDead = false
  worker.died.then(() => {
    isDead = true
  })
  while (!isDead && !(await isDone(engine))) await pause(20)
  const found = isDead || (await Promise.race([worker.died.then(() => true), pause(100, false)]))
  await worker.kill()
  return found
}

/** The restart: whatever was cut off is finished without anybody's help. */
export async function heal(engine: Engine): Promise<void> {
  const jobs = await startJobs(engine.context)
  try {
    const start = Date.now()
    while (!(await isDone(engine))) {
      if (Date.now() - start > 40_000)
        throw new Error(`not healed: ${await unfinished(engine)} runs, ${await engine.outbox()} saves`)
      await pause(20)
    }
  } finally {
    await jobs.stop()
  }
}

/** Both sides equal, every save in exactly one commit, no run left open. */
export async function expectEqual(engine: Engine, saves: readonly string[]): Promise<void> {
  const check = await engine.sync({ full: true, verify: true })
  expect([check.state, check.counts, await engine.outbox()]).toEqual([
    'nothing-to-do',
    { inbound: 0, outbound: 0, conflicts: 0, held: 0, aside: 0, pending: 0 },
    0,
  ])
  const bodies = (await engine.log('%b')).filter((line) => line.startsWith('save '))
  expect(bodies.sort()).toEqual([...saves].sort())
}
