import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { getRun, type Run } from '../../src/store/runs.ts'
import { createEngine, type Engine } from '../support/engine.ts'
import { headOf } from '../support/git-bare.ts'
import { pushAs } from '../support/model/git-people.ts'
import { numbersFrom } from '../support/model/random.ts'
import { canMount, mountSmallDisk } from '../support/small-disk.ts'
import { expectHealed, expectSentence, inSync, moveBoth } from './both-sides.ts'
import { ask, heal } from './worker-rounds.ts'

/** More than the disk has, and nothing that git could make smaller. */
async function pushLargeGuest(dir: string): Promise<void> {
  const next = numbersFrom(7)
  const noise = Array.from({ length: 300_000 }, () => next().toString(36)).join('\n')
  await pushAs(dir, 'Pat', await headOf(dir), new Map([['large.txt', noise]]), { message: 'Large' })
}

function expectDiskWords(run: Run): void {
  expectSentence(run)
  expect([run.state, run.problem?.code, run.problem?.message]).toEqual([
    'failed',
    'disk',
    'The disk of the server is full: Git cannot write its cache. Make room in the data folder.',
  ])
}

async function fill(dir: string): Promise<void> {
  const file = join(dir, 'filler')
  for (let i = 0; i < 3; i++) await writeFile(`${file}${i}`, Buffer.alloc(2 ** 21)).catch(() => {})
  for (let size = 2 ** 12; size >= 1; size /= 4)
    for (let i = 0; i < 5; i++) await writeFile(`${file}-${size}-${i}`, Buffer.alloc(size)).catch(() => {})
}

async function removeFillers(dir: string): Promise<void> {
  const names = (await readdir(dir)).filter((name) => name.startsWith('filler'))
  for (const name of names) await rm(join(dir, name))
}

const CASES = ['what is fetched', 'what is committed', 'the cache itself, which is gone'] as const

describe('a full disk under the cache', () => {
  // Where nothing can be mounted the limit on files below stands for it.
  it.each(canMount() ? CASES : [])(
    '[S10] [S26] has no room for %s: said so, nothing lost, and it goes on once there is',
    async (what) => {
      const engine = await createEngine()
      const disk = await mountSmallDisk(engine.context.gitCacheDir, 700)
      try {
        await inSync(engine, engine.url)
        if (what === 'what is fetched') await pushLargeGuest(engine.remoteDir)
        if (what === 'the cache itself, which is gone') await removeCaches(disk.dir)
        await moveBoth(engine, engine.remoteDir, '1')
        if (what !== 'what is fetched') await fill(disk.dir)
        expectDiskWords(await engine.sync())
        expect(await engine.outbox()).toBe(2)
        if (what === 'what is fetched') await disk.grow()
        else await removeFillers(disk.dir)
        await expectHealed(engine, engine.remoteDir, ['1'])
      } finally {
        await disk.remove()
        await engine.close()
      }
    },
    180_000,
  )

  it('[S10] [S26] a limit on what a file may hold ends a run with words, and the next one goes on without it', async () => {
    const engine = await createEngine()
    try {
      await inSync(engine, engine.url)
      await pushLargeGuest(engine.remoteDir)
      await moveBoth(engine, engine.remoteDir, '1')
      const run = await runLimited(engine, 400)
      expectSentence(run)
      expect([run.state, await engine.outbox()]).toEqual(['failed', 2])
      await heal(engine)
      await expectHealed(engine, engine.remoteDir, ['1'])
    } finally {
      await engine.close()
    }
  }, 180_000)
})

async function removeCaches(dir: string): Promise<void> {
  for (const name of await readdir(dir)) await rm(join(dir, name), { recursive: true })
}

/** One run in a process that may write no file of more than so many blocks of 512 bytes. */
async function runLimited(engine: Engine, blocks: number): Promise<Run> {
  const { context, workspace } = engine
  const script = join(import.meta.dirname, '../support/engine-worker.ts')
  const command = `ulimit -f ${blocks}; exec "$0" "$@"`
  const { databaseUrl, gitCacheDir, gitPolicy } = context
  const args = ['-c', command, process.execPath, script, databaseUrl, gitCacheDir, JSON.stringify(gitPolicy)]
  const worker = spawn('sh', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const died = once(worker, 'exit')
  try {
    const id = await ask(engine)
    for (;;) {
      const run = await getRun(engine.db, workspace.id, id)
      if (run?.finished_at) return run
      if (worker.exitCode !== null) throw new Error('the worker ended')
      await pause(50)
    }
  } finally {
    worker.kill('SIGKILL')
    await died
  }
}
