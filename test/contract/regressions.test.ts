import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listConflicts, resolveConflict } from '../../src/store/conflicts.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { ANN, BOB, createEngine, type Engine, side } from '../support/engine.ts'
import { headOf, plainGit, refusePushes } from '../support/git-bare.ts'
import type { GitPerson } from '../support/git-person.ts'
import { recordPushes } from '../support/remote-pushes.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'

/** What went wrong elsewhere, as public histories of such repositories show it; each must not happen here. */
let engine: Engine
let person: GitPerson
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

const MODELS = 'schema/related-models'

async function started(...writes: Parameters<Engine['saved']>[0]['writes'] & object): Promise<void> {
  await engine.saved({ writes: [source(), ...writes] })
  await engine.connect({ url: engine.url })
  await engine.sync()
  person = await engine.clone()
}

async function push(message: string): Promise<string> {
  const commit = await person.commit(message)
  await person.push()
  return commit
}

async function replace(path: string, from: string, to: string): Promise<void> {
  await person.write(path, (await person.read(path)).replace(from, to))
}

/** `A path`, `M path` or `D path` of every commit since, the oldest first. */
async function changesSince(commit: string | null): Promise<string[]> {
  const range = commit === null ? 'main' : `${commit}..main`
  const text = await plainGit(engine.remoteDir, [
    'log',
    '--reverse',
    '--format=',
    '--name-status',
    '--no-renames',
    range,
  ])
  return text.split('\n').flatMap((line) => (line === '' ? [] : [line.replace('\t', ' ')]))
}

describe('a fix of 18 files, pushed while older studio state waits to go out', () => {
  const models = Array.from({ length: 18 }, (_, i) => related(`m-${i}`, { tableName: 'wrong' }))
  const slugs = models.map(({ slug }) => slug)
  const fileOf = (slug: string) => `${MODELS}/${slug}.yaml`

  beforeEach(async () => {
    await started(...models)
  })

  async function fixed(): Promise<void> {
    for (const slug of slugs) await replace(fileOf(slug), 'tableName: wrong', `tableName: right # ${slug}`)
    await push('Fix 18 tables')
  }

  async function fixesInGit(): Promise<string[]> {
    const texts = await Promise.all(
      slugs.map(async (slug) => [slug, await engine.show(fileOf(slug))] as const),
    )
    return texts.flatMap(([slug, text]) =>
      text.split('\n').includes(`tableName: right # ${slug}`) ? [slug] : [],
    )
  }

  it('[S4] [S6] [F14] survives: other fields of the studio are merged with it', async () => {
    await refusePushes(engine.remoteDir, 'not now')
    await engine.saved({ writes: models.map((model) => edited(model, { description: 'From the studio' })) })
    expect((await engine.sync()).problem?.code).toBe('push-rejected')
    await refusePushes(engine.remoteDir, null)
    await fixed()
    const run = await engine.sync()
    expect([run.state, run.counts.conflicts, await engine.outbox()]).toEqual(['succeeded', 0, 0])
    expect(await fixesInGit()).toEqual(slugs)
    const values = await Promise.all(slugs.map((slug) => engine.value('related-models', slug)))
    expect(values.map((value) => [value?.tableName, value?.description])).toEqual(
      slugs.map(() => ['right', 'From the studio']),
    )
    expect((await engine.sync({ full: true, verify: true })).state).toBe('nothing-to-do')
  })

  it('[S3] [S5] [S6] survives in Git also where the studio changed the same field: that is asked about', async () => {
    await refusePushes(engine.remoteDir, 'not now')
    await engine.saved({ writes: models.map((model) => edited(model, { tableName: 'older' })) })
    await engine.sync()
    await refusePushes(engine.remoteDir, null)
    await fixed()
    const head = await engine.head()
    const run = await engine.sync()
    const again = await engine.sync({ full: true })
    expect([run.counts.conflicts, again.counts.conflicts, await engine.outbox()]).toEqual([18, 18, 18])
    expect([await fixesInGit(), await engine.head()]).toEqual([slugs, head])
    expect((await engine.value('related-models', 'm-0'))?.tableName).toBe('older')
  })
})

describe('a new file whose import failed', () => {
  const path = `${MODELS}/new.yaml`
  const text = (lines: string) => `# mine\nname: New\n${lines}type: table\ntableName: new\n`

  beforeEach(() => started(parent('users'), related('purchases')))

  /** Everything that may come in the hours after: polls, saves, resyncs, an empty cache, a restart's job. */
  async function timePasses(): Promise<void> {
    await engine.sync({ trigger: 'poll' })
    await engine.saved({ writes: [edited(related('purchases'), { description: 'Later' })] })
    await engine.job()
    await engine.sync({ full: true })
    await engine.sync({ full: true, verify: true })
    await engine.saved({ writes: [related('later')] })
    await engine.job()
    await engine.sync({ trigger: 'poll' })
  }

  it.each([
    ['an unknown source', text('source: elsewhere\n'), {}],
    ['a missing key', text(''), {}],
    ['a syntax error', 'name: [new\n', {}],
    ['a missing key, and it was set aside', text(''), { setAside: [path] }],
  ] as const)('[S14] [S17] [E4] by %s is never deleted or written by us', async (_, content, request) => {
    await person.write(path, content)
    const head = await push('Something new')
    await engine.sync()
    await engine.sync(request)
    await timePasses()
    const touching = (await changesSince(head)).filter((line) => line.endsWith(path))
    expect([touching, await engine.show(path), await engine.get('related-models', 'new')]).toEqual([
      [],
      content.replace(/\n$/, ''),
      null,
    ])
    const saved = (await engine.log()).filter((subject) => subject.includes('Later'))
    expect([saved, await engine.outbox()]).toEqual([['Add related model Later'], 0])
  })

  it('[S17] [S28] is not overwritten by a model of that name from the app either', async () => {
    const content = text('source: elsewhere\n')
    await person.write(path, content)
    await push('Something new')
    await engine.sync()
    await engine.saved({ writes: [related('new')] })
    await timePasses()
    expect([await engine.show(path), await engine.outbox()]).toEqual([content.replace(/\n$/, ''), 1])
  })
})

describe('a file deleted in Git', () => {
  const models = Array.from({ length: 40 }, (_, i) => related(`m-${i}`))
  const pathOf = (i: number) => `${MODELS}/m-${i}.yaml`

  it('[S12] [S15] never comes back: not at one of seven resyncs', async () => {
    await started(...models)
    const begun = await engine.head()
    const ways = [
      { full: true },
      { full: true, verify: true },
      {},
      { trigger: 'poll' },
      { full: true },
      { full: true, verify: true },
      { full: true },
    ] as const
    for (const [i, way] of ways.entries()) {
      await person.pull()
      await person.remove(pathOf(i))
      await push(`Delete ${i}`)
      // A save to another model is on its way each time, and goes out.
      await engine.saved({ writes: [edited(related('m-39'), { description: `${i}` })] })
      await engine.sync(way)
      await engine.sync({ full: true })
    }
    const gone = ways.map((_, i) => pathOf(i))
    const added = (await changesSince(begun)).filter((line) => line.startsWith('A '))
    const files = await engine.files()
    const slugs = await engine.list()
    expect([added, gone.filter((path) => files.includes(path))]).toEqual([[], []])
    expect(ways.filter((_, i) => slugs.includes(`related-models/m-${i}`))).toEqual([])
  }, 120_000)

  it('[S3] [S15] is not brought back by a studio change of another resource, and is asked about where the studio changed it', async () => {
    await started(...models)
    await person.remove(pathOf(0))
    await person.remove(pathOf(1))
    await push('Delete two')
    await engine.saved({ writes: [edited(related('m-0'), { description: 'Still edited' })] })
    await engine.sync()
    await engine.sync({ full: true })
    const conflicts = await listConflicts(engine.db, engine.workspace.id)
    const files = await engine.files()
    expect([
      conflicts.map(({ slug, theirs }) => [slug, theirs]),
      [pathOf(0), pathOf(1)].map((path) => files.includes(path)),
      await engine.get('related-models', 'm-1'),
    ]).toEqual([[['m-0', null]], [false, false], null])
  })
})

describe('a second workspace, pointed at a clone of the first’s files', () => {
  async function second() {
    const workspace = await createWorkspace(engine.db, { slug: 'production', name: 'Production' })
    if (!workspace) throw new Error('the slug is taken')
    const clone = join(engine.dir, 'clone.git')
    await plainGit('/', ['clone', '--quiet', '--bare', engine.remoteDir, clone])
    return { ...side(engine.context, workspace), clone }
  }

  beforeEach(() =>
    started(parent('users'), related('purchases'), relationship('users', 'purchases'), related('plants')),
  )

  it('[S29] [S5] overwrites no model of the same name, in either place, without asking', async () => {
    const other = await second()
    const users = parent('users', { description: 'In production alone' })
    await other.saved({ writes: [source(), users, related('extra'), related('plants', { tableName: 'p' })] })
    await other.connect({ url: `file://${other.clone}` })
    const run = await other.sync()
    const again = await other.sync({ full: true })
    const inGit = await plainGit(other.clone, ['show', 'main:schema/parent-models/users.yaml'])
    const conflicts = await listConflicts(engine.db, other.workspace.id)
    expect([run.counts.conflicts, again.counts.conflicts]).toEqual([2, 2])
    expect(conflicts.map(({ slug, isFirst, fields }) => [slug, isFirst, fields])).toEqual([
      ['users', true, ['/description']],
      ['plants', true, ['/type']],
    ])
    expect([(await other.value('related-models', 'plants'))?.tableName, inGit.includes('alone')]).toEqual([
      'p',
      false,
    ])
    // What only one side has has gone to the other, and the first workspace has seen nothing of it.
    const list = await other.list()
    expect([list.includes('related-models/purchases'), (await engine.sync({ full: true })).state]).toEqual([
      true,
      'nothing-to-do',
    ])
  })

  it('[F21] [S8] [S28] reports a relationship across two warehouses, and never commits one', async () => {
    const other = await second()
    await other.saved({ writes: [source(), source('lake'), parent('users', { source: 'lake' })] })
    await other.connect({ url: `file://${other.clone}` })
    await other.sync()
    const before = await headOf(other.clone)
    const [asked] = await listConflicts(engine.db, other.workspace.id)
    if (!asked) throw new Error('nothing is asked')
    const { ours, theirs } = asked
    await resolveConflict(engine.db, other.workspace.id, asked.id, {
      take: 'workspace',
      ours,
      theirs,
      actor: ANN,
    })
    const run = await other.sync()
    const users = await plainGit(other.clone, ['show', 'main:schema/parent-models/users.yaml'])
    expect([ours?.source, theirs?.source]).toEqual(['lake', 'warehouse'])
    // The relationship of the files joins users with purchases, which is in the other warehouse.
    const plan = run.plan as unknown as { conflicts: { slug: string }[]; waiting: { slug: string }[] }
    const named = [...plan.conflicts, ...plan.waiting].map(({ slug }) => slug)
    expect([users.includes('source: warehouse'), named.includes('users')]).toEqual([true, true])
    expect(await headOf(other.clone)).toBe(before)
  })
})

describe('two workspaces on one path, on purpose', () => {
  it('[E4] [E5] [S9] delete and add nothing in turns, however often they resync', async () => {
    await engine.saved({ writes: [source(), source('lake'), parent('users'), related('purchases')] })
    await engine.saved({
      writes: ['one', 'two'].map((slug) => related(slug, { source: 'lake' })),
    })
    await engine.connect({ url: engine.url, shared: true })
    await engine.sync()
    const workspace = await createWorkspace(engine.db, { slug: 'production', name: 'Production' })
    if (!workspace) throw new Error('the slug is taken')
    const other = side(engine.context, workspace)
    // It has no lake: two of the files mean nothing to it.
    await other.saved({ writes: [source()] })
    await other.connect({ url: engine.url, shared: true })
    await other.sync()
    const begun = await engine.head()
    for (let round = 0; round < 6; round++) {
      const [here, there] = round % 2 === 0 ? [engine, other] : [other, engine]
      await here.saved({ writes: [edited(parent('users'), { description: `Round ${round}` })] }, BOB)
      for (const one of [here, there, here]) await one.sync({ full: true, verify: round % 3 === 0 })
    }
    // Its manifest comes with the first of its commits, no alias file while files wait for names (F16, E6).
    const users = 'M schema/parent-models/users.yaml'
    const changes = await changesSince(begun)
    expect(changes).toEqual([users, 'A manifest-production.yaml', ...Array.from({ length: 5 }, () => users)])
    expect([(await engine.sync({ full: true })).state, (await other.sync({ full: true })).state]).toEqual([
      'nothing-to-do',
      'nothing-to-do',
    ])
    expect((await other.list()).filter((name) => name.startsWith('related'))).toEqual([
      'related-models/purchases',
    ])
  }, 120_000)
})

describe('what a commit says and does', () => {
  it('[F16] [S9] a manifest in another order is never committed, and ours never rewrites it', async () => {
    await engine.saved({ writes: [source('b-lake'), source('a-lake'), source(), parent('users')] })
    await engine.connect({ url: engine.url })
    await engine.sync()
    person = await engine.clone()
    const shuffled = `slug: manifest-staging
destinations: {}
sources:
  warehouse: {type: duckdb, name: Warehouse}
  b-lake:
    type: duckdb
    name: Warehouse
  a-lake:
    name: Warehouse
    type: duckdb
`
    await person.write('manifest-staging.yaml', shuffled)
    const head = await push('Another order')
    await engine.sync()
    await engine.sync({ full: true })
    expect(await engine.head()).toBe(head)
    await engine.saved({ writes: [edited(parent('users'), { description: 'New' })] })
    await engine.saved({ writes: [related('plants')] })
    // It keeps what the manifest lists.
    await engine.saved({
      writes: [{ ...source(), value: { name: 'Warehouse', type: 'duckdb', config: {} } }],
    })
    await engine.sync()
    await engine.sync({ full: true, verify: true })
    expect(await changesSince(head)).toEqual([
      'M schema/parent-models/users.yaml',
      'A schema/related-models/plants.yaml',
    ])
    expect(await engine.show('manifest-staging.yaml')).toBe(shuffled.replace(/\n$/, ''))
  })

  it('[S8] relationships arrive in the same push as their models, both ways', async () => {
    const pushes = await recordPushes(engine.remoteDir)
    const slugs = Array.from({ length: 8 }, (_, i) => `m-${i}`)
    const joins = slugs.map((slug) => relationship('users', slug))
    await started(parent('users'), ...slugs.map((slug) => related(slug)), ...joins)
    await engine.saved({ writes: [related('late'), relationship('users', 'late')] })
    await engine.job()
    const taken = await pushes()
    const names = await Promise.all(
      taken.map(async ({ before, after }) => {
        const range = /^0+$/.test(before) ? after : `${before}..${after}`
        const text = await plainGit(engine.remoteDir, ['log', '--format=', '--name-only', range])
        const paths = text.split('\n').filter((line) => line.startsWith('schema/'))
        return [paths.filter((path) => path.includes('relationships')).length, paths.length]
      }),
    )
    expect(names).toEqual([
      [8, 17],
      [1, 2],
    ])
    await person.pull()
    await person.write(`${MODELS}/theirs.yaml`, 'name: T\nsource: warehouse\ntype: table\ntableName: t\n')
    const joined = await person.read('schema/model-relationships/users-late.yaml')
    await person.write(
      'schema/model-relationships/users-theirs.yaml',
      joined.replaceAll('slug: late', 'slug: theirs'),
    )
    await push('A model and what relates it')
    const run = await engine.sync()
    expect([run.counts.inbound, (await engine.value('model-relationships', 'users-theirs'))?.to]).toEqual([
      2,
      { slug: 'theirs', mergeColumns: false },
    ])
  })
})
