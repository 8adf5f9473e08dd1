import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expect, inject } from 'vitest'
import { type Db, openDatabase } from '../../src/store/database.ts'

export type TestDatabase = { readonly db: Db; readonly url: string; drop(): Promise<void> }

/** A database of its own with every migration applied. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const url = await make()
  const db = openDatabase(url)
  return {
    db,
    url,
    drop: async () => {
      await db.destroy()
      await remove(url)
    },
  }
}

/**
 * Those of this test file that nobody uses: making one costs as much as a dozen syncs. Another file begins with
 * new ones, whatever this one did to their tables and statistics.
 */
let idle: { readonly file: string | undefined; readonly urls: string[] } = { file: undefined, urls: [] }

function idleOfThisFile(): string[] {
  const file = expect.getState().testPath
  if (idle.file !== file) idle = { file, urls: [] }
  return idle.urls
}

/** The same for tests that only write rows: what one gives back another gets, empty. */
export async function lendTestDatabase(): Promise<TestDatabase> {
  const url = idleOfThisFile().pop() ?? (await make())
  const db = openDatabase(url)
  return {
    db,
    url,
    drop: async () => {
      await db.destroy()
      if (await emptied(url)) idleOfThisFile().push(url)
      else await remove(url)
    },
  }
}

async function make(): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await on(inject('postgresUrl'), (client) =>
    client.query(`create database ${name} template tandem_template`),
  )
  return inject('postgresUrl').replace(/postgres$/, name)
}

async function remove(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  await on(inject('postgresUrl'), (client) => client.query(`drop database if exists ${name} with (force)`))
}

/** As a new one of so many bytes is; one that has grown is not worth emptying. */
const WORTH_BYTES = 40 * 1024 ** 2

/** Ends whoever is still connected, takes out every row and starts the counters anew. False: it is better removed. */
async function emptied(url: string): Promise<boolean> {
  return on(url, async (client) => {
    const { rows } = await client.query<{ bytes: string }>(
      'select pg_database_size(current_database()) as bytes',
    )
    if (Number(rows[0]?.bytes) > WORTH_BYTES) return false
    await client.query(`
      select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`)
    await client.query(`
      do $$
      declare
        one record;
      begin
        perform set_config('session_replication_role', 'replica', true);
        for one in
          select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker')
            and c.relname not in ('migration', 'migrations', '_private_tasks')
        loop
          execute format('delete from %s', one.name);
        end loop;
        for one in
          select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind = 'S' and n.nspname = 'public'
        loop
          perform setval(one.oid, 1, false);
        end loop;
      end $$`)
    return true
  })
}

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
