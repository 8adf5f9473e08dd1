import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planConnection } from '../../src/server/jobs/plan-connection.ts'
import { createEngine, type Engine } from '../support/engine.ts'
import { plainGit, refusePushes } from '../support/git-bare.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures')

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

/** A fixture as somebody pushed it. */
async function pushFixture(name: string): Promise<string> {
  const person = await engine.clone()
  await cp(join(FIXTURES, name), person.dir, { recursive: true })
  const commit = await person.commit(`Add ${name}`)
  await person.push()
  return commit
}

describe('a first sync', () => {
  it('[S8] [S11] [S29] brings a workspace into an empty repository: models in one commit, relationships in the next', async () => {
    await engine.saved({
      writes: [source(), parent('users'), related('purchases'), relationship('users', 'purchases')],
    })
    await engine.connect({ url: engine.url })
    const run = await engine.sync()
    expect({
      state: run.state,
      problem: run.problem,
      trigger: run.trigger,
      direction: run.direction,
    }).toEqual({
      state: 'succeeded',
      problem: null,
      trigger: 'first',
      direction: 'OUTBOUND',
    })
    expect(await engine.log('%s | %an <%ae> | %cn')).toEqual([
      'Add relationship users-purchases | Ann Lee <ann@example.com> | Tandem',
      'Add 2 models | Ann Lee <ann@example.com> | Tandem',
    ])
    expect(await engine.changedIn('main~1')).toEqual([
      'A aliases-staging.yaml',
      'A manifest-staging.yaml',
      'A schema/parent-models/users.yaml',
      'A schema/related-models/purchases.yaml',
    ])
    expect(await engine.changedIn('main')).toEqual(['A schema/model-relationships/users-purchases.yaml'])
    const trailers = await engine.log('%(trailers:key=Tandem-Workspace,key=Tandem-Run,separator=%x20)')
    const expected = `Tandem-Workspace: staging Tandem-Run: ${run.id}`
    expect(trailers).toEqual([expected, expected])
    expect(await engine.outbox()).toBe(0)
  })

  it('[S29] imports a repository into an empty workspace and writes no commit, nor does a full resync', async () => {
    const commit = await pushFixture('plant-store')
    await engine.connect({ url: engine.url })
    const run = await engine.sync()
    expect([run.state, run.problem, run.counts]).toEqual([
      'succeeded',
      null,
      { inbound: 24, outbound: 0, conflicts: 0, held: 0, aside: 0, pending: 0 },
    ])
    expect(await engine.list()).toEqual(
      [
        'contract-events/web/plant-viewed-web-1.0.0',
        'destinations/destination-002',
        'destinations/ops-webhook',
        'event-contracts/web',
        'event-models/logged-in',
        'event-models/page-viewed',
        'event-models/plant-viewed',
        'model-relationships/plant-viewed-plants',
        'model-relationships/purchases-plants',
        'model-relationships/users-households',
        'model-relationships/users-logged-in',
        'model-relationships/users-page-viewed',
        'model-relationships/users-plant-viewed',
        'model-relationships/users-purchases',
        'model-relationships/users-subscriptions',
        'models/dbt-customers',
        'models/newsletter-audience',
        'models/store-sheet',
        'parent-models/households',
        'parent-models/users',
        'related-models/plants',
        'related-models/purchases',
        'related-models/subscriptions',
        'sources/source-001',
        'sources/store-sheets',
        'syncs/dbt-customers-to-crm-platform',
        'syncs/newsletter-audience-to-crm-platform',
        'syncs/store-sheet-to-ops-webhook',
      ].sort(),
    )
    // An alias in the file, the actual slug in the workspace (E1).
    expect((await engine.value('parent-models', 'users'))?.source).toBe('source-001')
    const full = await engine.sync({ full: true, verify: true })
    expect([full.state, await engine.head()]).toEqual(['nothing-to-do', commit])
  })

  it('[S12] [S29] agrees on what both have: plant-store imported before connecting changes no file', async () => {
    const commit = await pushFixture('plant-store')
    await engine.connect({ url: engine.url })
    await engine.sync()
    // Disconnecting and connecting anew is a first sync between two sides that are equal.
    await engine.connect({ url: `${engine.url}/`, branch: 'main' })
    const plan = await planConnection(engine.context, (await engine.connect({ url: engine.url })).id)
    expect([plan.inbound, plan.outbound, plan.conflicts]).toEqual([[], [], []])
    const run = await engine.sync()
    expect([run.trigger, run.state, await engine.head()]).toEqual(['first', 'succeeded', commit])
  })

  it('[E4] [E5] [S14] [S29] adopts the repository of another product without changing a file', async () => {
    const commit = await pushFixture('adopted')
    await engine.connect({ url: engine.url, adopt: 'acme-sandbox' })
    const run = await engine.sync()
    expect([run.state, run.problem]).toEqual(['succeeded', null])
    expect(await engine.head()).toBe(commit)
    expect(await engine.list()).toEqual([
      'destinations/hub-spot',
      'destinations/undefined-0a1b2-c3d4e',
      'event-models/logged-in',
      'model-relationships/accounts-accounts-2',
      'models/old-format',
      'parent-models/accounts',
      'related-models/accounts-2',
      'sources/b2-c',
      'sources/snowflake-prod',
      'syncs/old-format-to-hub-spot',
    ])
    const open = await engine.db.selectFrom('open_file').select(['path', 'state']).orderBy('path').execute()
    expect(open).toEqual([
      { path: 'schema/model-relationships/accounts-foreign.yaml', state: 'pending' },
      { path: 'schema/model-relationships/accounts-logged-in.yaml', state: 'aside' },
      { path: 'schema/model-relationships/loco-accounts-accounts-2.yaml', state: 'aside' },
      { path: 'schema/related-models/foreign.yaml', state: 'pending' },
    ])
    const errors = run.diagnostics
      .filter((d) => d.severity === 'error')
      .map((d) => `${d.file}:${d.line} ${d.code}`)
    expect(errors).toEqual([
      'schema/model-relationships/accounts-logged-in.yaml:6 cross-source-relationship',
      'schema/model-relationships/loco-accounts-accounts-2.yaml:3 unresolved-model',
    ])
    expect(await engine.value('models', 'old-format')).toEqual({
      name: 'Old format',
      source: 'snowflake-prod',
      type: 'table',
      tableName: 'PUBLIC.T',
      primaryKey: 'ID',
    })
    const full = await engine.sync({ full: true, verify: true })
    expect([full.state, await engine.head()]).toEqual(['nothing-to-do', commit])
  })

  it('[S29] a source with an empty name in the manifest goes by its slug, and its line stays', async () => {
    const person = await engine.clone()
    await person.write(
      'manifest-staging.yaml',
      "sources:\n  warehouse:\n    name: ''\n    type: duckdb\ndestinations: {}\n",
    )
    await person.write('aliases-staging.yaml', '')
    const commit = await person.commit('Begin')
    await person.push()
    await engine.connect({ url: engine.url })
    await engine.sync()
    expect(await engine.value('sources', 'warehouse')).toEqual({ type: 'duckdb' })
    expect(await engine.head()).toBe(commit)
  })

  it('[E4] takes a pending file in as soon as its source exists', async () => {
    await pushFixture('adopted')
    await engine.connect({ url: engine.url, adopt: 'acme-sandbox' })
    await engine.sync()
    await engine.saved({
      writes: [
        { kind: 'sources', slug: 'warehouse-of-another-workspace', value: { name: 'New', type: 'postgres' } },
      ],
    })
    await engine.job()
    expect(await engine.value('related-models', 'foreign')).toEqual({
      name: 'Foreign',
      source: 'warehouse-of-another-workspace',
      type: 'table',
      tableName: 'X.Y',
    })
    // The manifest alone was written: a source is new (F16).
    expect(await engine.changedIn('main')).toEqual(['M manifest-acme-sandbox.yaml'])
  })

  it('[S29] deletes nothing, agrees on equal ones, and makes conflicts of different ones', async () => {
    const person = await engine.clone()
    await person.write(
      'schema/parent-models/same.yaml',
      'name: Same\nsource: warehouse\ntype: table\ntableName: same\nprimaryKey: id\n',
    )
    await person.write(
      'schema/parent-models/users.yaml',
      'name: Users\nsource: warehouse\ntype: table\ntableName: git\nprimaryKey: id\n',
    )
    await person.write(
      'schema/related-models/theirs.yaml',
      'name: Theirs\nsource: warehouse\ntype: table\ntableName: theirs\n',
    )
    await person.commit('By hand')
    await person.push()
    await engine.saved({ writes: [source(), parent('same'), parent('users'), related('ours')] })
    await engine.connect({ url: engine.url })
    const run = await engine.sync()
    expect([run.state, run.counts]).toEqual([
      'succeeded',
      { inbound: 1, outbound: 1, conflicts: 1, held: 0, aside: 0, pending: 0 },
    ])
    expect(await engine.list()).toEqual([
      'parent-models/same',
      'parent-models/users',
      'related-models/ours',
      'related-models/theirs',
      'sources/warehouse',
    ])
    expect((await engine.files()).filter((file) => file.startsWith('schema'))).toEqual([
      'schema/parent-models/same.yaml',
      'schema/parent-models/users.yaml',
      'schema/related-models/ours.yaml',
      'schema/related-models/theirs.yaml',
    ])
    expect((await engine.value('parent-models', 'users'))?.tableName).toBe('users')
    expect(await engine.show('schema/parent-models/users.yaml')).toContain('tableName: git')
  })

  it.each([
    ['workspace', 'users', 'tableName: users'],
    ['git', 'git', 'tableName: git'],
  ] as const)('[S29] lets one side win when firstSync is %s', async (firstSync, ours, theirs) => {
    const person = await engine.clone()
    await person.write(
      'schema/parent-models/users.yaml',
      '# mine\nname: Users\nsource: warehouse\ntype: table\ntableName: git\nprimaryKey: id\n',
    )
    await person.commit('By hand')
    await person.push()
    await engine.saved({ writes: [source(), parent('users')] })
    await engine.connect({ url: engine.url, firstSync })
    const run = await engine.sync()
    expect([run.state, run.counts.conflicts]).toEqual(['succeeded', 0])
    expect((await engine.value('parent-models', 'users'))?.tableName).toBe(ours)
    const text = await engine.show('schema/parent-models/users.yaml')
    expect([text.includes(theirs), text.startsWith('# mine')]).toEqual([true, true])
  })

  it('[S29] syncs nothing before it is asked for', async () => {
    await engine.connect({ url: engine.url })
    await engine.saved({ writes: [source(), parent('users')] })
    await engine.job()
    expect([await engine.head(), await engine.outbox()]).toEqual([null, 0])
  })

  it('[S29] forgets the base with another url, and changes nothing', async () => {
    await engine.saved({ writes: [source(), parent('users')] })
    await engine.connect({ url: engine.url })
    await engine.sync()
    const before = [await engine.head(), await engine.list()]
    await engine.connect({ url: engine.url, branch: 'other' })
    expect(await engine.db.selectFrom('base').select('path').execute()).toEqual([])
    await engine.saved({ writes: [edited(parent('users'), { tableName: 'more' })] })
    await engine.job()
    expect([await engine.head(), await engine.list()]).toEqual(before)
    const run = await engine.sync()
    expect(run.trigger).toBe('first')
  })

  it('[S11] [F16] [F17] of a workspace without resources begins the branch with manifest and alias file', async () => {
    await engine.saved({ writes: [source()] })
    await engine.connect({ url: engine.url })
    const run = await engine.sync()
    expect([run.state, run.direction, run.problem]).toEqual(['succeeded', 'OUTBOUND', null])
    expect(await engine.log('%s | %an')).toEqual(['Add manifest and alias file | Ann Lee'])
    expect(await engine.changedIn('main')).toEqual(['A aliases-staging.yaml', 'A manifest-staging.yaml'])
    expect(await engine.show('manifest-staging.yaml')).toContain('warehouse:')
    const head = await engine.head()
    expect([(await engine.sync({ full: true })).state, await engine.head()]).toEqual(['nothing-to-do', head])
  })

  it('[S11] [F17] of an empty workspace onto a missing branch adds both files on top of the default branch', async () => {
    const person = await engine.clone()
    await person.write('README.md', 'Hello\n')
    await person.commit('Begin')
    await person.push()
    await engine.connect({ url: engine.url, branch: 'studio' })
    expect((await engine.sync()).state).toBe('succeeded')
    expect(await plainGit(engine.remoteDir, ['log', '--format=%s', 'studio'])).toBe(
      'Add manifest and alias file\nBegin',
    )
    expect(await engine.files('studio')).toEqual([
      'README.md',
      'aliases-staging.yaml',
      'manifest-staging.yaml',
    ])
    await engine.saved({ writes: [source()] })
    await engine.job()
    expect(await plainGit(engine.remoteDir, ['log', '-1', '--format=%s', 'studio'])).toBe('Update manifest')
  })

  it('[S11] starts a missing branch from the default branch’s head', async () => {
    const commit = await pushFixture('plant-store')
    await engine.connect({ url: engine.url, branch: 'studio' })
    const run = await engine.sync()
    expect([run.state, run.counts.inbound]).toEqual(['succeeded', 24])
    expect(await plainGit(engine.remoteDir, ['rev-parse', 'studio'])).toBe(commit)
  })

  it('[S11] [S26] makes the missing branch in the next run where the first was cut off before its push', async () => {
    const commit = await pushFixture('plant-store')
    await engine.saved({ writes: [source(), related('ours')] })
    await engine.connect({ url: engine.url, branch: 'studio' })
    await refusePushes(engine.remoteDir, 'not now')
    expect((await engine.sync()).problem?.code).toBe('push-rejected')
    await refusePushes(engine.remoteDir, null)
    expect((await engine.sync()).state).toBe('succeeded')
    expect(await plainGit(engine.remoteDir, ['log', '--format=%s', 'studio'])).toBe(
      'Add related model Ours\nAdd plant-store',
    )
    expect(await engine.head()).toBe(commit)
  })

  it('[S1] plans without applying in a dry run', async () => {
    await pushFixture('plant-store')
    const connection = await engine.connect({ url: engine.url })
    const run = await engine.sync({ dryRun: true })
    expect([run.state, run.counts.inbound, await engine.list()]).toEqual(['succeeded', 24, []])
    const plan = await planConnection(engine.context, connection.id, { full: true })
    expect(plan.inbound.map(({ kind, slug, change }) => `${change} ${kind}/${slug}`)).toContain(
      'added parent-models/users',
    )
  })
})
