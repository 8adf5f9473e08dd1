import { afterAll, beforeAll, expect, it } from 'vitest'
import { fillWorkspace, PURCHASES, SOURCE, USERS, USERS_PURCHASES } from '../support/api-samples.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

let count = 0
async function workspace(): Promise<string> {
  count += 1
  const ws = `w${count}`
  await fillWorkspace(server, ws)
  return `/workspaces/${ws}`
}

const match = (revision: string) => ({ headers: { 'if-match': revision } })
const envelope = { slug: expect.any(String), revision: expect.any(String), git: expect.any(Object) }

it('[A3] a body is flat: the keys of the file beside slug, revision and git, which PUT ignores', async () => {
  const ws = await workspace()
  const read = await server.ask('GET', `${ws}/parent-models/users`)
  expect(read.body).toEqual({
    ...USERS,
    slug: 'users',
    revision: expect.stringMatching(/^\d+$/),
    git: { state: 'none', since: expect.any(String), by: 'Admin token' },
  })
  const etag = read.headers.get('etag') ?? ''
  expect(etag).toBe(`"${(read.body as { revision: string }).revision}"`)
  const sentBack = { ...(read.body as object), description: 'People' }
  const saved = await server.ask('PUT', `${ws}/parent-models/users`, { body: sentBack, ...match(etag) })
  expect([saved.status, saved.body]).toEqual([200, { ...USERS, description: 'People', ...envelope }])
})

it('[A2] a stale revision gets 412 with the present value, none gets 428, * writes over, creating needs none', async () => {
  const ws = await workspace()
  const path = `${ws}/parent-models/users`
  const first = (await server.ask('GET', path)).headers.get('etag') ?? ''
  const put = (description: string, ifMatch?: string) =>
    server.ask('PUT', path, { body: { ...USERS, description }, ...(ifMatch ? match(ifMatch) : {}) })
  expect((await put('one', first)).status).toBe(200)
  const stale = await put('two', first)
  expect([stale.status, stale.headers.get('content-type'), stale.body]).toMatchObject([
    412,
    'application/problem+json',
    { code: 'stale', status: 412, present: { ...USERS, description: 'one', slug: 'users' } },
  ])
  expect(await put('two')).toMatchObject({ status: 428, body: { code: 'revision-required' } })
  expect((await put('three', '*')).status).toBe(200)
  expect(await put('four', 'no-quotes')).toMatchObject({ status: 400, body: { code: 'bad-request' } })
  const created = await server.ask('PUT', `${ws}/parent-models/fresh`, { body: { ...USERS, name: 'Fresh' } })
  expect([created.status, created.headers.get('etag')]).toEqual([201, expect.any(String)])
  const gone = await server.ask('PUT', `${ws}/parent-models/never`, { body: USERS, ...match('"1"') })
  expect(gone).toMatchObject({ status: 412, body: { present: null } })
})

it('[A3] DELETE wants a revision, is refused with the referrers, then answers 204 and 404', async () => {
  const ws = await workspace()
  const remove = (path: string, ifMatch?: string) =>
    server.ask('DELETE', `${ws}/${path}`, ifMatch ? match(ifMatch) : {})
  expect(await remove('related-models/purchases')).toMatchObject({ status: 428 })
  expect(await remove('related-models/purchases', '*')).toMatchObject({
    status: 409,
    body: {
      code: 'still-referenced',
      referrers: [{ kind: 'model-relationships', slug: 'users-purchases' }],
    },
  })
  const usedBy = await server.ask('GET', `${ws}/related-models/purchases/used-by`)
  expect(usedBy.body).toEqual({
    items: [
      { kind: 'model-relationships', slug: 'users-purchases', name: 'users-purchases', field: '/to/slug' },
    ],
    nextCursor: null,
  })
  expect((await remove('model-relationships/users-purchases', '*')).status).toBe(204)
  expect((await remove('related-models/purchases', '"0"')).status).toBe(412)
  expect((await remove('related-models/purchases', '*')).status).toBe(204)
  expect((await remove('related-models/purchases', '*')).status).toBe(404)
})

it('[A3] POST makes a new slug of the name; the relationship is named after its ends, the sync after both', async () => {
  const ws = await workspace()
  const post = async (kind: string, body: object) => {
    const { status, headers, body: answer } = await server.ask('POST', `${ws}/${kind}`, { body })
    return [status, (answer as { slug?: string }).slug ?? answer, headers.get('location')?.split('/').at(-1)]
  }
  expect(await post('parent-models', { ...USERS, name: 'HubSpot B2C' })).toEqual([
    201,
    'hub-spot-b2-c',
    'hub-spot-b2-c',
  ])
  expect(await post('related-models', { ...PURCHASES, name: 'Users' })).toEqual([201, 'users-2', 'users-2'])
  expect(await post('model-relationships', USERS_PURCHASES)).toEqual([
    201,
    'users-purchases-2',
    'users-purchases-2',
  ])
  expect(await post('destinations', { name: 'CRM', type: 'hubspot', config: {} })).toEqual([
    201,
    'crm',
    'crm',
  ])
  const sync = {
    model: 'users',
    destination: 'crm',
    config: {},
    schedule: { type: 'manual' },
    schedulePaused: false,
  }
  expect(await post('syncs', sync)).toEqual([201, 'users-to-crm', 'users-to-crm'])
  expect(await post('event-contracts', { name: 'Web', onUndeclaredSchema: 'ALLOW_EVENT' })).toEqual([
    201,
    'web',
    'web',
  ])
  const event = {
    name: 'Plant Viewed',
    onSchemaViolation: 'ALLOW_EVENT',
    onUndeclaredFields: 'ALLOW_EVENT',
    schema: {},
    type: 'track',
    version: '1.0.0',
  }
  const slug = 'web/plant-viewed-web-1.0.0'
  expect(await post('contract-events?contract=web', event)).toEqual([201, slug, encodeURIComponent(slug)])
  const read = await server.ask('GET', `${ws}/contract-events/${encodeURIComponent(slug)}`)
  expect([read.status, read.body]).toEqual([200, { ...event, ...envelope }])
})

it('[A2] a faulty value is 422 with every fault and its field', async () => {
  const ws = await workspace()
  const body = { name: 7, source: 'nowhere', type: 'table' }
  const { status, body: problem } = await server.ask('PUT', `${ws}/parent-models/bad`, { body })
  expect(status).toBe(422)
  expect(problem).toMatchObject({ code: 'invalid-value', status: 422 })
  const { diagnostics } = problem as { diagnostics: { code: string; field: string; slug: string }[] }
  expect(diagnostics.map(({ code, field, slug }) => [code, field, slug])).toContainEqual([
    'wrong-type',
    '/name',
    'bad',
  ])
  const dangling = await server.ask('PUT', `${ws}/parent-models/bad`, { body: { ...USERS, source: 'wg' } })
  expect(dangling).toMatchObject({
    status: 422,
    body: { diagnostics: [{ code: 'unresolved-source', field: '/source', severity: 'error' }] },
  })
})

it.each([
  ['NUL', '"a\\u0000b"', 'wrong-value'],
  ['half of a surrogate pair', '"\\ud800"', 'wrong-value'],
  ['an integer beyond 2^53', '9007199254740993', 'wrong-value'],
  ['a number beyond every number', '1e400', 'wrong-value'],
  ['a hundred levels too many', `${'['.repeat(5000)}${']'.repeat(5000)}`, 'limit-depth'],
  ['more than a file may have', `"${'x'.repeat(1024 * 1024)}"`, 'limit-file-size'],
])('[F10, F20, S8] %s in a value is 422, not stored changed and not sent to Git', async (_, json, code) => {
  const ws = await workspace()
  const body = `${JSON.stringify(USERS).slice(0, -1)},"x":${json}}`
  const { status, body: problem } = await server.ask('PUT', `${ws}/parent-models/bad`, { body })
  const { diagnostics } = problem as { diagnostics: { code: string }[] }
  expect([status, diagnostics.map((diagnostic) => diagnostic.code)]).toEqual([422, [code]])
})

it('[A2] a text that cannot be stored is the fault of who sent it', async () => {
  const ws = await workspace()
  const answer = await server.ask('POST', `${ws}/changes`, { body: '{"message":"a\\u0000b"}' })
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-body' } })
})

it('[A3] lists go on behind their cursor and refuse limits and cursors that are none', async () => {
  const ws = await workspace()
  const writes = Array.from({ length: 5 }, (_, i) => ({
    kind: 'models',
    slug: `m${i}`,
    value: { ...USERS, name: `M${i}` },
  }))
  expect((await server.ask('POST', `${ws}/changes`, { body: { writes } })).status).toBe(200)
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await server.ask('GET', `${ws}/models?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    const page = body as { items: { slug: string }[]; nextCursor: string | null }
    seen.push(...page.items.map(({ slug }) => slug))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(['m0', 'm1', 'm2', 'm3', 'm4'])
  for (const query of ['limit=0', 'limit=1001', 'limit=x', 'cursor=%00', 'cursor=ü']) {
    expect([query, (await server.ask('GET', `${ws}/models?${query}`)).status]).toEqual([query, 400])
  }
})

it('[A3] a change set is all or nothing; it may bring what it refers to, rename, and be refused when stale', async () => {
  const ws = await workspace()
  const changes = (body: object) => server.ask('POST', `${ws}/changes`, { body })
  const orders = { kind: 'related-models', slug: 'orders', value: { ...PURCHASES, name: 'Orders' } }
  const relationship = {
    kind: 'model-relationships',
    slug: 'users-orders',
    value: { ...USERS_PURCHASES, to: { ...USERS_PURCHASES.to, slug: 'orders' } },
  }
  expect(await changes({ writes: [relationship] })).toMatchObject({
    status: 422,
    body: { diagnostics: [{ code: 'unresolved-model', slug: 'users-orders', field: '/to/slug' }] },
  })
  const both = await changes({ message: 'Orders', writes: [relationship, orders] })
  expect([both.status, both.body]).toEqual([
    200,
    {
      changeSet: expect.any(String),
      resources: expect.arrayContaining([
        { kind: 'related-models', ...orders.value, ...envelope },
        { kind: 'model-relationships', ...relationship.value, ...envelope },
      ]),
    },
  ])
  const stale = { ...orders, value: { ...orders.value, name: 'Other' }, revision: '0' }
  const users = { kind: 'parent-models', slug: 'users', value: { ...USERS, name: 'Changed' } }
  expect(await changes({ writes: [users, stale] })).toMatchObject({
    status: 412,
    body: { stale: [{ kind: 'related-models', slug: 'orders', present: { name: 'Orders' } }] },
  })
  expect((await server.ask('GET', `${ws}/parent-models/users`)).body).toMatchObject({ name: 'Users' })
  expect(
    await changes({ writes: [users], deletes: [{ kind: 'parent-models', slug: 'users' }] }),
  ).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('Expected each resource once, found parent-models/users again') },
  })
  const renamed = await changes({ renames: [{ kind: 'related-models', from: 'orders', to: 'purchases-2' }] })
  expect(renamed.status).toBe(200)
  expect((await server.ask('GET', `${ws}/model-relationships/users-orders`)).body).toMatchObject({
    to: { slug: 'purchases-2' },
  })
})

it('[A3, F19] free-form keys survive, whatever they are called', async () => {
  const ws = await workspace()
  await server.ask('PUT', `${ws}/destinations/crm`, { body: { type: 'hubspot', config: {} } })
  const config = '{"__proto__":{"a":1},"constructor":null,"z":[],"10":1,"toString":"x"}'
  const sync = `{"model":"users","destination":"crm","config":${config},"schedule":{"type":"manual"},"schedulePaused":true}`
  const saved = await server.ask('PUT', `${ws}/syncs/users-to-crm`, { body: sync })
  expect(saved.status).toBe(201)
  const read = await server.ask('GET', `${ws}/syncs/users-to-crm`)
  const found = (read.body as { config: object }).config
  expect(Object.entries(found).toSorted()).toEqual(Object.entries(JSON.parse(config) as object).toSorted())
})

it.each(['sources', 'destinations'])('[A3] %s without a name in the name are refused', async (kind) => {
  const ws = await workspace()
  for (const name of ['', ' ']) {
    const body = { name, type: 'hubspot', config: {} }
    expect(await server.ask('PUT', `${ws}/${kind}/nameless`, { body })).toMatchObject({
      status: 422,
      body: { code: 'invalid-value' },
    })
  }
})

it('[S15, A3] what was deleted is listed and can be restored, under another slug where the old one is taken', async () => {
  const ws = await workspace()
  const remove = () => server.ask('DELETE', `${ws}/model-relationships/users-purchases`, match('*'))
  await remove()
  const list = async () => {
    const { body } = await server.ask('GET', `${ws}/deleted`)
    return (body as { items: { id: string; kind: string; slug: string }[] }).items
  }
  const [deleted] = await list()
  expect(deleted).toMatchObject({
    kind: 'model-relationships',
    slug: 'users-purchases',
    deletedBy: 'Admin token',
  })
  const restore = (body: object) => server.ask('POST', `${ws}/deleted/${deleted?.id}/restore`, { body })
  await server.ask('PUT', `${ws}/model-relationships/users-purchases`, { body: USERS_PURCHASES })
  expect(await restore({})).toMatchObject({ status: 409, body: { code: 'slug-taken' } })
  expect(await restore({ slug: 'again' })).toMatchObject({
    status: 201,
    body: { ...USERS_PURCHASES, slug: 'again' },
  })
  expect(await list()).toEqual([])
  expect(await restore({})).toMatchObject({ status: 404 })
})

it('[A3] a source is copied to another workspace without its secrets', async () => {
  const ws = await workspace()
  const target = (await workspace()).split('/').at(-1)
  const config = { host: 'db', password: 'hush-hush' }
  await server.ask('PUT', `${ws}/sources/pg`, { body: { name: 'Pg', type: 'postgres', config } })
  const copy = await server.ask('POST', `${ws}/sources/pg/clone`, { body: { workspace: target } })
  expect([copy.status, copy.body]).toEqual([
    201,
    { name: 'Pg', type: 'postgres', config: { host: 'db' }, secrets: [], ...envelope },
  ])
  expect(await server.ask('POST', `${ws}/sources/pg/clone`, { body: { workspace: target } })).toMatchObject({
    status: 409,
    body: {
      code: 'slug-taken',
      detail: `The workspace "${target}" has a source "pg" already, and a copy keeps its slug. Use that one, or rename or delete it first.`,
    },
  })
  expect((await server.ask('POST', `${ws}/sources/pg/clone`, { body: { workspace: 'none' } })).status).toBe(
    404,
  )
})

it('[A3] workspaces: slugs are plain and unique, names and the Git Sync flag can be changed', async () => {
  const create = (slug: string) => server.ask('POST', '/workspaces', { body: { slug, name: 'Some' } })
  expect(await create('some')).toMatchObject({
    status: 201,
    body: { slug: 'some', name: 'Some', gitSync: true, role: 'admin' },
  })
  expect((await create('some')).status).toBe(409)
  for (const slug of ['', '../x', 'A', 'a/b', '-a', 'a'.repeat(101)])
    expect((await create(slug)).status).toBe(422)
  const patched = await server.ask('PATCH', '/workspaces/some', { body: { gitSync: false } })
  const some = { slug: 'some', name: 'Some', gitSync: false, archivedAt: null, role: 'admin' }
  expect(patched.body).toEqual(some)
})

it.each([
  ['lists', '[', ']'],
  ['mappings', '{"a":', '}'],
])(
  '[A2] [F20] %s nested 100,000 deep in a body are refused, and the server goes on',
  async (_, open, close) => {
    const ws = await workspace()
    const nested = (levels: number) => `${open.repeat(levels)}1${close.repeat(levels)}`
    const source = (levels: number) => `{"name": "Deep", "type": "http", "config": {"a": ${nested(levels)}}}`
    const tooDeep = {
      status: 422,
      body: {
        code: 'invalid-body',
        detail: expect.stringMatching(/^The body is nested too deep at line 1, column \d+\. /),
        diagnostics: [{ code: 'limit-depth', file: 'body', line: 1 }],
      },
    }
    const asked: readonly [string, string, string][] = [
      ['PUT', `${ws}/sources/deep`, source(100_000)],
      ['POST', `${ws}/sources`, source(100_000)],
      ['POST', `${ws}/sources/test`, `{"type": "http", "config": {"a": ${nested(100_000)}}}`],
      ['PUT', `${ws}/models/deep`, `{"customQuery": ${nested(100_000)}}`],
      [
        'POST',
        `${ws}/changes`,
        `{"writes": [{"kind": "sources", "slug": "deep", "value": ${source(100_000)}}]}`,
      ],
      ['PUT', `${ws}/git`, nested(100_000)],
    ]
    for (const [method, path, body] of asked) {
      expect(await server.ask(method, path, { body }), `${method} ${path}`).toMatchObject(tooDeep)
    }
    // Less deep than that, the diagnostic says where in the value.
    expect(await server.ask('PUT', `${ws}/sources/deep`, { body: source(150) })).toMatchObject({
      status: 422,
      body: { code: 'invalid-value', diagnostics: [{ code: 'limit-depth' }] },
    })
    expect((await server.ask('PUT', `${ws}/sources/deep`, { body: source(90) })).status).toBe(201)
  },
)

it('[A2] what is no JSON, too large or of an unknown kind has its own code', async () => {
  const ws = await workspace()
  const put = (body: unknown, headers: Record<string, string> = {}) =>
    server.ask('PUT', `${ws}/models/x`, { body, headers })
  expect(await put('{')).toMatchObject({ status: 400, body: { code: 'bad-request' } })
  expect(await put('[]')).toMatchObject({ status: 422, body: { code: 'invalid-body' } })
  expect(await put('{}', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
  expect(await server.ask('POST', `${ws}/changes`)).toMatchObject({ status: 200, body: { resources: [] } })
  expect(await put(JSON.stringify({ x: 'x'.repeat(9 * 1024 * 1024) }))).toMatchObject({ status: 413 })
  expect(await server.ask('GET', `${ws}/widgets`)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  expect(await server.ask('GET', '/nothing')).toMatchObject({ status: 404, body: { code: 'not-found' } })
})

it('[A3] a body of /changes may have up to 64 MiB', async () => {
  const ws = await workspace()
  const rawSql = `select '${'x'.repeat(900_000)}'`
  const writes = Array.from({ length: 12 }, (_, i) => ({
    kind: 'models',
    slug: `big-${i}`,
    value: { ...PURCHASES, name: `Big ${i}`, primaryKey: 'x', rawSql },
  }))
  expect((await server.ask('POST', `${ws}/changes`, { body: { writes } })).status).toBe(200)
  const tooMany = { writes: Array.from({ length: 75 }, () => writes[0]) }
  expect((await server.ask('POST', `${ws}/changes`, { body: tooMany })).status).toBe(413)
})

it('[A3] any type of source is accepted; without a connector there is no preview', async () => {
  const ws = await workspace()
  await server.ask('PUT', `${ws}/sources/odd`, { body: { ...SOURCE, type: 'abacus' } })
  expect(await server.ask('GET', `${ws}/sources/odd/tables`)).toMatchObject({
    status: 422,
    body: { code: 'no-connector' },
  })
  expect(await server.ask('POST', `${ws}/sources/odd/test`, { body: {} })).toMatchObject({
    status: 200,
    body: { state: 'no-connector' },
  })
})

it('[W3] says what the data says of a relationship between two saved models, and shows no value', async () => {
  const ws = await workspace()
  const model = (rawSql: string) => ({ name: 'Measured', source: 'wh', type: 'raw_sql', rawSql })
  const put = (path: string, body: object) => server.ask('PUT', `${ws}/${path}`, { body })
  await put('parent-models/people', {
    ...model("select * from (values ('k-1'), ('k-2'), ('k-2')) t(id)"),
    primaryKey: 'id',
  })
  await put('related-models/visits', model("select * from (values ('k-1'), ('k-9'), (null)) t(person_id)"))
  const ask = (fromColumn: string) =>
    server.ask('POST', `${ws}/measure-relationship`, {
      body: {
        from: { kind: 'parent-models', slug: 'people' },
        to: { kind: 'related-models', slug: 'visits' },
        cardinality: '1:many',
        mapping: [{ fromColumn, toColumn: 'person_id' }],
      },
    })
  const { status, body } = await ask('id')
  expect([status, body]).toEqual([
    200,
    {
      from: { types: ['VARCHAR'], rows: 3, complete: true, keys: 2, missing: 0, matched: 1 / 3 },
      to: { types: ['VARCHAR'], rows: 3, complete: true, keys: 2, missing: 1, matched: 0.5 },
      cardinality: 'many:1',
      warnings: [
        { code: 'keys-missing', message: expect.stringContaining('33 % of the rows of Measured') },
        { code: 'cardinality-differs', message: expect.stringContaining('Declare it as many:1') },
      ],
    },
  ])
  expect(JSON.stringify(body)).not.toContain('k-')
  expect(await ask('idd')).toMatchObject({ status: 422, body: { code: 'source-failed' } })
})
