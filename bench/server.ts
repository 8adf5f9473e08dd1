import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const TOKEN = 'an-admin-token-of-the-bench'
const READY_WITHIN_MS = 60_000

export type BenchServer = {
  /** Sends a request below /api/v1 and gives the answer's body; any other status than these is a fault. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>
  /** The most memory that the server's own process has had, without git and PostgreSQL, in MB. */
  peakMemory(): Promise<number>
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
    ask: async (method, path, body) => {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${TOKEN}`, 'if-match': '*', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok)
        throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 2_000)}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    peakMemory: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
      return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
    },
    stop: async () => {
      if (child.exitCode !== null) return
      const gone = new Promise((ended) => child.once('exit', ended))
      child.kill('SIGTERM')
      await gone
    },
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
