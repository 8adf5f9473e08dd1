import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { otherUser } from '../../src/store/embedded/run-as.ts'
import { startEmbedded } from '../../src/store/embedded/supervisor.ts'
import { createTestDatabase } from '../support/database.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

it('[C3] keeps its data below a private folder, needs a password and starts again where it stopped', async () => {
  mkdirSync(join(folder, 'private'), { mode: 0o700 })
  const home = join(folder, 'private', 'postgres')
  const first = await startEmbedded({ home })
  await query(first.url, 'create table kept (n int); insert into kept values (7)')
  const stranger = first.url.replace(/:[^:@]+@/, ':wrong@')
  await expect(query(stranger, 'select 1')).rejects.toThrow('password authentication failed')
  await first.stop()
  expect(existsSync(join(home, 'pgdata', 'postmaster.pid'))).toBe(false)
  const second = await startEmbedded({ home })
  expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }])
  await second.stop()
})

it('[C3] adopts the server that a killed program left running, and an unfinished first start is begun anew', async () => {
  const home = join(folder, 'postgres')
  mkdirSync(join(home, 'pgdata.init', 'half'), { recursive: true })
  const first = await startEmbedded({ home })
  const second = await startEmbedded({ home })
  expect([first.adopted, second.adopted, second.pid]).toEqual([false, true, first.pid])
  await second.stop()
})

it.runIf(process.getuid?.() === 0)('[C3] runs as another user where namespaces are refused', async () => {
  const server = await startEmbedded({ home: join(folder, 'postgres'), runAs: otherUser() })
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
  rmSync(join(server.home, '..'), { recursive: true, force: true })
})

it('[S25] test databases are apart from each other', async () => {
  const [a, b] = await Promise.all([createTestDatabase(), createTestDatabase()])
  await a.db.insertInto('workspace').values({ id: crypto.randomUUID(), slug: 'a', name: 'A' }).execute()
  expect(await b.db.selectFrom('workspace').selectAll().execute()).toEqual([])
  await Promise.all([a.drop(), b.drop()])
})
