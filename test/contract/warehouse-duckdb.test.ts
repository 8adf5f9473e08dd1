import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Connector, connect } from '../../src/warehouse/connector.ts'
import { closeDuckdb } from '../../src/warehouse/duckdb/pool.ts'

const JAFFLE_SHOP = resolve(import.meta.dirname, '../data/jaffle-shop')

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tandem-files-'))
})
afterEach(() => rm(root, { recursive: true }))
afterAll(() => closeDuckdb())

/** With little time where a test waits for it to be over. */
function source(path: string | undefined, roots: string[] = [root], previewMs = 10_000): Connector {
  const made = connect('duckdb', path === undefined ? {} : { path }, { fileRoots: roots, previewMs })
  if ('kind' in made) throw new Error('no connector')
  return made
}

const raw = (connector: Connector, rawSql: string) => connector.preview({ type: 'raw_sql', rawSql }, 100)
const table = (connector: Connector, tableName: string) =>
  connector.preview({ type: 'table', tableName }, 100)

async function database(path: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run(sql)
  connection.closeSync()
  instance.closeSync()
}

describe('a folder of real files', () => {
  const shop = () => source(JAFFLE_SHOP, [JAFFLE_SHOP])

  it('[W2] gives a table for each file', async () => {
    expect(await shop().tables()).toEqual(
      ['raw_customers', 'raw_orders', 'raw_payments'].map((name) => ({
        name,
        schema: 'main',
        table: name,
        kind: 'file',
        rows: null,
      })),
    )
    expect(await table(shop(), 'RAW_ORDERS')).toMatchObject({
      columns: [
        { name: 'id', type: 'BIGINT' },
        { name: 'user_id', type: 'BIGINT' },
        { name: 'order_date', type: 'DATE' },
        { name: 'status', type: 'VARCHAR' },
      ],
      truncated: false,
    })
  })

  it('[W2] joins the files with each other', async () => {
    const { rows } = await raw(
      shop(),
      `select c.first_name, count(*) as orders, sum(p.amount) / 100 as paid
       from raw_customers c join raw_orders o on o.user_id = c.id join raw_payments p on p.order_id = o.id
       group by all order by paid desc limit 2`,
    )
    expect(rows).toEqual([
      ['Howard', 5, 99],
      ['Christina', 6, 93],
    ])
  })

  it('[Z9] and reads nothing else', async () => {
    await expect(raw(shop(), "select * from read_csv('/etc/passwd')")).rejects.toMatchObject({
      code: 'permission',
      message: 'Cannot access file "/etc/passwd".',
    })
  })
})

it('[W2] reads CSV, Parquet and JSON; a sub-folder is a schema; equal names keep their endings', async () => {
  await mkdir(join(root, 'EVENTS'))
  await writeFile(join(root, 'EVENTS/LOGGED_IN.jsonl'), '{"USER_ID": 1, "where": {"city": "Oslo"}}\n')
  await writeFile(join(root, 'users.csv'), 'id;name\n1;Ann\n')
  await writeFile(join(root, 'Users.json'), '[{"id": 2}]')
  await writeFile(join(root, "o'brien 1.tsv"), 'a\tb\n1\t2\n')
  await writeFile(join(root, '.hidden.csv'), 'a\n1\n')
  await writeFile(join(root, 'notes.md'), '# no data')
  await database(':memory:', `copy (select 7 as seven) to '${root}/p.parquet'`)
  const folder = source(root)
  const names = (await folder.tables()).map((info) => info.name)
  expect(names).toEqual(['EVENTS.LOGGED_IN', '"Users.json"', `"o'brien 1"`, 'p', '"users.csv"'])
  const rows = await Promise.all(names.map(async (name) => (await table(folder, name)).rows))
  expect(rows).toEqual([[[1, { city: 'Oslo' }]], [[2]], [[1, 2]], [[7]], [[1, 'Ann']]])
})

it('[W2] a single file is a source, and so is nothing at all', async () => {
  await writeFile(join(root, 'users.csv'), 'id,name\n1,Ann\n')
  expect((await table(source(join(root, 'users.csv')), 'users')).rows).toEqual([[1, 'Ann']])
  expect((await table(source('users.csv'), 'users')).rows).toEqual([[1, 'Ann']])
  expect((await raw(source(undefined), 'select 1 as one')).rows).toEqual([[1]])
  expect(await source(undefined).tables()).toEqual([])
})

it('[W2] a file that changes is read anew, a broken one is named and the others go on', async () => {
  await writeFile(join(root, 'a.csv'), 'id\n1\n')
  await writeFile(join(root, 'broken.parquet'), 'no parquet')
  const folder = source(root)
  expect((await table(folder, 'a')).rows).toEqual([[1]])
  await expect(table(folder, 'broken')).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringMatching(/^broken\.parquet cannot be read: /),
  })
  await writeFile(join(root, 'a.csv'), 'id,name\n1,Ann\n2,Bo\n')
  expect((await table(folder, 'a')).rows).toEqual([
    [1, 'Ann'],
    [2, 'Bo'],
  ])
})

describe('[Z9] paths', () => {
  it.each(['/etc', '/etc/passwd', '../', '..', '../../etc/passwd', 'a/../../b', '/tmp', 'a\0b'])(
    '[Z9] %j lies outside',
    async (path) => {
      const outside = {
        code: 'file-outside-roots',
        message: expect.stringContaining('lies outside the folders'),
      }
      await expect(source(path).tables()).rejects.toMatchObject(outside)
      expect(await source(path).test()).toMatchObject({ kind: 'failed', ...outside })
    },
  )

  it('[Z9] without roots there are no file sources', async () => {
    await expect(source(root, []).tables()).rejects.toMatchObject({
      code: 'file-outside-roots',
      hint: expect.stringContaining('TANDEM_FILE_ROOTS'),
    })
  })

  it('[Z9] a sibling whose name begins like the root is outside', async () => {
    await expect(source(`${root}-other/a.csv`).tables()).rejects.toMatchObject({ code: 'file-outside-roots' })
  })

  it('[Z9] a missing path is said to be missing only under the roots', async () => {
    await expect(source('none.csv').tables()).rejects.toMatchObject({ code: 'file-missing' })
  })

  it('[Z9] a link that leads out is refused, as the source and in a folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'tandem-outside-'))
    await writeFile(join(outside, 'secret.csv'), 'secret\nhunter2\n')
    await symlink(outside, join(root, 'folder'))
    await symlink(join(outside, 'secret.csv'), join(root, 'link.csv'))
    await symlink('/etc/passwd', join(root, 'passwd.csv'))
    await writeFile(join(root, 'own.csv'), 'a\n1\n')
    await expect(source('folder').tables()).rejects.toMatchObject({ code: 'file-outside-roots' })
    await expect(source('link.csv').tables()).rejects.toMatchObject({ code: 'file-outside-roots' })
    expect((await source(root).tables()).map((info) => info.name)).toEqual(['own'])
    for (const path of [
      join(root, 'link.csv'),
      join(root, 'folder/secret.csv'),
      `${root}/../${outside}/secret.csv`,
    ]) {
      await expect(raw(source(root), `select * from read_csv('${path}')`)).rejects.toMatchObject({
        code: 'permission',
      })
      await expect(raw(source(root), `select * from '${path}'`)).rejects.toMatchObject({
        code: 'permission',
      })
    }
    await rm(outside, { recursive: true })
  })

  it('[Z9] a link within the root is followed', async () => {
    await writeFile(join(root, 'a.csv'), 'id\n1\n')
    await symlink('a.csv', join(root, 'b.csv'))
    expect((await table(source(root), 'b')).rows).toEqual([[1]])
  })
})

describe('[Z9] a database file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-database-'))
    await database(
      join(folder, 'store.duckdb'),
      `create table users as select 1 as id; create sequence ids;
       create view stolen as select 'x' as line; create view logs as select 1 as one;
       create macro leak() as table select * from users;`,
    )
  })
  afterAll(() => rm(folder, { recursive: true }))
  const store = (previewMs?: number) => source('store.duckdb', [folder], previewMs)

  it.each([
    ["select * from read_csv('/etc/passwd')", 'permission'],
    ["select * from read_text('/etc/passwd')", 'function-refused'],
    ["select * from read_blob('/etc/passwd')", 'function-refused'],
    ["select * from glob('/etc/*')", 'function-refused'],
    ["select * from '/etc/passwd'", 'table-missing'],
    ["select (select max(x) from read_json('/etc/passwd') t(x))", 'permission'],
    ["with a as (select * from read_parquet('/etc/passwd')) select * from a", 'permission'],
    ["select * from query('delete from users')", 'function-refused'],
    ["select * from query_table('users')", 'function-refused'],
    ["select * from enable_logging(storage = 'file', storage_path = '/tmp/tandem-logs')", 'function-refused'],
    ['select * from force_checkpoint()', 'function-refused'],
    ['select * from duckdb_settings()', 'function-refused'],
    ['select * from duckdb_secrets()', 'function-refused'],
    ["select write_log('x')", 'function-refused'],
    ["select nextval('ids')", 'function-refused'],
    ["select * from sqlite_scan('/etc/passwd', 'x')", 'function-refused'],
    ["attach '/tmp/tandem-other.duckdb' as other", 'not-a-select'],
    ['install httpfs', 'not-a-select'],
    ["load '/tmp/x.duckdb_extension'", 'not-a-select'],
    ['pragma database_list', 'not-a-select'],
    ['set threads = 64', 'not-a-select'],
    ["set enable_external_access = true; select * from '/etc/passwd'", 'several-statements'],
    ['reset all', 'not-a-select'],
    ['call force_checkpoint()', 'not-a-select'],
    ["export database '/tmp/tandem-export'", 'not-a-select'],
    ["import database '/tmp/tandem-export'", 'not-a-select'],
    ['use main', 'not-a-select'],
    ['show tables', 'not-a-select'],
    ['pivot users on id using count(*)', 'not-a-select'],
    ['summarize users', 'not-a-select'],
    ['describe users', 'not-a-select'],
    ['create secret s (type s3)', 'not-a-select'],
    ['execute p', 'not-a-select'],
    ['select $1', 'query'],
    [`select '${'x'.repeat(300_000)}'`, 'not-a-select'],
  ])('[Z9] %s is refused', async (sql, code) => {
    await expect(raw(store(), sql)).rejects.toMatchObject({ code })
  })

  it('[Z9] leaves nothing behind beside it', async () => {
    expect((await table(store(), 'users')).rows).toEqual([[1]])
    expect(await readdir(folder)).toEqual(['store.duckdb'])
  })

  it('[Z9] SQL stored in the file is held by the same walls', async () => {
    await database(
      join(root, 'hostile.duckdb'),
      `create table t(line varchar); create macro steal() as (select max(line) from t);
       create view peek as select * from t`,
    )
    // A view over a file that only the view's author could read.
    const script = `create or replace view peek as select * from read_csv('${join(JAFFLE_SHOP, 'raw_customers.csv')}')`
    await database(join(root, 'hostile.duckdb'), script)
    await expect(table(source('hostile.duckdb'), 'peek')).rejects.toMatchObject({ code: 'permission' })
  })

  it('[Z9] too much memory is an error, not the end', async () => {
    await expect(
      raw(store(2_000), "select string_agg(repeat('x', 1000) || i, '') from range(5000000) t(i)"),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^(memory|timeout)$/) })
    expect((await raw(store(), 'select 1 as one')).rows).toEqual([[1]])
  })

  it('[Z9] the server’s own loop goes on while a query runs', async () => {
    await table(store(), 'users')
    let longest = 0
    let last = performance.now()
    const ticks = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 10)
    const slow = 'select sum(a.i * b.i) from range(100000) a(i), range(100000) b(i), range(1000) c(i)'
    await expect(raw(store(1_000), slow)).rejects.toMatchObject({ code: 'timeout' })
    clearInterval(ticks)
    expect(longest).toBeLessThan(2_000)
  })

  it('[W2] says so when another program writes to it', async () => {
    await database(join(root, 'busy.duckdb'), 'create table t as select 1')
    const script = `import { DuckDBInstance } from '@duckdb/node-api'
      const instance = await DuckDBInstance.create(${JSON.stringify(join(root, 'busy.duckdb'))})
      console.log('open'); setInterval(() => instance, 1000)`
    const writer = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: resolve(import.meta.dirname),
    })
    await new Promise((opened) => writer.stdout.once('data', opened))
    await expect(source('busy.duckdb').tables()).rejects.toMatchObject({
      code: 'busy',
      message: 'Another program has the database file open for writing.',
    })
    writer.kill('SIGKILL')
  })

  it('[W2] a file that is no database, and a database that was replaced', async () => {
    await writeFile(join(root, 'text.duckdb'), 'this is no database, whatever its name may say about it')
    expect(await source('text.duckdb').test()).toMatchObject({ kind: 'failed', code: 'file-unreadable' })
    expect((await table(store(), 'users')).rows).toEqual([[1]])
    await database(join(root, 'next.duckdb'), 'create table users as select 2 as id')
    await cp(join(root, 'next.duckdb'), join(folder, 'store.duckdb'))
    expect((await table(store(), 'users')).rows).toEqual([[2]])
  })
})

it('[Z9] a tower of subqueries is an answer or an error, never the end', async () => {
  const tower = `${'select * from ('.repeat(3000)}select 1 as one${')'.repeat(3000)}`
  await expect(raw(source(undefined), tower)).rejects.toMatchObject({
    code: expect.stringMatching(/^(syntax|query|crashed)$/),
  })
  expect((await raw(source(undefined), 'select 1 as one')).rows).toEqual([[1]])
})

it('[Z9] a process that falls takes its own queries along and nothing else', async () => {
  await closeDuckdb()
  await raw(source(undefined), 'select 1')
  const [pid] = await childPids()
  const lost = raw(source(undefined), 'select sum(a.i * b.i) from range(100000) a(i), range(100000) b(i)')
  setTimeout(() => process.kill(Number(pid), 'SIGSEGV'), 100)
  await expect(lost).rejects.toMatchObject({ code: 'crashed' })
  expect((await raw(source(undefined), 'select 1 as one')).rows).toEqual([[1]])
})

/** The processes that run SQL, among whatever else this one has started. */
async function childPids(): Promise<string[]> {
  const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
  const pids = children.trim().split(' ')
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8')))
  return pids.filter((_, i) => commands[i]?.includes('duckdb/process'))
}

it('[Z9] nothing of the server’s environment reaches the process that runs SQL', async () => {
  await raw(source(undefined), 'select 1')
  const pids = await childPids()
  const environments = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8')))
  const names = environments.flatMap((text) => text.split('\0').map((line) => line.split('=')[0]))
  expect(new Set(names.filter((name) => name !== ''))).toEqual(
    new Set(['TZ', 'PATH', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE']),
  )
})
