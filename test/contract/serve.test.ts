import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readPostmaster } from '../../src/store/embedded/postmaster-file.ts'
import { programEnvironment } from '../support/program-environment.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }
type Started = {
  readonly output: () => string
  readonly stop: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Ended>
}

function serve(cwd: string, env: Record<string, string> = {}, args: readonly string[] = []): Started {
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', ...args], {
    cwd,
    env: programEnvironment({ TANDEM_DEMO: 'off', ...env }),
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on('exit', (code) => resolve({ code, stdout, stderr }))
  })
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill('SIGTERM')
    await ended
  })
  return { output: () => stdout, stop: (signal) => child.kill(signal), ended }
}

/** Much more than it takes: tests share the machine. */
const START_WITHIN_MS = 120_000

async function until(what: () => boolean): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MS
  while (!what() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
}

it('[C1, C3] the first start prints one clear block, keeps what it made for its user alone, and stops cleanly', {
  timeout: 240_000,
}, async () => {
  const folder = temporaryFolder()
  const first = serve(folder)
  await until(() => first.output().includes('Ctrl+C'))
  const password = /Password +(\S+)/.exec(first.output())?.[1] ?? ''
  const data = join(folder, 'data')
  expect(first.output()).toBe(`
  Tandem is running.

  Address    ${/http:\S+/.exec(first.output())?.[0]}
  Sign in    admin@tandem.local
  Password   ${password}
             (shown this once; kept in ${data}/admin-password)
  Data       ${data} (with its own PostgreSQL)
  Stop       Ctrl+C

`)
  expect(readFileSync(join(data, 'admin-password'), 'utf8')).toBe(password)
  for (const name of ['admin-password', 'secret.key'])
    expect(statSync(join(data, name)).mode & 0o777).toBe(0o600)
  expect(statSync(data).mode & 0o777).toBe(0o700)
  first.stop('SIGTERM')
  expect((await first.ended).code).toBe(0)
  expect(await readPostmaster(join(data, 'postgres', 'pgdata'))).toBeNull()

  writeFileSync(
    join(folder, 'tandem.env'),
    'TANDEM_DATA_DIR=./data\nTANDEM_PUBLIC_URL=https://tandem.example.com\n',
  )
  const second = serve(folder)
  await until(() => second.output().includes('Ctrl+C'))
  expect(second.output()).toContain('Address    https://tandem.example.com\n')
  expect(second.output()).not.toContain('Password')
  second.stop('SIGINT')
  expect((await second.ended).code).toBe(0)
})

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  await new Promise((resolve) => server.close(resolve))
  return port
}

it('[C1] what stands in the way is one sentence that says what to do, and exit 2', {
  timeout: 120_000,
}, async () => {
  const folder = temporaryFolder()
  const taken = createServer()
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, '127.0.0.1', () => {
      const address = taken.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  const inTheWay = await serve(folder, {}, ['--port', String(port)]).ended
  taken.close()
  expect(inTheWay).toEqual({
    code: 2,
    stdout: '',
    stderr: `The port ${port} is taken. Stop what uses it, or choose another with --port (TANDEM_PORT).\n`,
  })

  const file = join(folder, 'file')
  writeFileSync(file, '')
  const noFolder = await serve(folder, {}, ['--data-dir', join(file, 'data')]).ended
  expect([noFolder.code, noFolder.stderr]).toEqual([
    2,
    `TANDEM_DATA_DIR: the folder ${file}/data cannot be written (ENOTDIR). Give this user the right to it, or choose another folder with --data-dir.\n`,
  ])

  const noGit = await serve(folder, { PATH: '/nonexistent' }).ended
  expect([noGit.code, noGit.stderr]).toEqual([2, expect.stringMatching(/^[^\n]*git[^\n]*\.\n$/i)])

  const programs = join(folder, 'programs')
  mkdirSync(programs)
  writeFileSync(join(programs, 'git'), '#!/bin/sh\necho git version 2.20.1\n')
  chmodSync(join(programs, 'git'), 0o755)
  const oldGit = await serve(folder, { PATH: `${programs}:${process.env.PATH}` }).ended
  expect([oldGit.code, oldGit.stderr]).toEqual([
    2,
    expect.stringMatching(/^git 2\.20\.1 is too old: [^\n]+\n$/),
  ])

  const wrong = await serve(folder, { TANDEM_DEMO: 'perhaps' }).ended
  expect([wrong.code, wrong.stderr]).toEqual([2, 'TANDEM_DEMO: expected on or off.\n'])
})

it('[C2] a database elsewhere that does not answer is 3', async () => {
  const url = 'postgres://tandem:hush-hush@127.0.0.1:1/tandem'
  const { code, stderr } = await serve(temporaryFolder(), { TANDEM_DATABASE_URL: url }).ended
  expect([code, stderr]).toEqual([
    3,
    expect.stringMatching(/^The database of TANDEM_DATABASE_URL cannot be used: .*\n$/),
  ])
  expect(stderr).not.toContain('hush-hush')
})

it('[A5, C1] ready is who has made the demo: a warehouse, its schema and a repository, in step', {
  timeout: 240_000,
}, async () => {
  const folder = temporaryFolder()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { TANDEM_DEMO: 'on', TANDEM_ADMIN_TOKEN: 'a-token-of-this-very-test' }
  const started = serve(folder, env, ['--port', String(port)])
  const answers = (path: string, accept = '*/*') =>
    fetch(`${url}${path}`, { headers: { accept } }).catch(() => null)
  const ready = async (...statuses: (number | undefined)[]) => {
    const deadline = Date.now() + START_WITHIN_MS
    while (!statuses.includes((await answers('/readyz'))?.status) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await ready(503, 200)
  expect((await answers('/healthz'))?.status).toBe(200)
  const page = await answers('/', 'text/html')
  expect([page?.status, await page?.text()]).toEqual([503, expect.stringContaining('Tandem is starting.')])
  expect(await (await answers('/api/v1/workspaces'))?.json()).toMatchObject({ code: 'not-ready' })
  await ready(200)
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}/api/v1/workspaces/staging${path}`, {
      headers: { authorization: 'Bearer a-token-of-this-very-test', 'content-type': 'application/json' },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    })
    return response.json()
  }
  expect(await ask('/git')).toMatchObject({
    branch: 'main',
    status: { state: 'in-sync', pending: 0, aside: 0 },
  })
  expect(await ask('/git/plan?full=true')).toMatchObject({
    inbound: [],
    outbound: [],
    conflicts: [],
    pending: [],
  })
  const query = { type: 'raw_sql', rawSql: 'select count(*)::integer as n from public.users' }
  expect(await ask('/sources/source-001/preview', { query })).toMatchObject({
    rows: [[10_000]],
    truncated: false,
  })
  started.stop('SIGTERM')
  expect((await started.ended).code).toBe(0)
})
