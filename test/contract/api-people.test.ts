import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditEntry } from '../../src/core/wire/audit.ts'
import type { InvitationCreated, SessionEntry } from '../../src/core/wire/invitation.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['here', 'elsewhere']) await server.ask('POST', '/workspaces', { body: { slug } })
})
afterAll(() => server.stop())

/** As a browser: no API key, and the cookies of who signed in. */
const visit = (method: string, path: string, cookie: string | null, body?: object) =>
  server.ask(method, path, {
    token: null,
    headers: { 'user-agent': 'Test browser', ...(cookie === null ? {} : { cookie }) },
    ...(body === undefined ? {} : { body }),
  })
const cookieOf = (answer: { headers: Headers }) => {
  const set = answer.headers.getSetCookie()
  return set.map((one) => one.split(';')[0]).join('; ')
}
const signIn = async (email: string, password: string) =>
  cookieOf(await visit('POST', '/auth/sign-in/email', null, { email, password }))

async function invite(email: string, role = 'editor', ws = 'here') {
  const { status, body } = await server.ask('POST', `/workspaces/${ws}/invitations`, {
    body: { email, role },
  })
  expect(status).toBe(201)
  const { id, url } = body as InvitationCreated // the answer that the contract names
  return { id, token: url.split('#')[1] ?? '', url }
}
const accept = (token: string, more: object = {}, cookie: string | null = null) =>
  visit('POST', '/invitations/accept', cookie, { token, ...more })

const NOTHING = { status: 404, body: { code: 'not-found' } }

it('[Z8] an invited person sets name and password, is signed in with the role, and the link is used up', async () => {
  const { token, url } = await invite('Bea@Example.com')
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\/invitation#tdi_[\w-]{43}$/)
  expect(await visit('POST', '/invitations/read', null, { token })).toMatchObject({
    status: 200,
    body: {
      workspace: { slug: 'here', name: 'here' },
      email: 'bea@example.com',
      role: 'editor',
      invitedBy: 'Admin token',
      known: false,
    },
  })
  expect(await accept(token)).toMatchObject({ status: 422, body: { code: 'invalid-body' } })
  expect(await accept(token, { name: 'Bea', password: 'short' })).toMatchObject({ status: 422 })
  const both = await Promise.all([
    accept(token, { name: 'Bea', password: 'bea has a long one' }),
    accept(token, { name: 'Eve', password: 'eve came second!!' }),
  ])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404])
  const won = both.find(({ status }) => status === 200) ?? both[0]
  expect(won.body).toMatchObject({
    actor: { kind: 'person', email: 'bea@example.com' },
    admin: false,
    workspaces: [{ slug: 'here', name: 'here', role: 'editor' }],
  })
  expect((await visit('GET', '/workspaces/here', cookieOf(won))).status).toBe(200)
  expect((await visit('GET', '/workspaces/elsewhere', cookieOf(won))).status).toBe(404)
  expect(await accept(token, { name: 'Eve', password: 'eve tries again' })).toMatchObject(NOTHING)
  expect(await visit('POST', '/invitations/read', null, { token })).toMatchObject(NOTHING)
})

it('[Z8] an invitation that ended, was revoked, or never was opens nothing, and all are answered alike', async () => {
  const [ended, revoked] = [await invite('cy@example.com'), await invite('cy@example.com', 'admin')]
  await sql`update invitation set expires_at = now() - interval '1 second' where id = ${ended.id}`.execute(
    server.db,
  )
  const revoke = (ws: string) => server.ask('DELETE', `/workspaces/${ws}/invitations/${revoked.id}`)
  expect((await revoke('elsewhere')).status).toBe(404)
  expect((await revoke('here')).status).toBe(204)
  expect((await revoke('here')).status).toBe(404)
  const who = { name: 'Cy', password: 'cy has a long one' }
  const answers = await Promise.all(
    [ended.token, revoked.token, 'tdi_never'].map((token) => accept(token, who)),
  )
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  expect(new Set(answers.map(({ body }) => (body as { detail: string }).detail)).size).toBe(1)
  expect((await server.ask('GET', '/workspaces/here/invitations')).body).toEqual({
    items: [],
    nextCursor: null,
  })
})

it('[Z8] the link for an address with an account is of no use to anybody but that account', async () => {
  await server.ask('POST', '/workspaces/elsewhere/members', {
    body: { email: 'dan@example.com', name: 'Dan', password: 'dan has a long one', role: 'viewer' },
  })
  const { token } = await invite('dan@example.com', 'admin')
  const stolen = { name: 'Mallory', password: 'mallory sets his own' }
  expect(await accept(token, stolen)).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
  const ann = await signIn(ADMIN.email, ADMIN.password)
  expect((await accept(token, stolen, ann)).status).toBe(401)
  const byKey = await server.ask('POST', '/invitations/accept', { body: { token, ...stolen } })
  expect(byKey.status).toBe(401)
  const dan = await signIn('dan@example.com', 'dan has a long one')
  expect(await accept(token, {}, dan)).toMatchObject({
    status: 200,
    body: {
      workspaces: [
        { slug: 'elsewhere', role: 'viewer' },
        { slug: 'here', role: 'admin' },
      ],
    },
  })
  const again = await server.ask('POST', '/workspaces/here/invitations', {
    body: { email: 'DAN@example.com', role: 'viewer' },
  })
  expect(again).toMatchObject({ status: 422, body: { code: 'invalid-setting' } })
})

it('[Z4, Z8] the secret of a link is nowhere kept: not in the database, the log or the list', async () => {
  const { token } = await invite('flo@example.com')
  await accept(token, { name: 'Flo', password: 'flo has a long one' })
  const { rows } = await sql`
    select query_to_xml(format('select * from %I', table_name), true, false, '')::text as content
    from information_schema.tables where table_schema = 'public'`.execute(server.db)
  const listed = await server.ask('GET', '/workspaces/here/invitations')
  const everything = JSON.stringify(rows) + JSON.stringify(listed.body) + server.output()
  expect([everything.includes('flo@example.com'), everything.includes(token)]).toEqual([true, false])
})

it('[Z8] one sees and ends own sessions only, an admin those of the members, and an ended one opens nothing', async () => {
  const who = { email: 'gil@example.com', name: 'Gil', password: 'gil has a long one', role: 'viewer' }
  await server.ask('POST', '/workspaces/here/members', { body: who })
  const [first, second] = [await signIn(who.email, who.password), await signIn(who.email, who.password)]
  const mine = async (cookie: string) =>
    ((await visit('GET', '/me/sessions', cookie)).body as { items: SessionEntry[] }).items
  const own = await mine(first)
  expect(own.map(({ person, address, agent, current }) => [person.name, address, agent, current])).toEqual([
    ['Gil', '127.0.0.1', 'Test browser', false],
    ['Gil', '127.0.0.1', 'Test browser', true],
  ])
  const [newer] = own
  const ann = await signIn(ADMIN.email, ADMIN.password)
  expect((await visit('DELETE', `/me/sessions/${newer?.id}`, ann)).status).toBe(404)
  expect((await visit('DELETE', `/me/sessions/${newer?.id}`, first)).status).toBe(204)
  expect((await visit('GET', '/me', second)).status).toBe(401)
  const third = await signIn(who.email, who.password)
  expect(await visit('DELETE', '/me/sessions', third)).toMatchObject({ status: 200, body: { ended: 1 } })
  expect((await visit('GET', '/me', first)).status).toBe(401)

  const { body } = await server.ask('POST', '/workspaces/here/api-keys', {
    body: { name: 'here', role: 'admin' },
  })
  const { key } = body as { key: string } // the answer that the contract names
  const seen = async (token?: string) =>
    (
      (await server.ask('GET', '/workspaces/here/sessions', token === undefined ? {} : { token })).body as {
        items: SessionEntry[]
      }
    ).items
  const annSession = (await seen()).find(({ person }) => person.email === ADMIN.email)
  const byAdmin = await seen(key)
  expect([annSession !== undefined, byAdmin.some(({ person }) => person.email === ADMIN.email)]).toEqual([
    true,
    false,
  ])
  const gil = byAdmin.find(({ person }) => person.name === 'Gil')?.id
  const end = (id: string | undefined) =>
    server.ask('DELETE', `/workspaces/here/sessions/${id}`, { token: key })
  expect([(await end(annSession?.id)).status, (await end(gil)).status]).toEqual([404, 204])
  expect((await visit('GET', '/me', third)).status).toBe(401)
  expect((await visit('GET', '/me', ann)).status).toBe(200)
})

it('[Z8] invitations, sessions and sign-ins are in the audit log', async () => {
  const { body } = await server.ask('GET', '/workspaces/here/audit?limit=1000')
  const entries = (body as { items: AuditEntry[] }).items
  const actions = new Set(entries.map(({ action }) => action))
  for (const action of [
    'invitation.create',
    'invitation.revoke',
    'invitation.accept',
    'session.end',
    'person.sign-in',
  ])
    expect(actions).toContain(action)
  const accepted = entries.find(
    (entry) => entry.action === 'invitation.accept' && entry.subject === 'dan@example.com',
  )
  expect(accepted).toMatchObject({
    actor: { name: 'Dan' },
    origin: 'page',
    changes: [
      {
        fields: [
          { path: '/role', after: 'admin' },
          { path: '/name', after: 'Dan' },
        ],
      },
    ],
  })
})
