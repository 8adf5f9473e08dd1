import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { stopPostmaster } from '../../src/store/embedded/supervisor.ts'
import { programEnvironment } from '../support/program-environment.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'tandem.mjs')

function run(args: readonly string[], cwd: string) {
  const env = programEnvironment({ TANDEM_DEMO: 'off' })
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env })
  let stdout = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return { child, ended, output: () => stdout }
}

async function until(what: () => Promise<boolean> | boolean): Promise<boolean> {
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline) {
    if (await what()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

it('[C1, C2] the launcher passes arguments, output and the exit code on', async () => {
  const folder = temporaryFolder()
  const version = run(['--version'], folder)
  expect([await version.ended, version.output()]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
  expect(await run(['validate', '/nowhere'], folder).ended).toBe(2)
})

it('[C1] a server does not outlive its launcher, however that ends', { timeout: 300_000 }, async () => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const folder = temporaryFolder()
    const { child, output } = run(['serve', '--port', '0'], folder)
    expect(await until(() => output().includes('Ctrl+C'))).toBe(true)
    const url = /http:\S+/.exec(output())?.[0]
    const answers = () =>
      fetch(`${url}/healthz`).then(
        () => true,
        () => false,
      )
    expect(await answers()).toBe(true)
    child.kill(signal)
    expect(await until(async () => !(await answers()))).toBe(true)
    // After a kill the database waits for the next start to adopt it.
    await stopPostmaster(join(folder, 'data', 'postgres', 'pgdata'))
  }
})
