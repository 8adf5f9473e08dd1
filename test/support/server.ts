import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Db } from '../../src/store/database.ts'
import { lendTestDatabase } from './database.ts'
import { programEnvironment } from './program-environment.ts'

export const ADMIN_TOKEN = 'an-admin-token-of-the-tests'
export const ADMIN = { email: 'ann@example.com', password: 'correct horse battery' }

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown }
export type Ask = {
  readonly body?: unknown
  /** Null: nobody. Left out: the admin token. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

export type TestServer = {
  readonly url: string
  readonly db: Db
  readonly databaseUrl: string
  readonly dataDir: string
  readonly pid: number
  /** `path` below /api/v1. */
  ask(method: string, path: string, ask?: Ask): Promise<Answer>
  /** Everything that the process wrote so far. */
  output(): string
  /** As `kill -9`. The database and the data folder stay. */
  kill(): Promise<void>
  /** Another process on the same database, data folder and port. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>
  /** SIGTERM; answers the exit code. */
  terminate(): Promise<number | null>
  /** Ends it and removes what it left. */
  stop(): Promise<void>
}

export type TestServerOptions = { readonly env?: Readonly<Record<string, string>> }

/** A ceiling against hangs: with the demo and on busy cores a start takes its time. */
const READY_WITHIN_MS = 150_000
const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')

/** A real process with a database of its own. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const database = await lendTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'tandem-server-'))
  let port = 0
  let output = ''
  let child: ChildProcess
  const start = async (env: Readonly<Record<string, string>> = {}) => {
    child = spawn(process.execPath, [MAIN, 'serve'], {
      cwd: dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...programEnvironment(),
        TANDEM_PORT: String(port),
        TANDEM_DATA_DIR: dataDir,
        TANDEM_DATABASE_URL: database.url,
        TANDEM_SECRET_KEY: 'a secret key of the tests',
        TANDEM_ADMIN_EMAIL: ADMIN.email,
        TANDEM_ADMIN_PASSWORD: ADMIN.password,
        TANDEM_ADMIN_TOKEN: ADMIN_TOKEN,
        TANDEM_GIT_PROTOCOLS: 'https,ssh,http,file',
        TANDEM_DEMO: 'off',
        TANDEM_LOG_LEVEL: 'debug',
        ...options.env,
        ...env,
      },
    })
    const from = output.length
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8')
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    port = await addressOf(child, () => output.slice(from))
  }
  const end = (signal: NodeJS.Signals) =>
    new Promise<number | null>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode)
      child.once('exit', (code) => resolve(code))
      child.kill(signal)
    })
  await start()
  return {
    get url() {
      return `http://127.0.0.1:${port}`
    },
    get pid() {
      return child.pid ?? 0
    },
    db: database.db,
    databaseUrl: database.url,
    dataDir,
    ask: (method, path, ask = {}) => send(`http://127.0.0.1:${port}/api/v1${path}`, method, ask),
    output: () => output,
    kill: async () => {
      await end('SIGKILL')
    },
    restart: start,
    terminate: () => end('SIGTERM'),
    stop: async () => {
      await end('SIGTERM')
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function addressOf(child: ChildProcess, output: () => string): Promise<number> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline) {
    const port = /Address +http:\/\/[^:\s]+:(\d+)/.exec(output())?.[1]
    if (port !== undefined) return Number(port)
    if (child.exitCode !== null || child.signalCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  child.kill('SIGTERM')
  throw new Error(`the server did not start:\n${output()}`)
}

async function send(url: string, method: string, { body, token, headers }: Ask): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token ?? ADMIN_TOKEN}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}
