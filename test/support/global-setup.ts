import { readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { isAlive } from '../../src/git/is-alive.ts'
import { startEmbedded, stopPostmaster } from '../../src/store/embedded/supervisor.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's `postgres` database, where test databases are made. */
    postgresUrl: string
  }
}

const PREFIX = 'tandem-test-'

let shared: Promise<{ url: string; stop(): Promise<void> }> | undefined

/** One server for the run; every test gets a copy of the migrated template (test/support/database.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared ??= start()
  const { url, stop } = await shared
  project.provide('postgresUrl', url)
  return stop
}

async function start() {
  await sweep()
  const home = join(tmpdir(), `${PREFIX}${process.pid}`)
  const server = await startEmbedded({
    home,
    database: 'tandem_template',
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
  })
  await migrateDatabase(server.url)
  return {
    url: server.url.replace(/tandem_template$/, 'postgres'),
    stop: async () => {
      await stopPostmaster(join(home, 'pgdata'))
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Removes what a killed run left behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : 0
    if (!pid || isAlive(pid)) continue
    const home = join(tmpdir(), name)
    await stopPostmaster(join(home, 'pgdata'))
    rmSync(home, { recursive: true, force: true })
  }
}
