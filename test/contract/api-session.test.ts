import { afterAll, beforeAll, expect, it } from 'vitest'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.ask('POST', '/workspaces', { body: { slug: 'w' } })
})
afterAll(() => server.stop())

const signIn = (email: string, password: string, headers: Record<string, string> = {}) =>
  server.ask('POST', '/auth/sign-in/email', { body: { email, password }, token: null, headers })

async function cookieOf(email = ADMIN.email, password = ADMIN.password): Promise<string> {
  const { headers } = await signIn(email, password)
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

it('[Z8] signing in gives an HttpOnly, SameSite=Lax cookie; signing out ends the session', async () => {
  const { status, headers, body } = await signIn(ADMIN.email.toUpperCase(), ADMIN.password)
  expect([status, body]).toEqual([
    200,
    {
      actor: { kind: 'person', id: expect.any(String), name: 'Ann', email: ADMIN.email, commitEmail: null },
      admin: true,
      workspaces: [{ slug: 'w', name: 'w', role: 'admin' }],
      archived: [],
    },
  ])
  const [set = ''] = headers.getSetCookie()
  expect(set).toMatch(/^tandem\.session_token=[^;]+; .*HttpOnly; SameSite=Lax$/)
  const cookie = set.split(';')[0] ?? ''
  const me = () => server.ask('GET', '/me', { token: null, headers: { cookie } })
  expect((await me()).status).toBe(200)
  expect((await server.ask('POST', '/auth/sign-out', { token: null, headers: { cookie } })).status).toBe(204)
  expect((await me()).status).toBe(401)
})

it('[Z8] passwords are kept by a slow hash only', async () => {
  const { sql } = await import('kysely')
  const { rows } = await sql<{ password: string }>`select password from auth_account`.execute(server.db)
  expect(rows[0]?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
})

it('[Z8] a state-changing request that another site makes is refused, whatever cookie it brings', async () => {
  const cookie = await cookieOf()
  const create = (headers: Record<string, string>) =>
    server.ask('POST', '/workspaces', { body: { slug: 'w' }, token: null, headers: { cookie, ...headers } })
  const own = new URL(server.url).origin
  expect((await create({ origin: 'https://evil.example' })).status).toBe(403)
  expect((await create({ origin: own, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await create({ origin: 'null' })).status).toBe(403)
  expect((await create({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
  // 409: let in, and told that the slug is taken.
  expect((await create({ origin: own, 'sec-fetch-site': 'same-origin' })).status).toBe(409)
  expect((await signIn(ADMIN.email, ADMIN.password, { origin: 'https://evil.example' })).status).toBe(403)
})

it('[Z8] refused sign-ins are limited by person; others are not kept out', async () => {
  const cookie = await cookieOf()
  const members = '/workspaces/w/members'
  const { body } = await server.ask('POST', members, { body: { email: 'bob@example.com', role: 'viewer' } })
  const { password } = body as { password: string } // made, and in this answer only
  const attempts: number[] = []
  for (let i = 0; i < 12; i += 1) attempts.push((await signIn('bob@example.com', 'wrong')).status)
  expect(attempts).toEqual([...Array(10).fill(401), 429, 429])
  expect((await signIn('bob@example.com', password)).status).toBe(429)
  expect((await signIn(ADMIN.email, ADMIN.password)).status).toBe(200)
  expect((await server.ask('GET', '/me', { token: null, headers: { cookie } })).status).toBe(200)
})

it('[Z8] a member who was added signs in, changes the password, and loses the role with the membership', async () => {
  const members = '/workspaces/w/members'
  const added = await server.ask('POST', members, {
    body: { email: 'Cem@example.com', name: 'Cem', role: 'editor' },
  })
  const { id, password } = added.body as { id: string; password: string } // as above
  expect(added.body).toEqual({
    id,
    name: 'Cem',
    email: 'cem@example.com',
    role: 'editor',
    everywhere: false,
    password: expect.any(String),
  })
  const cookie = await cookieOf('cem@example.com', password)
  const change = { currentPassword: password, newPassword: 'another good one' }
  const changed = await server.ask('POST', '/me/password', { body: change, token: null, headers: { cookie } })
  expect([changed.status, (await signIn('cem@example.com', password)).status]).toEqual([204, 401])
  expect((await server.ask('PATCH', `${members}/${id}`, { body: { role: 'viewer' } })).body).toMatchObject({
    role: 'viewer',
  })
  expect((await server.ask('DELETE', `${members}/${id}`)).status).toBe(204)
  const fresh = await cookieOf('cem@example.com', 'another good one')
  const { status } = await server.ask('GET', '/workspaces/w', { token: null, headers: { cookie: fresh } })
  expect(status).toBe(404)
})

it('[Z8] every answer forbids what a page of ours does not need', async () => {
  for (const path of ['/', '/api/v1/me', '/api/v1/reference', '/healthz']) {
    const { headers } = await fetch(`${server.url}${path}`)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

it('[A1] the API is described by OpenAPI 3.1, and its page needs nothing from elsewhere', async () => {
  const document = await (await fetch(`${server.url}/api/v1/openapi.json`)).json()
  expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/api/v1' }] })
  const { paths } = document as { paths: Record<string, object> }
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/workspaces/{ws}/parent-models/{slug}', '/workspaces/{ws}/git/sync']),
  )
  const page = await (await fetch(`${server.url}/api/v1/reference`)).text()
  expect(page).toContain('/workspaces/{ws}/git/sync')
  expect(page).not.toMatch(/<script|(?:src|href)="(?!#|\/api\/v1\/openapi\.json)/)
})

it('[A5] alive, ready and counted', async () => {
  const text = async (path: string) => (await fetch(`${server.url}${path}`)).text()
  expect(await text('/healthz')).toBe('{"status":"ok"}')
  expect(await text('/readyz')).toBe('{"status":"ready"}')
  const metrics = await text('/metrics')
  expect(metrics).toMatch(/tandem_http_request_seconds_count\{method="get",route="\/me",status="200"\} \d/)
  expect(metrics).toContain('tandem_outbox_changes 0')
})
