import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GitInput, runGit, startGitBySmallProcess } from '../../src/git/command.ts'

const LARGE = 'x'.repeat(5 * 1024 ** 2)

function run(args: readonly string[], input?: GitInput, timeoutMs = 20_000) {
  return runGit({ gitDir: null, args, timeoutMs, ...(input && { input }) })
}

/** The processes whose parent is this one. */
function childrenOf(pid: number): number[] {
  const text = execFileSync('ps', ['-o', 'pid=,ppid=,comm=', '-A'], { encoding: 'utf8' })
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/))
  return rows.flatMap(([child, parent, name]) =>
    Number(parent) === pid && name !== 'ps' ? [Number(child)] : [],
  )
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !isSo(); i += 1) await sleep(25)
  expect(isSo()).toBe(true)
}

describe('git that a small process starts', () => {
  let service: { stop(): void }
  const before = new Set(childrenOf(process.pid))
  const host = () => childrenOf(process.pid).filter((pid) => !before.has(pid))
  beforeAll(async () => {
    service = await startGitBySmallProcess()
  })
  afterAll(() => service.stop())

  it('[S30] is no child of ours, reads what we write and says what it has to say', async () => {
    const { code, stdout } = await run(['hash-object', '--stdin'], [LARGE, 'é'])
    const expected = execFileSync('git', ['hash-object', '--stdin'], { input: `${LARGE}é`, encoding: 'utf8' })
    expect([code, stdout.toString('utf8')]).toEqual([0, expected])
    expect(host().length).toBe(1)
    const failed = await run(['no-such-command'])
    expect([failed.code, failed.stderr]).toEqual([
      1,
      expect.stringContaining("'no-such-command' is not a git"),
    ])
  })

  it('[S30] runs beside others, each with its own streams', async () => {
    const texts = Array.from({ length: 12 }, (_, i) => `text ${i}`)
    const ids = await Promise.all(texts.map((text) => run(['hash-object', '--stdin'], [text])))
    const expected = texts.map((input) =>
      execFileSync('git', ['hash-object', '--stdin'], { input }).toString(),
    )
    expect(ids.map(({ stdout }) => stdout.toString())).toEqual(expected)
  })

  it('[Z6] is stopped when its time is over, before or after it has begun to read', async () => {
    const never = (async function* () {
      yield 'a'
      await sleep(60_000, null, { ref: false })
    })()
    await expect(run(['hash-object', '--stdin'], never, 200)).rejects.toMatchObject({ code: 'timeout' })
    await expect(run(['hash-object', '--stdin'], never, 0)).rejects.toMatchObject({ code: 'timeout' })
    const [pid = 0] = host()
    await until(() => childrenOf(pid).length === 0)
  })

  it('[S30] is there until its last user stops, and lets a git that runs come to its end', async () => {
    const other = await startGitBySmallProcess()
    expect(host().length).toBe(1)
    other.stop()
    other.stop()
    await run(['version'])
    const [pid = 0] = host()
    let isAsked = (): void => {}
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve
    })
    const slow = run(
      ['hash-object', '--stdin'],
      (async function* () {
        yield 'a'
        await asked
        yield 'b'
      })(),
    )
    await until(() => childrenOf(pid).length === 1)
    service.stop()
    const expected = execFileSync('git', ['hash-object', '--stdin'], { input: 'ab' }).toString()
    isAsked()
    expect((await slow).stdout.toString()).toBe(expected)
    await until(() => !isAlive(pid))
    service = await startGitBySmallProcess()
    expect((await run(['version'])).code).toBe(0)
    expect(host().length).toBe(1)
  })

  it('says that git is missing', async () => {
    const path = process.env.PATH
    process.env.PATH = '/nowhere'
    try {
      await expect(run(['version'])).rejects.toMatchObject({ code: 'git-missing' })
    } finally {
      process.env.PATH = path
    }
  })

  it('[S26] is started by ourselves again when the small process is gone', async () => {
    const [pid = 0] = host()
    const waiting = run(
      ['hash-object', '--stdin'],
      (async function* () {
        await sleep(60_000, null, { ref: false })
        yield ''
      })(),
    )
    const lost = waiting.catch((error: unknown) => error)
    await until(() => childrenOf(pid).length === 1)
    process.kill(pid, 'SIGKILL')
    expect(await lost).toMatchObject({ code: 'failed' })
    expect((await run(['version'])).code).toBe(0)
  })
})

it('[S26] kill -9 of the server takes the small process and its git along', async () => {
  const program = join(import.meta.dirname, '..', 'support', 'spawn-service-process.ts')
  const server = fork(program, { stdio: 'ignore', execArgv: [] })
  await once(server, 'message')
  const [host = 0] = childrenOf(server.pid ?? 0)
  await until(() => childrenOf(host).length === 1)
  const [git = 0] = childrenOf(host)
  server.kill('SIGKILL')
  await until(() => !isAlive(host) && !isAlive(git))
})
