import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GitLimits } from '../../src/git/limits.ts'
import { DEFAULT_GIT_POLICY } from '../../src/git/policy.ts'
import { createEngine, type Engine } from '../support/engine.ts'
import { type FaultProxy, type ProxyFault, startFaultProxy } from '../support/fault-proxy.ts'
import { type GitHttpServer, startGitHttpServer } from '../support/git-http-server.ts'
import { expectHealed, expectQuiet, expectSentence, inSync, moveBoth } from './both-sides.ts'

/** A server without encryption: what goes over the line can be broken at any byte, and git has to notice. */
let server: GitHttpServer
beforeAll(async () => {
  server = await startGitHttpServer({ tls: false, token: null })
})
afterAll(() => server.stop())

/** How long a run waits: on a line that is well as long as a busy machine may take. */
type Patience = Pick<GitLimits, 'stallMs' | 'fetchMs' | 'pushMs' | 'listMs'>
const SOON = { fetchMs: 20_000, pushMs: 20_000, listMs: 20_000 }
const PATIENT: Patience = { stallMs: 30_000, fetchMs: 60_000, pushMs: 60_000, listMs: 60_000 }

type Line = {
  readonly engine: Engine
  readonly proxy: FaultProxy
  readonly dir: string
  wait(patience: Partial<Patience>): void
}

async function onLine(name: string, use: (line: Line) => Promise<void>): Promise<void> {
  const limits = { ...DEFAULT_GIT_POLICY.limits, ...PATIENT }
  const engine = await createEngine('staging', { ...DEFAULT_GIT_POLICY, protocols: ['http'], limits })
  const proxy = await startFaultProxy(server.port)
  try {
    const { dir } = await server.createRepository(name)
    await inSync(engine, `http://localhost:${proxy.port}/${name}.git`)
    await use({ engine, proxy, dir, wait: (patience) => Object.assign(limits, patience) })
  } finally {
    await proxy.stop()
    await engine.close()
  }
}

/** Bytes that one run of this kind moves in each direction. */
async function measured({ engine, proxy, dir }: Line): Promise<Record<'up' | 'down', number>> {
  await moveBoth(engine, dir, '0')
  proxy.setFault({ kind: 'none' })
  expect((await engine.sync()).state).toBe('succeeded')
  return { ...proxy.passed }
}

/** The first bytes, the last one, and so many between, evenly. */
function bytesOf(total: number, between: number): number[] {
  const even = Array.from({ length: between }, (_, i) => Math.floor((total * (i + 1)) / (between + 1)))
  return [...new Set([0, 1, ...even, total - 1])]
}

/** With `patience` while the fault is there. */
async function rounds(line: Line, faults: readonly ProxyFault[], patience: Partial<Patience>): Promise<void> {
  const done = ['0']
  let struck = 0
  for (const [i, fault] of faults.entries()) {
    await moveBoth(line.engine, line.dir, String(i + 1))
    line.proxy.setFault(fault)
    line.wait(patience)
    const run = await line.engine.sync()
    line.wait(PATIENT)
    if (line.proxy.struck) struck += 1
    line.proxy.setFault({ kind: 'none' })
    expectSentence(run)
    done.push(String(i + 1))
    await expectQuiet(line.engine, String(i + 1))
  }
  await expectHealed(line.engine, line.dir, done)
  // What a run moves differs by a few bytes, so the last byte may not be reached.
  expect(struck).toBeGreaterThanOrEqual(faults.length - 3)
}

const DIRECTIONS = ['up', 'down'] as const

describe.concurrent('a connection that breaks', () => {
  it.each(DIRECTIONS)(
    '[S10] [S26] is cut at any byte going %s: nothing is lost, nothing twice',
    (direction) =>
      onLine(`cut-${direction}`, async (line) => {
        const total = (await measured(line))[direction]
        const faults = bytesOf(total, 4).map(
          (byte) => ({ kind: 'at', what: 'cut', direction, byte }) as const,
        )
        await rounds(line, faults, { stallMs: 10_000, ...SOON })
      }),
    400_000,
  )

  it.each(DIRECTIONS)(
    '[S10] [S26] turns a bit over at any byte going %s: git notices, or it does no harm',
    (direction) =>
      onLine(`corrupt-${direction}`, async (line) => {
        const total = (await measured(line))[direction]
        const faults = bytesOf(total, 5).map(
          (byte) => ({ kind: 'at', what: 'corrupt', direction, byte }) as const,
        )
        await rounds(line, faults, { stallMs: 1_000, ...SOON })
      }),
    400_000,
  )

  it(
    '[S10] [Z6] says nothing any more from some byte on: it is given up in time',
    () =>
      onLine('stall', async (line) => {
        const total = await measured(line)
        const faults = DIRECTIONS.flatMap((direction) =>
          bytesOf(total[direction], 1)
            .slice(1, 3)
            .map((byte) => ({ kind: 'at', what: 'stall', direction, byte }) as const),
        )
        await rounds(line, faults, { stallMs: 1_000, ...SOON })
      }),
    400_000,
  )

  it(
    '[S10] is slow: the run takes its time and succeeds',
    () =>
      onLine('slow', async (line) => {
        const total = await measured(line)
        await moveBoth(line.engine, line.dir, '1')
        line.proxy.setFault({ kind: 'slow', bytesPerSecond: Math.round(total.down / 2) })
        expect((await line.engine.sync()).state).toBe('succeeded')
        await expectHealed(line.engine, line.dir, ['0', '1'])
      }),
    400_000,
  )
})
