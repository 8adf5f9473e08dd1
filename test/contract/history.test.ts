import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Comparison, RollbackAnswer, VersionList } from '../../src/core/wire/history.ts'
import { createBare, plainGit } from '../support/git-bare.ts'
import { clonePerson, type GitPerson } from '../support/git-person.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const model = (name: string, table: string, more = '') =>
  `name: ${name}\nsource: warehouse\ntype: table\ntableName: ${table}\nprimaryKey: id\n${more}`
const USERS = 'schema/parent-models/users.yaml'
const PEOPLE = 'schema/parent-models/people.yaml'
const ORDERS = 'schema/related-models/orders.yaml'
const RELATION = 'schema/model-relationships/users-orders.yaml'
const orders = (table: string) => model('Orders', table).replace('primaryKey: id\n', '')
const relation = (from: string) => `from:
  slug: ${from}
  mergeColumns: false
to:
  slug: orders
  mergeColumns: false
cardinality: 1:many
mapping:
  - fromColumn: id
    toColumn: user_id
`

type Side = {
  readonly ws: string
  readonly remote: string
  readonly person: GitPerson
  commit(message: string, files: Readonly<Record<string, string | null>>): Promise<string>
  /** Connects and brings what was committed into the workspace. */
  connect(more?: object): Promise<void>
  sync(): Promise<void>
  get<T>(path: string): Promise<T>
  log(format?: string): Promise<string[]>
}

let count = 0
/** A workspace with a source, and a repository that nobody has connected yet. */
async function begin(path = ''): Promise<Side> {
  count += 1
  const slug = `h${count}`
  const ws = `/workspaces/${slug}`
  const remote = join(server.dataDir, `${slug}.git`)
  await createBare(remote)
  const person = await clonePerson({ url: remote, dir: join(server.dataDir, `${slug}-clone`) })
  const must = async (method: string, at: string, body?: object) => {
    const answer = await server.ask(method, at, body ? { body } : {})
    if (answer.status >= 300) throw new Error(`${method} ${at}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  await must('POST', '/workspaces', { slug })
  await must('PUT', `${ws}/sources/warehouse`, { name: 'Warehouse', type: 'duckdb', config: {} })
  const sync = async () => {
    const run = await must('POST', `${ws}/git/sync`, { waitSeconds: 60 })
    expect(run).toMatchObject({ state: expect.stringMatching(/succeeded|nothing-to-do/) })
  }
  return {
    ws,
    remote,
    person,
    commit: async (message, files) => {
      for (const [name, text] of Object.entries(files)) {
        if (text === null) await person.remove(path === '' ? name : `${path}/${name}`)
        else await person.write(path === '' ? name : `${path}/${name}`, text)
      }
      return person.commit(message)
    },
    connect: async (more = {}) => {
      await person.push()
      await must('PUT', `${ws}/git`, { url: `file://${remote}`, path, pollSeconds: 0, ...more })
      await sync()
    },
    sync,
    // The shapes are the contract of core/wire.
    get: async <T>(at: string) => (await must('GET', `${ws}${at}`)) as T,
    log: async (format = '%s') => (await plainGit(remote, ['log', `--format=${format}`, 'main'])).split('\n'),
  }
}

const rollback = (side: Side, body: object, token?: string) =>
  server.ask('POST', `${side.ws}/git/rollback`, { body, ...(token ? { token } : {}) })

async function roll(side: Side, body: object): Promise<RollbackAnswer> {
  const answer = await rollback(side, body)
  expect(answer).toMatchObject({ status: 200 })
  return answer.body as RollbackAnswer
}

const short = ({ items }: VersionList) =>
  items.map(({ subject, changes }) => {
    const told = changes.map(({ change, slug, from, fields }) => {
      const paths = fields?.map(({ path }) => path).join(' ')
      return `${change} ${slug}${from ? ` from ${from}` : ''}${paths ? ` ${paths}` : ''}`
    })
    return `${subject} | ${told.join(', ')}`
  })

describe('the versions of the schema', () => {
  it('[S23] are the commits that changed it, from before the connection too, page by page', async () => {
    const side = await begin('team/schema')
    await side.commit('Begin', { [USERS]: model('Users', 'users'), [ORDERS]: orders('orders') })
    await side.person.write('README.md', 'Outside the path')
    await side.person.commit('Elsewhere')
    await side.commit('Notes', {
      'README.md': 'Not a resource',
      'models/dbt.yml': 'version: 2\nmodels: []\n',
    })
    await side.commit('Move orders', { [ORDERS]: orders('shop.orders') })
    await side.commit('Rename users', { [USERS]: null, [PEOPLE]: model('People', 'users') })
    await side.commit('Drop orders', { [ORDERS]: null })
    expect(await server.ask('GET', `${side.ws}/git/history`)).toMatchObject({
      status: 409,
      body: { code: 'not-connected' },
    })
    await side.connect()
    const saved = { name: 'Shops', source: 'warehouse', type: 'table', tableName: 'shops', primaryKey: 'id' }
    await server.ask('PUT', `${side.ws}/parent-models/shops`, { body: saved })
    await side.sync()
    const list = await side.get<VersionList>('/git/history')
    expect(short(list)).toEqual(
      [
        'Add parent model Shops | added shops',
        'Drop orders | removed orders',
        'Rename users | renamed people from users',
        'Move orders | changed orders',
        'Begin | added users, added orders',
      ].map((line) =>
        line.startsWith('Begin') ? expect.stringMatching(/^Begin \| added (users|orders), added/) : line,
      ),
    )
    const whole = await plainGit(side.remote, [
      'log',
      '--format=%H|%an|%ae|%at',
      'main',
      '--',
      'team/schema/schema',
    ])
    expect(
      list.items.map(
        ({ commit, author, at }) => `${commit}|${author.name}|${author.email}|${Date.parse(at) / 1000}`,
      ),
    ).toEqual(whole.split('\n'))
    expect(list.items.map(({ counts }) => counts).slice(1, 4)).toEqual([
      { added: 0, changed: 0, removed: 1, renamed: 0 },
      { added: 0, changed: 0, removed: 0, renamed: 1 },
      { added: 0, changed: 1, removed: 0, renamed: 0 },
    ])
    const paged: VersionList['items'] = []
    for (let cursor = ''; ; ) {
      const page = await side.get<VersionList>(`/git/history?limit=2${cursor && `&cursor=${cursor}`}`)
      paged.push(...page.items)
      expect(page.items.length).toBeLessThanOrEqual(2)
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(paged).toEqual(list.items)
  })

  it('[S23] end a page early after a commit that changed very many files, and go on with the next', async () => {
    const side = await begin()
    await side.commit('Begin', { [USERS]: model('Users', 'users') })
    const many = Array.from(
      { length: 2_000 },
      (_, i) => [`models/m${i}.yaml`, model(`M${i}`, `t${i}`)] as const,
    )
    await side.commit('Many', Object.fromEntries(many))
    const kept = await side.person.read('models/m2.yaml')
    await side.person.remove('models')
    await side.person.write('models/kept/m2.yaml', kept)
    await side.person.commit('Drop nearly all')
    await side.connect()
    const first = await side.get<VersionList>('/git/history')
    expect(
      first.items.map(({ subject, counts, changes }) => ({ subject, counts, named: changes.length })),
    ).toEqual([
      { subject: 'Drop nearly all', counts: { added: 0, changed: 1, removed: 1_999, renamed: 0 }, named: 10 },
    ])
    const rest = await side.get<VersionList>(`/git/history?cursor=${first.nextCursor}`)
    expect(rest.items.map(({ subject, counts }) => `${subject} ${counts.added}`)).toEqual(['Many 2000'])
    const last = await side.get<VersionList>(`/git/history?cursor=${rest.nextCursor}`)
    expect([short(last), last.nextCursor]).toEqual([['Begin | added users'], null])
  })

  it('[S26][S23] are there when the cache is gone', async () => {
    const side = await begin()
    await side.commit('Begin', { [USERS]: model('Users', 'users') })
    await side.connect()
    rmSync(join(server.dataDir, 'git'), { recursive: true })
    expect(short(await side.get('/git/history'))).toEqual(['Begin | added users'])
  })

  it('[A4] a connection that was never synced has none, and nothing to go back to', async () => {
    const side = await begin()
    await server.ask('PUT', `${side.ws}/git`, { body: { url: `file://${side.remote}`, pollSeconds: 0 } })
    expect(await side.get('/git/history')).toEqual({ items: [], nextCursor: null })
    expect(await rollback(side, { commit: 'abcdef0' })).toMatchObject({ status: 409 })
  })

  it('[A2] a cursor, commit or kind that is not one is refused in words', async () => {
    const side = await begin()
    const first = await side.commit('Begin', { [USERS]: model('Users', 'users') })
    await side.connect()
    const cursor = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
    const at = { start: first, skip: 0 }
    const refused = [
      ['/history?cursor=x', 400],
      [`/history?cursor=${cursor({ head: '0'.repeat(40), skip: 0 })}`, 400],
      [`/history?kind=models&slug=a&cursor=${cursor([{ ...at, path: 'README.md' }])}`, 400],
      [`/history?kind=models&slug=a&cursor=${cursor([{ ...at, path: 'models/../../x.yaml' }])}`, 400],
      ['/history?kind=models', 400],
      ['/history?kind=sources&slug=warehouse', 400],
      ['/history/deadbeef', 404],
      ['/history/--help', 404],
      [`/compare?from=${first}&to=HEAD`, 400],
    ] as const
    for (const [path, status] of refused) {
      expect([path, (await server.ask('GET', `${side.ws}/git${path}`)).status]).toEqual([path, status])
    }
  })
})

describe('the versions of a resource', () => {
  const history = (side: Side, slug: string, more = '') =>
    side.get<VersionList>(`/git/history?kind=parent-models&slug=${slug}${more}`)

  it('[S18][S23] go back through renames, with the fields that each changed; a slug taken anew is another one', async () => {
    const side = await begin()
    await side.commit('Begin', { [USERS]: model('Users', 'users') })
    await side.commit('Other table', { [USERS]: model('Users', 'app.users') })
    await side.commit('Rename', { [USERS]: null, [PEOPLE]: model('People', 'app.users') })
    await side.commit('Take the slug', { [USERS]: model('Accounts', 'accounts') })
    await side.commit('Move', {
      [PEOPLE]: null,
      'schema/parent-models/core/people.yaml': model('People', 'app.users', 'description: All\n'),
    })
    await side.commit('Comment', {
      'schema/parent-models/core/people.yaml': `# Ours\n${model('People', 'app.users', 'description: All\n')}`,
    })
    await side.connect()
    const people = await history(side, 'people')
    expect(short(people)).toEqual([
      'Comment | changed people',
      'Move | changed people /description',
      'Rename | renamed people from users /name',
      'Other table | changed users /tableName',
      expect.stringMatching(/^Begin \| added users \/name/),
    ])
    expect(people.items[3]?.changes[0]?.fields).toEqual([
      { path: '/tableName', before: 'users', after: 'app.users' },
    ])
    expect(short(await history(side, 'users')).map((line) => line.split(' |')[0])).toEqual(['Take the slug'])
    const paged: VersionList['items'] = []
    for (let cursor = ''; ; ) {
      const page = await history(side, 'people', `&limit=1${cursor && `&cursor=${cursor}`}`)
      paged.push(...page.items)
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(paged).toEqual(people.items)
  })

  it('[S18][S23] are no rename where two files could be the one that went', async () => {
    const side = await begin()
    await side.commit('Begin', { [USERS]: model('Users', 'users') })
    await side.commit('Twice', {
      [USERS]: null,
      [PEOPLE]: model('People', 'users'),
      'schema/parent-models/persons.yaml': model('Persons', 'users'),
    })
    await side.connect()
    expect(short(await history(side, 'people')).map((line) => line.split(' |')[0])).toEqual(['Twice'])
  })

  it('[S23] include both sides of a merge that brought a rename', async () => {
    const side = await begin()
    await side.commit('Begin', { [USERS]: model('Users', 'users') })
    await side.person.git('checkout', '--quiet', '-b', 'side')
    await side.commit('Rename on the side', { [USERS]: null, [PEOPLE]: model('Users', 'users') })
    await side.person.git('checkout', '--quiet', 'main')
    await side.commit('Edit on main', { [USERS]: model('Users', 'users', 'description: Main\n') })
    await side.person.git('merge', '--quiet', '--no-edit', 'side')
    await side.connect()
    const subjects = (await history(side, 'people')).items.map(({ subject }) => subject)
    expect(subjects[0]).toMatch(/^Merge branch 'side'/)
    expect(subjects.slice(1).toSorted()).toEqual(['Begin', 'Edit on main', 'Rename on the side'])
  })

  it('[S23] of a deleted one are found by its last slug; one that is not in Git has none', async () => {
    const side = await begin()
    await side.commit('Begin', { [USERS]: model('Users', 'users'), [ORDERS]: orders('orders') })
    await side.commit('Drop users', { [USERS]: null })
    await side.connect()
    expect(short(await history(side, 'users')).map((line) => line.split(' /')[0])).toEqual([
      'Drop users | removed users',
      'Begin | added users',
    ])
    expect(await history(side, 'nobody')).toEqual({ items: [], nextCursor: null })
  })
})

describe('a comparison', () => {
  it('[S23] of two versions tells the differences by field and as text, across renames', async () => {
    const side = await begin()
    const first = await side.commit('Begin', { [USERS]: model('Users', 'users'), [ORDERS]: orders('orders') })
    await side.commit('Rename', { [USERS]: null, [PEOPLE]: model('Users', 'users') })
    const last = await side.commit('Edit', {
      [PEOPLE]: model('Users', 'people'),
      [ORDERS]: `# x\n${orders('orders')}`,
    })
    await side.connect()
    const compared = await side.get<Comparison>(`/git/compare?from=${first.slice(0, 8)}&to=${last}&text=1`)
    expect(compared).toEqual({
      from: expect.objectContaining({ commit: first, subject: 'Begin' }),
      to: expect.objectContaining({ commit: last, subject: 'Edit' }),
      changes: [
        {
          kind: 'parent-models',
          slug: 'people',
          path: PEOPLE,
          change: 'renamed',
          from: 'users',
          fields: [{ path: '/tableName', before: 'users', after: 'people' }],
          text: { before: model('Users', 'users'), after: model('Users', 'people') },
        },
        {
          kind: 'related-models',
          slug: 'orders',
          path: ORDERS,
          change: 'changed',
          fields: [],
          text: { before: orders('orders'), after: `# x\n${orders('orders')}` },
        },
      ],
      diagnostics: [],
      nextCursor: null,
    })
    const back = await side.get<Comparison>(
      `/git/compare?from=${last}&to=${first}&kind=parent-models&slug=people`,
    )
    expect(back.changes).toEqual([
      {
        kind: 'parent-models',
        slug: 'users',
        path: USERS,
        change: 'renamed',
        from: 'people',
        fields: [{ path: '/tableName', before: 'people', after: 'users' }],
      },
    ])
    const version = await side.get<Comparison>(`/git/history/${last}?limit=1`)
    expect([version.from?.subject, version.changes.length, version.nextCursor]).toEqual([
      'Rename',
      1,
      expect.any(String),
    ])
    const root = await side.get<Comparison>(`/git/history/${first}`)
    expect([root.from, root.changes.map(({ slug, change }) => `${slug} ${change}`)]).toEqual([
      null,
      ['users added', 'orders added'],
    ])
  })

  it('[S23] with the workspace shows what was saved and is not in Git yet, and files that cannot be read', async () => {
    const side = await begin()
    const broken = await side.commit('Broken', { [USERS]: 'name: [', [ORDERS]: orders('orders') })
    const mended = await side.commit('Mend', { [USERS]: model('Users', 'users') })
    await side.connect()
    const value = { ...JSON.parse(JSON.stringify(await side.get(`/parent-models/users`))), tableName: 'new' }
    await server.ask('PUT', `${side.ws}/parent-models/users`, { body: value, headers: { 'if-match': '*' } })
    const compared = await side.get<Comparison>(`/git/compare?from=${mended}&text=1`)
    expect(compared.to).toBeNull()
    expect(compared.changes).toEqual([
      {
        kind: 'parent-models',
        slug: 'users',
        path: USERS,
        change: 'changed',
        fields: [{ path: '/tableName', before: 'users', after: 'new' }],
        text: { before: model('Users', 'users'), after: model('Users', 'new') },
      },
    ])
    const unread = await side.get<Comparison>(`/git/compare?from=${broken}`)
    expect([unread.changes.map(({ slug, fields }) => ({ slug, fields })), unread.diagnostics]).toEqual([
      [{ slug: 'users', fields: [] }],
      [expect.objectContaining({ file: USERS, code: 'yaml-syntax', line: 1 })],
    ])
    expect(await rollback(side, { commit: broken, kind: 'parent-models', slug: 'users' })).toMatchObject({
      status: 422,
      body: { code: 'invalid-value', diagnostics: [{ file: USERS, code: 'yaml-syntax' }] },
    })
  })
})

describe('a rollback', () => {
  it('[S23] of one resource says first what it would do, then is one honest commit at today’s place', async () => {
    const side = await begin()
    const first = await side.commit('Begin', { [USERS]: model('Users', 'users'), [ORDERS]: orders('orders') })
    await side.commit('Rename', { [USERS]: null, [PEOPLE]: model('Users', 'users') })
    await side.commit('Edit', { [PEOPLE]: `# Ours\n${model('Users', 'people')}`, [ORDERS]: orders('x') })
    await side.connect()
    const body = { commit: first.slice(0, 7), kind: 'parent-models', slug: 'people' }
    const fields = [{ path: '/tableName', before: 'people', after: 'users' }]
    const change = { kind: 'parent-models', slug: 'people', path: PEOPLE, change: 'changed', fields }
    const changes = [expect.objectContaining(change)]
    const dry = await roll(side, { ...body, dryRun: true })
    const plan = { commit: first, changes, diagnostics: [], digest: expect.any(String) }
    expect(dry).toEqual({ ...plan, dryRun: true, changeSet: null })
    expect(await side.get('/parent-models/people')).toMatchObject({ tableName: 'people' })
    const done = await roll(side, { ...body, digest: dry.digest })
    expect(done).toEqual({ ...plan, dryRun: false, changeSet: expect.any(String) })
    await side.sync()
    expect((await side.log('%s')).slice(0, 2)).toEqual([
      `Roll back parent model Users to ${first.slice(0, 7)}`,
      'Edit',
    ])
    expect(await plainGit(side.remote, ['log', '-1', '--format=%b', 'main'])).toContain(
      `Back to the state at ${first}, “Begin”.`,
    )
    expect(await plainGit(side.remote, ['show', `main:${PEOPLE}`])).toBe(
      `# Ours\n${model('Users', 'users')}`.trimEnd(),
    )
    expect(await plainGit(side.remote, ['show', `main:${ORDERS}`])).toBe(orders('x').trimEnd())
    expect(await roll(side, body)).toMatchObject({ changes: [], changeSet: null })
    expect(await rollback(side, { ...body, digest: dry.digest })).toMatchObject({
      status: 412,
      body: { code: 'stale' },
    })
  })

  it('[S23] of the schema deletes what came since, makes anew what went, and names things as today', async () => {
    const side = await begin()
    const first = await side.commit('Begin', {
      [USERS]: model('Users', 'users'),
      [ORDERS]: orders('orders'),
      [RELATION]: relation('users'),
    })
    await side.commit('Rename', {
      [USERS]: null,
      [PEOPLE]: model('Users', 'users'),
      [RELATION]: relation('people'),
    })
    await side.commit('Drop', { [RELATION]: null, [ORDERS]: null })
    await side.commit('Shops', { 'schema/parent-models/shops.yaml': model('Shops', 'shops') })
    await side.connect()
    // The first commit of ours brings the manifest.
    const saved = { name: 'Extra', source: 'warehouse', type: 'table', tableName: 'x', primaryKey: 'id' }
    await server.ask('PUT', `${side.ws}/parent-models/extra`, { body: saved })
    await side.sync()
    const untouched = await side.get('/parent-models/people')
    const manifest = await plainGit(side.remote, ['show', `main:manifest-${side.ws.slice(12)}.yaml`])
    const done = await roll(side, { commit: first })
    expect(done.changes.map(({ slug, change }) => `${change} ${slug}`)).toEqual([
      'removed shops',
      'removed extra',
      'added users-orders',
      'added orders',
    ])
    await side.sync()
    expect(await side.get('/model-relationships/users-orders')).toMatchObject({ from: { slug: 'people' } })
    expect(await side.get('/related-models/orders')).toMatchObject({ tableName: 'orders' })
    expect((await server.ask('GET', `${side.ws}/parent-models/shops`)).status).toBe(404)
    expect(await side.get('/parent-models/people')).toEqual(untouched)
    const to = first.slice(0, 7)
    expect((await side.log()).slice(0, 2)).toEqual([
      `Roll back the schema to ${to}: add 1 relationship; delete 2 models`,
      `Roll back the schema to ${to}: add related model Orders`,
    ])
    expect(await plainGit(side.remote, ['show', `main:manifest-${side.ws.slice(12)}.yaml`])).toBe(manifest)
    expect((await side.get<Comparison>(`/git/compare?from=${first}`)).changes).toEqual([
      expect.objectContaining({ slug: 'people', change: 'renamed', from: 'users', fields: [] }),
    ])
  })

  it('[E1][S23] reads old files with the aliases of today', async () => {
    const side = await begin()
    const old = model('Users', 'users').replace('warehouse', 'main-db')
    const first = await side.commit('Begin', { [USERS]: old })
    const alias = `aliases-${side.ws.slice(12)}.yaml`
    await side.commit('Edit', { [USERS]: old.replace('tableName: users', 'tableName: x') })
    await side.commit('Aliases', { [alias]: 'sources:\n  main-db: warehouse\n' })
    await side.connect()
    const done = await roll(side, { commit: first })
    expect(done.changes.map(({ fields }) => fields)).toEqual([
      [{ path: '/tableName', before: 'x', after: 'users' }],
    ])
    await side.sync()
    expect(await plainGit(side.remote, ['show', `main:${USERS}`])).toBe(old.trimEnd())
    expect(await plainGit(side.remote, ['show', `main:${alias}`])).toBe('sources:\n  main-db: warehouse')
  })

  it('[S23] that would bring errors is refused with every one of them, and nothing is changed', async () => {
    const side = await begin()
    const gone = model('Old', 'old').replace('warehouse', 'gone')
    const first = await side.commit('Begin', {
      'schema/parent-models/old.yaml': gone,
      [USERS]: model('Users', 'users'),
      [ORDERS]: orders('orders'),
      [RELATION]: relation('users'),
    })
    await side.commit('Drop', { 'schema/parent-models/old.yaml': null, [USERS]: model('Users', 'x') })
    await side.connect()
    const dry = await roll(side, { commit: first, dryRun: true })
    expect(dry.changes.map(({ slug, change }) => `${change} ${slug}`)).toEqual(['added old', 'changed users'])
    const diagnostic = { code: 'unresolved-source', kind: 'parent-models', slug: 'old', severity: 'error' }
    expect(dry.diagnostics).toMatchObject([diagnostic])
    expect(await rollback(side, { commit: first })).toMatchObject({
      status: 422,
      body: { code: 'invalid-value', diagnostics: [diagnostic] },
    })
    expect(await side.get('/parent-models/users')).toMatchObject({ tableName: 'x', git: { state: 'in-git' } })
    // A relationship that came back alone would dangle.
    const relationBack = { commit: first, kind: 'model-relationships', slug: 'users-orders' }
    await side.person.pull()
    await side.commit('Drop both', { [RELATION]: null, [ORDERS]: null })
    await side.person.push()
    await side.sync()
    expect(await rollback(side, relationBack)).toMatchObject({
      status: 422,
      body: { diagnostics: [{ code: 'unresolved-model', slug: 'users-orders', field: '/to/slug' }] },
    })
  })

  it('[S23] that would take away what something needs, which lacked it then too, is refused and names it', async () => {
    const side = await begin()
    const first = await side.commit('Begin', {
      [USERS]: model('Users', 'users'),
      [RELATION]: relation('users'),
    })
    await side.commit('Bring the other end', { [ORDERS]: orders('orders') })
    await side.connect()
    const diagnostic = {
      code: 'unresolved-model',
      kind: 'model-relationships',
      slug: 'users-orders',
      message: expect.stringContaining(
        `the related model "orders", which did not exist at ${first.slice(0, 7)}`,
      ),
    }
    expect((await roll(side, { commit: first, dryRun: true })).diagnostics).toMatchObject([diagnostic])
    expect(await rollback(side, { commit: first })).toMatchObject({
      status: 422,
      body: { diagnostics: [diagnostic] },
    })
  })

  it('[S23] of a slug that another one bore then names what that one is called today', async () => {
    const side = await begin()
    const first = await side.commit('Begin', { [USERS]: model('Users', 'users') })
    await side.commit('Rename', { [USERS]: null, [PEOPLE]: model('Users', 'users') })
    await side.commit('Take the slug', { [USERS]: model('Accounts', 'accounts') })
    await side.connect()
    expect(await rollback(side, { commit: first, kind: 'parent-models', slug: 'users' })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('is "people" today') },
    })
  })

  it('[S23] of what did not exist then says so', async () => {
    const side = await begin()
    const first = await side.commit('Begin', { [USERS]: model('Users', 'users') })
    await side.commit('Later', { [ORDERS]: orders('orders') })
    await side.connect()
    const one = (slug: string) => rollback(side, { commit: first, kind: 'related-models', slug })
    expect(await one('orders')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining(`did not exist at ${first.slice(0, 7)}`) },
    })
    expect(await one('nobody')).toMatchObject({ status: 404 })
  })

  it('[Z8] of one resource takes an editor, of the schema an admin; both are in the audit log', async () => {
    const side = await begin()
    const first = await side.commit('Begin', { [USERS]: model('Users', 'users') })
    await side.commit('Edit', { [USERS]: model('Users', 'x') })
    await side.connect()
    const key = async (role: string) => {
      const { body } = await server.ask('POST', `${side.ws}/api-keys`, { body: { name: role, role } })
      return (body as { key: string }).key // the answer that the contract names
    }
    const [viewer, editor, admin] = [await key('viewer'), await key('editor'), await key('admin')]
    const one = { commit: first, kind: 'parent-models', slug: 'users' }
    expect((await rollback(side, { ...one, dryRun: true }, viewer)).status).toBe(403)
    expect((await rollback(side, { commit: first }, editor)).status).toBe(403)
    expect((await rollback(side, { commit: first, dryRun: true }, admin)).status).toBe(200)
    expect((await rollback(side, one, editor)).status).toBe(200)
    expect(await side.get('/audit?limit=1')).toMatchObject({
      items: [
        {
          actor: { name: 'editor' },
          action: 'git.rollback',
          subject: first,
          detail: { kind: 'parent-models', slug: 'users', changes: 1 },
        },
      ],
    })
  })
})
