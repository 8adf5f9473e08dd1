import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { getAliases, putAliases } from '../../src/store/aliases.ts'
import { updateWorkspace } from '../../src/store/workspaces.ts'
import { ANN, BOB, createEngine, type Engine } from '../support/engine.ts'
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
