import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { APPLICATION_NAME } from '../database.ts'
import { locateBinaries } from './binaries.ts'
import { EmbeddedDatabaseError } from './error.ts'
import { initialise, USER } from './initialise.ts'
import { isPostgres, readPostmaster } from './postmaster-file.ts'
import { chooseRunAs, invocation, type Place, preparePlace, type RunAs } from './run-as.ts'

export type EmbeddedPostgres = {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly adopted: boolean
  /** Where the data really lies: not `options.home` when it runs as another user. */
  readonly home: string
  /** Stops the server cleanly, unless another Tandem still uses it. Close your own pools before. */
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  /** The folder that holds the cluster; made when missing. */
  readonly home: string
  readonly database?: string
  readonly settings?: Readonly<Record<string, string>>
  readonly runAs?: RunAs
}

const READY_WITHIN_MS = 60_000

/**
 * The real PostgreSQL as a detached child: it outlives a killed Tandem and the next start adopts it. It
 * listens on a free loopback port only, with a password.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const runAs = options.runAs ?? chooseRunAs()
  const place = preparePlace(options.home, locateBinaries(), runAs)
  const { pgdata, password } = await initialise(place, runAs)
  const running = await findRunning(pgdata)
  const { pid, port } = running ?? (await launch(place, pgdata, runAs, options.settings ?? {}))
  const url = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
  const database = options.database ?? 'tandem'
  await ensureDatabase(url('postgres'), database)
  return {
    url: url(database),
    port,
    pid,
    adopted: running !== null,
    home: place.home,
    stop: async () => {
      if (await inUse(url('postgres'))) return
      await stopPostmaster(pgdata)
    },
  }
}

/** A server on this folder that is up or coming up; a left-over file of a dead one is removed. */
async function findRunning(pgdata: string): Promise<{ pid: number; port: number } | null> {
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    const postmaster = await readPostmaster(pgdata)
    if (postmaster === null) return null
    if (!(await isPostgres(postmaster.pid))) {
      rmSync(join(pgdata, 'postmaster.pid'), { force: true })
      return null
    }
    if (postmaster.ready) return postmaster
    if (Date.now() > deadline) {
      throw new EmbeddedDatabaseError(
        `A PostgreSQL (process ${postmaster.pid}) runs on ${pgdata} but does not become ready. Look at ${join(pgdata, '..', 'postgres.log')}.`,
      )
    }
    await sleep(50)
  }
}

async function launch(
  place: Place,
  pgdata: string,
  runAs: RunAs,
  settings: Readonly<Record<string, string>>,
): Promise<{ pid: number; port: number }> {
  const port = await freePort()
  const log = join(place.home, 'postgres.log')
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
  const { command, args, ids } = invocation(runAs, join(place.binaries, 'bin', 'postgres'), [
    '-D',
    pgdata,
    '-p',
    String(port),
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const output = openSync(log, 'a', 0o600)
  const child = spawn(command, args, {
    ...ids,
    cwd: place.home,
    env: { LC_ALL: 'C' },
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let ended = false
  child.on('error', () => {
    ended = true
  })
  child.on('exit', () => {
    ended = true
  })
  child.unref()
  const deadline = Date.now() + READY_WITHIN_MS
  while (!ended && Date.now() < deadline) {
    const postmaster = await readPostmaster(pgdata)
    if (postmaster?.ready && postmaster.port === port) return { pid: postmaster.pid, port }
    await sleep(10)
  }
  throw new EmbeddedDatabaseError(`The embedded PostgreSQL did not start: ${lastWords(log)} (${log})`)
}

function lastWords(log: string): string {
  try {
    const lines = readFileSync(log, 'utf8').trim().split('\n')
    return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? 'it said nothing'
  } catch {
    return 'it said nothing'
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  })
}

async function inUse(url: string): Promise<boolean> {
  try {
    return await withClient(url, async (client) => {
      const { rowCount } = await client.query(
        'select from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid() limit 1',
        [APPLICATION_NAME],
      )
      return (rowCount ?? 0) > 0
    })
  } catch {
    return false
  }
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** Fast shutdown: sessions are ended, everything is on disk when the pid file is gone. */
export async function stopPostmaster(pgdata: string): Promise<void> {
  const postmaster = await readPostmaster(pgdata)
  if (postmaster === null || !(await isPostgres(postmaster.pid))) return
  process.kill(postmaster.pid, 'SIGINT')
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline && (await readPostmaster(pgdata)) !== null) await sleep(20)
}
