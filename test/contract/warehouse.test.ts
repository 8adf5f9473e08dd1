import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/model/json.ts'
import { type Connector, connect } from '../../src/warehouse/connector.ts'
import { closeDuckdb } from '../../src/warehouse/duckdb/pool.ts'
import { createTestDatabase } from '../support/database.ts'

/** The same two tables in both engines: 250 users, of whom each made one purchase. */
const SETUP = `
  CREATE TABLE USERS (user_id INTEGER, email VARCHAR, balance DECIMAL(10,2), big BIGINT, born DATE, seen TIMESTAMP, opt_in BOOLEAN);
  INSERT INTO USERS SELECT i, 'user' || i || '@example.com', i + 0.50, 9007199254740993, DATE '1990-01-02',
    TIMESTAMP '2025-03-01 05:06:07', i % 2 = 0 FROM generate_series(1, 250) AS t(i);
  CREATE SCHEMA EVENTS;
  CREATE TABLE EVENTS.PURCHASED (user_id INTEGER, "TS" TIMESTAMP);
  INSERT INTO EVENTS.PURCHASED SELECT i, TIMESTAMP '2025-03-01 05:06:07' FROM generate_series(1, 250) AS t(i);
  CREATE VIEW EVENTS.RECENT AS SELECT * FROM EVENTS.PURCHASED;`

type Engine = {
  readonly name: string
  readonly main: string
  open(): Promise<{ config: JsonObject; roots: string[]; count(): Promise<number>; drop(): Promise<void> }>
  readonly types: readonly string[]
  readonly slow: string
}

const engines: readonly Engine[] = [
  {
    name: 'duckdb',
    main: 'main',
    types: ['INTEGER', 'VARCHAR', 'DECIMAL(10,2)', 'BIGINT', 'DATE', 'TIMESTAMP', 'BOOLEAN'],
    slow: 'SELECT sum(a.i * b.i * c.i) FROM range(100000) a(i), range(100000) b(i), range(100000) c(i)',
    open: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'tandem-warehouse-'))
      const path = join(folder, 'store.duckdb')
      await onDuckdb(path, SETUP)
      return {
        config: { path },
        roots: [folder],
        count: async () => {
          await closeDuckdb()
          return Number((await onDuckdb(path, 'SELECT count(*) FROM USERS'))[0]?.[0])
        },
        drop: () => rm(folder, { recursive: true }),
      }
    },
  },
  {
    name: 'postgres',
    main: 'public',
    types: [
      'integer',
      'character varying',
      'numeric(10,2)',
      'bigint',
      'date',
      'timestamp without time zone',
      'boolean',
    ],
    slow: 'SELECT sum(a.i * b.i * c.i) FROM generate_series(1, 100000) a(i), generate_series(1, 100000) b(i), generate_series(1, 100000) c(i)',
    open: async () => {
      const database = await createTestDatabase()
      const url = new URL(database.url)
      await onPostgres(
        database.url,
        `DROP SCHEMA IF EXISTS public, graphile_worker CASCADE; CREATE SCHEMA public; ${SETUP}; ANALYZE`,
      )
      return {
        config: {
          host: url.hostname,
          port: Number(url.port),
          database: url.pathname.slice(1),
          user: decodeURIComponent(url.username),
          password: decodeURIComponent(url.password),
        },
        roots: [],
        count: async () => Number((await onPostgres(database.url, 'SELECT count(*) AS n FROM users'))[0]?.n),
        drop: () => database.drop(),
      }
    },
  },
]

async function onDuckdb(path: string, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(sql)
  connection.closeSync()
  instance.closeSync()
  return reader.getRows()
}

async function onPostgres(url: string, sql: string): Promise<{ n?: unknown }[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const result = await client.query(sql)
  await client.end()
  return result.rows ?? []
}

function connector(type: string, config: JsonObject, roots: string[], previewMs = 10_000): Connector {
  const made = connect(type, config, { fileRoots: roots, previewMs })
  if ('kind' in made) throw new Error(`no connector for ${type}`)
  return made
}

afterAll(() => closeDuckdb())

it('[A3] a type without a connector is no error', () => {
  expect(connect('google_sheets', {}, { fileRoots: [] })).toEqual({ kind: 'no-connector' })
  expect(connect('constructor', {}, { fileRoots: [] })).toEqual({ kind: 'no-connector' })
})

describe.each(engines)('$name', ({ name, main, open, types, slow }) => {
  let opened: Awaited<ReturnType<Engine['open']>>
  let source: Connector
  beforeAll(async () => {
    opened = await open()
    source = connector(name, opened.config, opened.roots)
  })
  afterAll(async () => {
    await source.close()
    await opened.drop()
  })
  const raw = (rawSql: string) => source.preview({ type: 'raw_sql', rawSql }, 100)
  const problem = async (rawSql: string) => {
    try {
      await raw(rawSql)
    } catch (error) {
      const { code, message, hint, position } = error as {
        code: string
        message: string
        hint: string
        position: unknown
      }
      return { code, message, hint, position }
    }
    throw new Error(`${rawSql} ran`)
  }

  it('[W2] says that it works, and with what', async () => {
    expect(await source.test()).toEqual({
      kind: 'ok',
      version: expect.stringMatching(/^(DuckDB v1|PostgreSQL 1[0-9])/),
      tables: 3,
      ms: expect.any(Number),
    })
  })

  it('[W2] lists tables and views as models name them', async () => {
    const tables = await source.tables()
    expect(
      tables.map(({ name, schema, table, kind }) => ({
        name: name.toLowerCase(),
        schema: schema.toLowerCase(),
        table: table.toLowerCase(),
        kind,
      })),
    ).toEqual([
      { name: 'events.purchased', schema: 'events', table: 'purchased', kind: 'table' },
      { name: 'events.recent', schema: 'events', table: 'recent', kind: 'view' },
      { name: main === 'main' ? 'users' : 'public.users', schema: main, table: 'users', kind: 'table' },
    ])
    for (const { name } of tables)
      expect((await source.preview({ type: 'table', tableName: name }, 1)).rows).toHaveLength(1)
  })

  it('[W2] previews a table with exact, JSON-safe values', async () => {
    const preview = await source.preview({ type: 'table', tableName: 'USERS' }, 2)
    expect(preview).toEqual({
      columns: ['user_id', 'email', 'balance', 'big', 'born', 'seen', 'opt_in'].map((column, i) => ({
        name: column,
        type: types[i],
      })),
      rows: [
        [1, 'user1@example.com', '1.50', '9007199254740993', '1990-01-02', '2025-03-01 05:06:07', false],
        [2, 'user2@example.com', '2.50', '9007199254740993', '1990-01-02', '2025-03-01 05:06:07', true],
      ],
      truncated: true,
      ms: expect.any(Number),
    })
    expect(await source.columns({ type: 'table', tableName: 'USERS' })).toEqual(preview.columns)
  })

  it.each(['EVENTS.PURCHASED', 'events.purchased', 'Events . Recent'])(
    '[W2] finds %s whatever its letter case',
    async (tableName) => {
      const columns = await source.columns({ type: 'table', tableName })
      expect(columns.map((column) => column.name)).toEqual(['user_id', 'TS'])
    },
  )

  it('[Z9] gives 100 rows at most, and says whether there are more', async () => {
    const all = await source.preview({ type: 'raw_sql', rawSql: 'select user_id from users' }, 1_000_000)
    expect({ rows: all.rows.length, truncated: all.truncated }).toEqual({ rows: 100, truncated: true })
    const few = await raw('select user_id from users where user_id <= 100')
    expect({ rows: few.rows.length, truncated: few.truncated }).toEqual({ rows: 100, truncated: false })
  })

  it('[W2] gives the columns of SQL without running it', async () => {
    const rawSql = `with x as (select user_id, count(*) as n from users group by 1) -- "who"\nselect * from x, (${slow}) as s(total);`
    const columns = await source.columns({ type: 'raw_sql', rawSql })
    expect(columns.map((column) => column.name)).toEqual(['user_id', 'n', 'total'])
  })

  it('[W2] values of every sort come through', async () => {
    const { rows } = await raw(
      `select null as a, 1e300 as b, cast('nan' as double precision) as c, cast('2025-01-01 10:00:00+02' as timestamptz) as d,
        cast('{"n": 12345678901234567890, "__proto__": [1]}' as json) as e, cast('6ba7b810-9dad-11d1-80b4-00c04fd430c8' as uuid) as f`,
    )
    expect(rows).toEqual([
      [
        null,
        name === 'duckdb' ? 1e300 : expect.stringMatching(/^10{300}$/),
        'NaN',
        '2025-01-01 08:00:00+00',
        JSON.parse('{"n": "12345678901234567890", "__proto__": [1]}'),
        '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
      ],
    ])
  })

  it('[W2] a long value is cut', async () => {
    const { rows } = await raw(`select repeat('x', 1000000)`)
    expect(String(rows[0]?.[0])).toBe(`${'x'.repeat(4000)}…`)
  })

  it('[F18] a missing table names the nearest', async () => {
    await expect(source.preview({ type: 'table', tableName: 'EVENTS.PURCHASD' }, 1)).rejects.toMatchObject({
      code: 'table-missing',
      message: 'There is no table EVENTS.PURCHASD in this source.',
      hint: expect.stringMatching(/^Did you mean `events\.purchased`\?$/i),
    })
    expect(await problem('select *\n  from usrs')).toEqual({
      code: 'table-missing',
      message: 'There is no table usrs in this source.',
      hint: expect.stringMatching(/^Did you mean `(public\.)?users`\?$/i),
      position: { line: 2, column: 8 },
    })
  })

  it('[F18] a missing column names the nearest, and its place', async () => {
    expect(await problem('select\n  balance, balanc\nfrom users')).toEqual({
      code: 'column-missing',
      message: 'There is no column balanc.',
      hint: 'Did you mean `balance`?',
      position: { line: 2, column: 12 },
    })
  })

  it('[F18] a syntax error has its place', async () => {
    expect(await problem("select '🌱',\n  from from users")).toMatchObject({
      code: 'syntax',
      position: { line: 2, column: expect.any(Number) },
    })
  })

  it('[Z9] several statements are refused and none runs', async () => {
    expect(await problem('select 1; delete from users')).toMatchObject({ code: 'several-statements' })
    expect(await problem("select 1; create table taken as select 1; select 'x'")).toMatchObject({
      code: 'several-statements',
    })
  })

  it.each([
    '',
    '   -- nothing\n/* at all */',
    'insert into users values (1)',
    'delete from users',
    'update users set email = null',
    'drop table users',
    'create table taken as select 1 as x',
    'create temp table taken as select 1 as x',
    "copy users to '/tmp/tandem-stolen.csv'",
    "copy (select 1) to '/tmp/tandem-stolen.csv'",
    'with gone as (delete from users returning *) select * from gone',
    'explain analyze delete from users',
    'begin',
    'commit',
    'vacuum',
    'checkpoint',
    'select user_id into taken from users',
    'prepare p as select 1',
    'explain select 1',
    'select 1\u0000; drop table users',
  ])('[Z9] refuses %j', async (sql) => {
    expect(await problem(sql)).toMatchObject({
      code: expect.stringMatching(/^(not-a-select|syntax|query)$/),
      message: expect.stringMatching(/^[A-Z].*\.$/s),
    })
  })

  it('[W3] counts the keys of a table and of SQL, by their columns alone, with their types', async () => {
    const keys = await source.keys({ type: 'table', tableName: 'users' }, ['USER_ID', 'email'])
    expect([keys.types, keys.complete, keys.rows.length, keys.rows[0]]).toEqual([
      [types[0], types[1]],
      true,
      250,
      ['1', 'user1@example.com'],
    ])
    const rawSql = "select 'b' as b, cast(null as integer) as a union all select 'c', 7 order by 1"
    expect((await source.keys({ type: 'raw_sql', rawSql }, ['a'])).rows).toEqual([[null], ['7']])
    await expect(source.keys({ type: 'raw_sql', rawSql }, ['bb'])).rejects.toMatchObject({
      code: 'column-missing',
      hint: expect.stringContaining('Did you mean'),
    })
  })

  it('[W3] [Z9] reads no more than the first rows of many, in the time of a preview, and runs nothing else', async () => {
    const many = 'select i as id from generate_series(1, 60000) as t(i)'
    const keys = await source.keys({ type: 'raw_sql', rawSql: many }, ['id'])
    expect([keys.rows.length, keys.complete]).toEqual([50_000, false])
    for (const rawSql of ['select 1 as a; drop table users', 'drop table users', 'select 1 as a) --'])
      await expect(source.keys({ type: 'raw_sql', rawSql }, ['a'])).rejects.toThrow()
    const hasty = connector(name, opened.config, opened.roots, 300)
    await expect(hasty.keys({ type: 'raw_sql', rawSql: slow }, ['a'])).rejects.toMatchObject({
      code: expect.stringMatching(/^(timeout|column-missing)$/),
    })
    await hasty.close()
  })

  it('[Z9] a table’s name is a name, whatever it holds', async () => {
    for (const tableName of [
      'users; drop table users',
      'users" where 1=1 --',
      '(select 1)',
      '__proto__',
      '',
    ]) {
      await expect(source.preview({ type: 'table', tableName }, 1)).rejects.toMatchObject({
        code: 'table-missing',
      })
    }
  })

  it('[Z9] a slow query is stopped in time, and the source still answers', async () => {
    const hasty = connector(name, opened.config, opened.roots, 1_000)
    const events: string[] = []
    const stopped = hasty.preview({ type: 'raw_sql', rawSql: slow }, 100).catch((error: unknown) => {
      events.push('stopped')
      return error
    })
    expect((await raw('select 1 as one')).rows).toEqual([[1]])
    events.push('answered')
    expect(await stopped).toMatchObject({
      code: 'timeout',
      message: 'The query was stopped after 1 second.',
    })
    expect(events).toEqual(['answered', 'stopped'])
    expect((await raw('select 2 as two')).rows).toEqual([[2]])
    await hasty.close()
  })

  it('[Z9] after all that, everything is still there', async () => {
    expect(await opened.count()).toBe(250)
    expect(await source.tables()).toHaveLength(3)
  })

  it('[Z9] a closed connector opens again', async () => {
    await source.close()
    expect((await raw('select 3 as three')).rows).toEqual([[3]])
  })
})
