import { Kysely, type LogEvent, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/schema.ts'
import { createEngine, type Engine, side } from '../support/engine.ts'
import { parent, related, relationship, source } from '../support/resources.ts'

const MODELS = 1_500
const MANY = 400
/** They hold as many rows as the workspace has resources, and are filled and emptied by thousands at once. */
const TABLES = [
  'base',
  'change',
  'change_set',
  'commit_record',
  'commit_write',
  'open_file',
  'resource',
] as const

type Statement = { readonly sql: string; readonly parameters: readonly unknown[] }
type Node = {
  readonly 'Node Type': string
  readonly 'Join Filter'?: string
  readonly Plans?: readonly Node[]
}

/**
 * Statistics are of the moment at which somebody happened to gather them: before the tables were filled, in
 * the middle, or never. A plan that compares every row of one side with every row of the other is a nested loop
 * with a join filter; a nested loop by an index has none.
 */
describe('whatever the statistics say, no statement of a sync compares all with all', () => {
  let engine: Engine
  let logged: Kysely<Database>
  const seen = new Map<string, Statement>()
  const log = ({ query }: LogEvent) => {
    const { sql, parameters } = query
    if (/^\s*(select|insert|update|delete|with)/i.test(sql)) seen.set(sql, { sql, parameters })
  }
  beforeAll(async () => {
    engine = await createEngine()
    const pool = new pg.Pool({ connectionString: engine.context.databaseUrl })
    logged = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log })
    for (const table of TABLES) await run(`alter table ${table} set (autovacuum_enabled = off)`)
  })
  afterAll(async () => {
    await logged.destroy()
    await engine.close()
  })
  const run = (text: string, parameters: readonly unknown[] = []) =>
    withClient(engine.context.databaseUrl, async (client) => (await client.query(text, [...parameters])).rows)

  /** Of all statements that ran, those whose plan compares all with all. */
  async function quadratic(): Promise<string[]> {
    const found: string[] = []
    for (const { sql, parameters } of seen.values()) {
      const [row] = await run(`explain (format json) ${sql}`, parameters)
      if (hasJoinFilter(row['QUERY PLAN'][0].Plan)) found.push(sql)
    }
    return found
  }

  it('[S30] [S2] when they are of the tables before a first sync, in its middle, or of empty ones', async () => {
    const workspace = side({ ...engine.context, db: logged }, engine.workspace)
    const models = Array.from({ length: MODELS }, (_, i) => related(`model-${i}`))
    const relations = Array.from({ length: MANY }, (_, i) => relationship('users', `model-${i}`))
    await workspace.saved({ kind: 'import', writes: [source(), parent('users'), ...models, ...relations] })
    await workspace.connect({ url: engine.url })
    // As when they are gathered while nothing is in the outbox, no base is there and nothing was recorded.
    await run(`analyze ${TABLES.join(', ')}`)
    expect((await workspace.sync()).state).toBe('succeeded')
    expect(await quadratic()).toEqual([])

    await workspace.saved({ writes: [related('model-7', { description: 'Changed' })] })
    await workspace.saved({
      kind: 'import',
      writes: models.slice(0, MANY).map(({ slug }) => related(slug, { description: 'Again' })),
    })
    expect((await workspace.sync()).state).toBe('succeeded')
    const person = await engine.clone()
    for (let i = 0; i < MANY; i += 1) {
      const path = `schema/related-models/model-${i}.yaml`
      await person.write(path, (await person.read(path)).replace('Again', 'By hand'))
    }
    await person.commit('By hand')
    await person.push()
    const inbound = await workspace.sync()
    expect([inbound.state, inbound.counts.inbound]).toEqual(['succeeded', MANY])
    expect((await workspace.sync({ full: true })).state).toBe('nothing-to-do')
    expect(await quadratic()).toEqual([])

    for (const table of TABLES) {
      // As after a vacuum of the emptied table, whose pages could not be given back.
      await run(
        `select pg_restore_relation_stats('schemaname', 'public', 'relname', '${table}', 'relpages', 1000::integer, 'reltuples', 0::real)`,
      )
    }
    expect(await quadratic()).toEqual([])
  }, 120_000)
})

function hasJoinFilter(node: Node): boolean {
  const isQuadratic = node['Node Type'] === 'Nested Loop' && node['Join Filter'] !== undefined
  return isQuadratic || (node.Plans ?? []).some(hasJoinFilter)
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
