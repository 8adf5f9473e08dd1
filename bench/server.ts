import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const TOKEN = 'an-admin-token-of-the-bench'
const READY_WITHIN_MS = 60_000

/** Sends a request below /api/v1 and gives the answer's body; a status of a refusal is a fault. */
export type Ask = <T>(method: string, path: string, body?: unknown) => Promise<T>

export type BenchServer = {
  readonly url: string
  readonly token: string
  /** As the program with every right. */
  readonly ask: Ask
  /** As a person. */
  signIn(email: string, password: string): Promise<Ask>
  /** The most memory that the server's own process has had, without git and PostgreSQL, in MB. */
  peakMemory(): Promise<number>
  /** What it had until now does not count. */
  forgetPeak(): Promise<void>
  stop(): Promise<void>
}

/** The real server in a process of its own, with its own PostgreSQL below `folder`. */
export async function startServer(folder: string, caFile: string): Promise<BenchServer> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../src/cli/main.ts'), 'serve'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      TANDEM_PORT: '0',
      TANDEM_DATA_DIR: join(folder, 'data'),
      TANDEM_ADMIN_TOKEN: TOKEN,
      TANDEM_GIT_PROTOCOLS: 'https,file',
      TANDEM_GIT_CA_FILE: caFile,
      TANDEM_DEMO: 'off',
      TANDEM_LOG_LEVEL: 'warn',
    },
  })
  const url = await addressOf(child)
  return {
    url,
    token: TOKEN,
    ask: askerAt(url, { authorization: `Bearer ${TOKEN}` }),
    signIn: async (email, password) => {
      const response = await fetch(`${url}/api/v1/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      })
      if (!response.ok) throw new Error(`${email} cannot sign in: ${response.status}`)
      const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
      return askerAt(url, { cookie: cookies.join('; ') })
    },
    peakMemory: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
      return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
    },
    forgetPeak: () => writeFile(`/proc/${child.pid}/clear_refs`, '5'),
    stop: async () => {
      if (child.exitCode !== null) return
      const gone = new Promise((ended) => child.once('exit', ended))
      child.kill('SIGTERM')
      await gone
    },
  }
}

function askerAt(url: string, who: Readonly<Record<string, string>>): Ask {
  return async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...who, 'if-match': '*', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 2_000)}`)
    return text === '' ? undefined : JSON.parse(text)
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  let output = ''
  const collect = (bytes: Buffer) => {
    output += bytes.toString('utf8')
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  const deadline = performance.now() + READY_WITHIN_MS
  while (performance.now() < deadline && child.exitCode === null) {
    const url = /Address +(http:\/\/\S+)/.exec(output)?.[1]
    if (url !== undefined) return url
    await new Promise((later) => setTimeout(later, 20))
  }
  child.kill('SIGKILL')
  throw new Error(`the server did not start:\n${output}`)
}
