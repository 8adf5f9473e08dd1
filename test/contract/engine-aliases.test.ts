import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { getAliases, putAliases } from '../../src/store/aliases.ts'
import { lockWorkspace } from '../../src/store/outbox.ts'
import { createWorkspace, updateWorkspace } from '../../src/store/workspaces.ts'
import { ANN, BOB, createEngine, type Engine, side } from '../support/engine.ts'
import { edited, parent, source } from '../support/resources.ts'

let engine: Engine
const users = parent('users')
const USERS = 'schema/parent-models/users.yaml'

beforeEach(async () => {
  engine = await createEngine()
  await engine.saved({ writes: [source(), source('lake'), users] })
  await engine.connect({ url: engine.url })
  await engine.sync()
})
afterEach(() => engine.close())

function put(sources: Record<string, string>) {
  return putAliases(engine.db, engine.workspace.id, { sources, destinations: {} }, BOB)
}

describe('aliases in the app', () => {
  it('[E2] [F17] are one commit of the alias file; new files are spelled with them', async () => {
    expect(await put({ main: 'warehouse' })).toEqual({ kind: 'saved' })
    await engine.saved({ writes: [parent('orders')] }, ANN)
    await engine.job()
    expect(await engine.log('%s | %an')).toEqual([
      'Add parent model Orders | Ann Lee',
      'Update alias file | Bob Roe',
      'Add parent model Users | Ann Lee',
    ])
    expect(await engine.show('schema/parent-models/orders.yaml')).toContain('source: main')
    // A spelling that still means the same is left as it is.
    expect(await engine.show(USERS)).toContain('source: warehouse')
    expect(await getAliases(engine.db, engine.workspace.id)).toEqual({
      sources: { main: 'warehouse' },
      destinations: {},
    })
    expect((await engine.sync({ full: true, verify: true })).state).toBe('nothing-to-do')
  })

  it('[S2] [S7] saved while a run is under way are not taken for those that it began with', async () => {
    const { db, workspace } = engine
    const waiting = async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`.execute(db)
      return rows[0]?.n
    }
    let saving: Promise<unknown> = Promise.resolve()
    let syncing: Promise<unknown> = Promise.resolve()
    await db.transaction().execute(async (tx) => {
      await lockWorkspace(tx, workspace.id)
      // In this order: the save is there when the run, which has looked before, writes what it found.
      saving = put({ main: 'warehouse' })
      await expect.poll(waiting).toBe(1)
      syncing = engine.sync()
      await expect.poll(waiting).toBe(2)
    })
    expect(await saving).toEqual({ kind: 'saved' })
    await syncing
    await engine.job()
    expect(await engine.show('aliases-staging.yaml')).toContain('main: warehouse')
  })

  it('[E6] change what files mean without rewriting them', async () => {
    await put({ main: 'warehouse' })
    await engine.saved({ writes: [parent('orders')] })
    await engine.job()
    await put({ main: 'lake' })
    await engine.job()
    expect([(await engine.value('parent-models', 'orders'))?.source, await engine.changedIn('main')]).toEqual(
      ['lake', ['M aliases-staging.yaml']],
    )
    expect((await engine.sync({ full: true, verify: true })).state).toBe('nothing-to-do')
  })

  it('[E6] cannot be taken out while files use them, nor mean what is not there, nor each other', async () => {
    await put({ main: 'warehouse' })
    await engine.saved({ writes: [parent('orders')] })
    await engine.job()
    expect(await put({})).toEqual({
      kind: 'in-use',
      names: [{ name: 'main', files: ['schema/parent-models/orders.yaml'] }],
    })
    expect(await put({ main: 'warehouse', x: 'nowhere' })).toEqual({
      kind: 'unknown-slug',
      slugs: ['nowhere'],
    })
    expect(await put({ main: 'warehouse', a: 'b', b: 'a' })).toEqual({ kind: 'cycle', names: ['a', 'b'] })
  })

  it('[E6] a deleted file in use leaves its files pending and is not made again', async () => {
    await put({ main: 'warehouse' })
    await engine.saved({ writes: [parent('orders')] })
    await engine.job()
    const person = await engine.clone()
    await person.remove('aliases-staging.yaml')
    await person.commit('Delete')
    await person.push()
    const run = await engine.sync()
    expect([run.counts.pending, (await engine.value('parent-models', 'orders'))?.source]).toEqual([
      1,
      'warehouse',
    ])
    await engine.saved({ writes: [edited(users, { description: 'x' })] })
    await engine.job()
    expect(await engine.changedIn('main')).toEqual([`M ${USERS}`])
  })
})

it('[S7] saves are kept while Git Sync is switched off', async () => {
  await updateWorkspace(engine.db, engine.workspace.id, { gitSync: false })
  await engine.saved({ writes: [edited(users, { description: 'x' })] })
  await engine.job()
  expect([(await engine.sync()).problem?.code, await engine.outbox()]).toEqual(['git-sync-off', 1])
  await updateWorkspace(engine.db, engine.workspace.id, { gitSync: true })
  await engine.job()
  expect([(await engine.log())[0], await engine.outbox()]).toEqual([
    'Update parent model Users: description',
    0,
  ])
})

describe('renaming an alias', () => {
  it('[E1] [E6] is one commit of every file that spells it; two workspaces on the files mean what they meant', async () => {
    await put({ main: 'warehouse' })
    await engine.saved({ writes: [parent('orders'), edited(users, { description: 'not in Git yet' })] })
    await engine.job()
    const other = side(engine.context, await workspaceNamed('production'))
    await other.saved({ writes: [source('live')] })
    const person = await engine.clone()
    await person.write(
      'aliases-production.yaml',
      'sources:\n  main: live # the real one\n  warehouse: live\n',
    )
    await person.commit('Name live')
    await person.push()
    await engine.sync()
    await engine.connect({ url: engine.url, shared: true })
    await other.connect({ url: engine.url, shared: true })
    await other.sync()
    const before = await Promise.all([
      engine.value('parent-models', 'orders'),
      other.value('parent-models', 'orders'),
    ])

    const renameAlias = { section: 'sources', from: 'main', to: 'the data' } as const
    const run = await engine.sync({ actor: BOB, renameAlias })
    expect([run.state, run.problem, await engine.log('%s | %an')]).toEqual([
      'succeeded',
      null,
      expect.arrayContaining(['Rename alias main to the data | Bob Roe']),
    ])
    expect(await engine.changedIn('main')).toEqual([
      'M aliases-production.yaml',
      'M aliases-staging.yaml',
      'M schema/parent-models/orders.yaml',
    ])
    expect(await engine.show('aliases-production.yaml')).toBe(
      'sources:\n  the data: live # the real one\n  warehouse: live',
    )
    expect(await getAliases(engine.db, engine.workspace.id)).toEqual({
      sources: { 'the data': 'warehouse' },
      destinations: {},
    })
    await other.sync()
    expect(
      await Promise.all([engine.value('parent-models', 'orders'), other.value('parent-models', 'orders')]),
    ).toEqual(before)
    for (const one of [engine, other]) {
      expect((await one.sync({ full: true, verify: true })).state).toBe('nothing-to-do')
    }
    // Asked for again, after a server was killed: there is nothing left to do.
    expect((await engine.sync({ renameAlias })).state).toBe('nothing-to-do')
  })

  it('[E6] [S10] loses to whoever pushed first, and is done on top; what cannot follow stops it', async () => {
    await put({ main: 'warehouse' })
    await engine.saved({ writes: [parent('orders')] })
    await engine.job()
    const person = await engine.clone()
    await person.write(
      'models/late.yaml',
      'name: Late\nsource: main\ntype: table\ntableName: t\nprimaryKey: id\n',
    )
    await person.commit('Late')
    await person.push()
    const renameAlias = { section: 'sources', from: 'main', to: 'db' } as const
    expect((await engine.sync({ renameAlias })).state).toBe('succeeded')
    expect([await engine.show('models/late.yaml'), (await engine.value('models', 'late'))?.source]).toEqual([
      expect.stringContaining('source: db'),
      'warehouse',
    ])
    await person.pull()
    await person.write('models/broken.yaml', 'name: Broken\nsource: db\n')
    await person.commit('Break')
    await person.push()
    const head = await engine.head()
    const stopped = await engine.sync({ renameAlias: { section: 'sources', from: 'db', to: 'x' } })
    expect([stopped.state, stopped.problem, await engine.head()]).toEqual([
      'failed',
      {
        code: 'alias-rename',
        message: 'models/broken.yaml says `db` and has errors.',
        hint: 'Mend the file first: it could not follow the new name.',
      },
      head,
    ])
  })
})

async function workspaceNamed(slug: string) {
  const workspace = await createWorkspace(engine.db, { slug, name: slug })
  if (!workspace) throw new Error('the slug is taken')
  return workspace
}
