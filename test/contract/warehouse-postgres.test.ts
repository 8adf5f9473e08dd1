import { createServer, type Server } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/model/json.ts'
import { type Connector, connect } from '../../src/warehouse/connector.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let config: JsonObject
const open: Connector[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  const url = new URL(database.url)
  config = {
    host: url.hostname,
    port: Number(url.port),
    database: url.pathname.slice(1),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
  await run(`CREATE SCHEMA shop; CREATE TABLE shop.users (id int); INSERT INTO shop.users SELECT generate_series(1, 10);
    CREATE TABLE shop."Users" (id int, big text); CREATE TABLE shop."odd ""name""." (id int);
    CREATE SEQUENCE shop.ids;
    CREATE FUNCTION shop.sneak() RETURNS int LANGUAGE plpgsql AS 'begin delete from shop.users; return 1; end';
    CREATE PROCEDURE shop.drain() LANGUAGE plpgsql AS 'begin delete from shop.users; commit; end'`)
})
afterAll(async () => {
  await Promise.all(open.map((connector) => connector.close()))
  await database.drop()
})

function source(over: JsonObject = {}, previewMs = 10_000): Connector {
  const made = connect('postgres', { ...config, ...over }, { fileRoots: [], previewMs })
  if ('kind' in made) throw new Error('no connector')
  open.push(made)
  return made
}

async function run(sql: string): Promise<{ n?: unknown }[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const result = await client.query(sql)
  await client.end()
  return result.rows ?? []
}

const raw = (connector: Connector, rawSql: string) => connector.preview({ type: 'raw_sql', rawSql }, 100)

describe('[Z9] a preview only reads', () => {
  it.each([
    ['select shop.sneak()', 'not-a-select'],
    ['call shop.drain()', 'not-a-select'],
    ["do 'begin delete from shop.users; end'", 'not-a-select'],
    ["select nextval('shop.ids')", 'not-a-select'],
    ["select set_config('transaction_read_only', 'off', false), shop.sneak()", 'query'],
    ['set transaction read write', 'not-a-select'],
    ['set session characteristics as transaction read write', 'not-a-select'],
    ['rollback', 'not-a-select'],
    ['rollback; delete from shop.users', 'several-statements'],
    ['end; delete from shop.users; begin', 'several-statements'],
    ['with x as (insert into shop.users values (11) returning id) select * from x', 'not-a-select'],
    ['select * from shop.users for update', 'not-a-select'],
    ["copy shop.users to program 'touch /tmp/tandem-owned'", 'not-a-select'],
    ['copy shop.users from stdin', 'not-a-select'],
    ["copy shop.users to '/tmp/tandem-stolen.csv'", 'not-a-select'],
    ['declare c cursor for select 1', 'not-a-select'],
    ['fetch all from c', 'not-a-select'],
    ['show all', 'not-a-select'],
    ['execute x', 'not-a-select'],
    ['listen x', 'not-a-select'],
    ['explain analyze select shop.sneak()', 'not-a-select'],
    ['lock table shop.users', 'not-a-select'],
    ['select $1::int', 'query'],
    ['select lo_create(0)', 'not-a-select'],
  ])('[Z9] %s', async (sql, code) => {
    await expect(raw(source(), sql)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^[A-Z].+\.$/s),
    })
    expect(await run('SELECT count(*)::int AS n FROM shop.users')).toEqual([{ n: 10 }])
  })

  it('[Z9] leaves nothing in the session for the next one', async () => {
    const connector = source()
    const { rows } = await raw(
      connector,
      "select set_config('statement_timeout', '0', false), set_config('search_path', 'shop', false), pg_advisory_lock(7)",
    )
    expect(rows).toEqual([['0', 'shop', '']])
    const after = await raw(
      connector,
      `select current_setting('statement_timeout') as t, current_setting('transaction_read_only') as r,
        (select count(*) from pg_locks where locktype = 'advisory' and objid = 7) as locks,
        current_setting('search_path') <> 'shop' as path`,
    )
    expect(after.rows).toEqual([['10s', 'on', 0, true]])
  })

  it('[Z9] ends a query that set its own time limit', async () => {
    await expect(
      raw(source({}, 1_000), "select set_config('statement_timeout', '0', true), pg_sleep(60)"),
    ).rejects.toMatchObject({ code: 'timeout' })
  })

  it('[Z9] fetches no more rows than it shows', async () => {
    const { rows, truncated } = await raw(
      source(),
      'with recursive endless(i) as (select 1 union all select i + 1 from endless) select i from endless',
    )
    expect([rows.length, truncated]).toEqual([100, true])
  })
})

describe('[W2] names', () => {
  it.each([
    ['SHOP.USERS', ['id']],
    ['shop.users', ['id']],
    ['shop."Users"', ['id', 'big']],
    ['"shop"."odd ""name""."', ['id']],
  ])('[W2] %s', async (tableName, names) => {
    const columns = await source().columns({ type: 'table', tableName })
    expect(columns.map((column) => column.name)).toEqual(names)
  })

  it('[W2] with the database in front, when it is this one', async () => {
    const tableName = `${String(config.database)}.shop.users`
    expect(await source().columns({ type: 'table', tableName })).toEqual([{ name: 'id', type: 'integer' }])
    await expect(source().columns({ type: 'table', tableName: 'other.shop.users' })).rejects.toMatchObject({
      code: 'table-missing',
    })
  })

  it('[W2] bytes, lists and JSON', async () => {
    const { rows } = await raw(
      source(),
      `select '\\xdeadbeef'::bytea, array['a','b'], '{"a":[1,2.50]}'::jsonb, 'NaN'::float8, 2::int8, interval '1 day'`,
    )
    expect(rows).toEqual([['\\xdeadbeef', '{a,b}', { a: [1, 2.5] }, 'NaN', 2, '1 day']])
  })
})

describe('[W1] what goes wrong is said in a sentence', () => {
  const failed = async (over: JsonObject) => source(over).test()

  it('[W1] nothing answers', async () => {
    expect(await failed({ port: 1 })).toEqual({
      kind: 'failed',
      code: 'unreachable',
      message: `PostgreSQL at ${String(config.host)}:1 cannot be reached: nothing answers there.`,
      hint: 'Check host and port, and that this machine may connect to it.',
    })
  })

  it('[W1] no such host', async () => {
    expect(await failed({ host: 'nowhere.invalid' })).toMatchObject({ code: 'unreachable' })
  })

  it('[W1] a wrong password, and none', async () => {
    expect(await failed({ password: 'wrong' })).toMatchObject({
      code: 'auth',
      hint: 'Check user and password.',
    })
    expect(await failed({ password: '' })).toMatchObject({
      code: 'auth',
      message: expect.stringContaining('asks for a password, and the source has none'),
    })
  })

  it('[W1] no such database', async () => {
    expect(await failed({ database: 'nowhere' })).toMatchObject({
      code: 'config',
      message: expect.stringContaining('database "nowhere" does not exist'),
    })
  })

  it('[W1] no encryption there', async () => {
    expect(await failed({ ssl: true })).toMatchObject({
      code: 'config',
      message: expect.stringContaining('encryption'),
    })
  })

  it.each([
    [{ host: '' }, 'The PostgreSQL source has no host.'],
    [{ host: '/var/run/postgresql' }, 'The host of the PostgreSQL source must be a host name or an address.'],
    [{ port: 'x' }, 'The port of the PostgreSQL source must be a number from 1 to 65535.'],
    [{ user: null }, 'The PostgreSQL source has no user.'],
    [{ ssl: 'perhaps' }, 'The ssl of the PostgreSQL source must be true, false or "no-verify".'],
  ])('[W1] %j', async (over, message) => {
    expect(await failed(over)).toMatchObject({ kind: 'failed', code: 'config', message })
  })

  it('[W1] no permission', async () => {
    await run(`CREATE ROLE ${String(config.database)}_guest LOGIN PASSWORD 'guest'`)
    const guest = source({ user: `${String(config.database)}_guest`, password: 'guest' })
    await expect(raw(guest, 'select * from shop.users')).rejects.toMatchObject({
      code: 'permission',
      message: 'Permission denied for schema shop.',
    })
    expect((await guest.tables()).filter((table) => table.schema === 'shop')).toEqual([])
    await guest.close()
    await run(`DROP ROLE ${String(config.database)}_guest`)
  })
})

describe('[Z4] the server’s own credentials', () => {
  let listener: Server
  afterAll(() => listener.close())

  it('[Z4] never go to a source’s host', async () => {
    const heard: Buffer[] = []
    listener = createServer((socket) => {
      socket.on('data', (bytes: Buffer) => {
        heard.push(bytes)
        // AuthenticationCleartextPassword: a hostile server asks for the password as it is.
        if (heard.length === 1) socket.write(Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 3]))
        else socket.end()
      })
    })
    await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening))
    const address = listener.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const before = process.env.PGPASSWORD
    process.env.PGPASSWORD = 'server-secret'
    expect(await source({ port, host: '127.0.0.1', password: '' }).test()).toMatchObject({ kind: 'failed' })
    if (before === undefined) delete process.env.PGPASSWORD
    else process.env.PGPASSWORD = before
    expect(heard.length).toBeGreaterThan(1)
    expect(Buffer.concat(heard).toString('latin1')).not.toContain('server-secret')
  })
})
