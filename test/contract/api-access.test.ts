import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ENDPOINTS } from '../../src/server/endpoints.ts'
import { ADMIN, ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.ts'

type Needs = 'nothing' | 'sign-in' | 'viewer' | 'editor' | 'admin' | 'admin everywhere'

/** Z8 as a table: what each route needs. A new route is written down here first. */
const ROUTES: Readonly<Record<string, Needs>> = {
  'post /auth/sign-in/email': 'nothing',
  'post /auth/sign-out': 'nothing',
  'get /me': 'sign-in',
  'patch /me': 'sign-in',
  'post /me/password': 'sign-in',
  'get /me/sessions': 'sign-in',
  'delete /me/sessions': 'sign-in',
  'delete /me/sessions/{id}': 'sign-in',
  'post /invitations/read': 'nothing',
  'post /invitations/accept': 'nothing',
  'get /workspaces': 'sign-in',
  'post /workspaces': 'admin everywhere',
  'get /environments': 'sign-in',
  'get /environments/compare': 'sign-in',
  'get /environments/compare/drift': 'sign-in',
  'get /workspaces/{ws}': 'viewer',
  'patch /workspaces/{ws}': 'admin',
  'post /workspaces/{ws}/archive': 'admin',
  'post /workspaces/{ws}/restore': 'admin',
  'get /workspaces/{ws}/members': 'admin',
  'post /workspaces/{ws}/members': 'admin',
  'patch /workspaces/{ws}/members/{id}': 'admin',
  'delete /workspaces/{ws}/members/{id}': 'admin',
  'get /workspaces/{ws}/invitations': 'admin',
  'post /workspaces/{ws}/invitations': 'admin',
  'delete /workspaces/{ws}/invitations/{id}': 'admin',
  'get /workspaces/{ws}/sessions': 'admin',
  'delete /workspaces/{ws}/sessions/{id}': 'admin',
  'get /workspaces/{ws}/api-keys': 'admin',
  'post /workspaces/{ws}/api-keys': 'admin',
  'delete /workspaces/{ws}/api-keys/{id}': 'admin',
  'get /workspaces/{ws}/audit': 'admin',
  'get /workspaces/{ws}/audit/facets': 'admin',
  'get /workspaces/{ws}/audit/export': 'admin',
  'get /workspaces/{ws}/promotions': 'viewer',
  'post /workspaces/{ws}/promotions': 'editor',
  'post /workspaces/{ws}/promotions/{id}/undo': 'editor',
  'get /workspaces/{ws}/events': 'viewer',
  'post /workspaces/{ws}/changes': 'editor',
  'get /workspaces/{ws}/deleted': 'viewer',
  'post /workspaces/{ws}/deleted/{id}/restore': 'editor',
  'get /workspaces/{ws}/git': 'viewer',
  'put /workspaces/{ws}/git': 'admin',
  'delete /workspaces/{ws}/git': 'admin',
  'post /workspaces/{ws}/git/test': 'admin',
  'get /workspaces/{ws}/git/plan': 'viewer',
  'post /workspaces/{ws}/git/sync': 'editor',
  'get /workspaces/{ws}/git/runs': 'viewer',
  'get /workspaces/{ws}/git/runs/{id}': 'viewer',
  'get /workspaces/{ws}/git/runs/{id}/events': 'viewer',
  'get /workspaces/{ws}/git/conflicts': 'viewer',
  'get /workspaces/{ws}/git/conflicts/{id}': 'viewer',
  'post /workspaces/{ws}/git/conflicts/{id}/resolve': 'editor',
  'get /workspaces/{ws}/git/reviews': 'viewer',
  'post /workspaces/{ws}/git/reviews/{id}/close': 'editor',
  'get /workspaces/{ws}/git/aliases': 'viewer',
  'put /workspaces/{ws}/git/aliases': 'editor',
  'get /workspaces/{ws}/git/aliases/table': 'viewer',
  'post /workspaces/{ws}/git/aliases/rename': 'editor',
  'get /workspaces/{ws}/git/doctor': 'viewer',
  'get /workspaces/{ws}/git/webhook': 'viewer',
  'post /workspaces/{ws}/git/webhook': 'admin',
  'post /webhooks/{connectionId}': 'nothing',
  'get /workspaces/{ws}/git/history': 'viewer',
  'get /workspaces/{ws}/git/history/{commit}': 'viewer',
  'get /workspaces/{ws}/git/compare': 'viewer',
  'post /workspaces/{ws}/git/rollback': 'editor',
  'post /workspaces/{ws}/git/runs/{id}/approve': 'admin',
  'post /workspaces/{ws}/git/put-back': 'editor',
  'post /workspaces/{ws}/git/mend-references': 'editor',
  'post /workspaces/{ws}/git/set-aside': 'admin',
  'post /workspaces/{ws}/git/allow-secret': 'admin',
  'post /workspaces/{ws}/measure-relationship': 'viewer',
  'post /workspaces/{ws}/sources/test': 'admin',
  'post /workspaces/{ws}/sources/{slug}/test': 'editor',
  'get /workspaces/{ws}/sources/{slug}/tables': 'viewer',
  'post /workspaces/{ws}/sources/{slug}/columns': 'viewer',
  'post /workspaces/{ws}/sources/{slug}/preview': 'viewer',
  'post /workspaces/{ws}/sources/{slug}/clone': 'viewer',
  'get /workspaces/{ws}/{kind}': 'viewer',
  'post /workspaces/{ws}/{kind}': 'editor',
  'get /workspaces/{ws}/{kind}/{slug}': 'viewer',
  'put /workspaces/{ws}/{kind}/{slug}': 'editor',
  'delete /workspaces/{ws}/{kind}/{slug}': 'editor',
  'get /workspaces/{ws}/{kind}/{slug}/used-by': 'viewer',
  'get /workspaces/{ws}/{kind}/{slug}/file': 'viewer',
  'post /workspaces/{ws}/{kind}/{slug}/file': 'viewer',
}

const RANK: Readonly<Record<Needs, number>> = {
  nothing: 0,
  'sign-in': 1,
  viewer: 2,
  editor: 3,
  admin: 4,
  'admin everywhere': 5,
}
/** By key, but for the person: a member of another workspace who is signed in. */
const WHO = {
  nobody: 0,
  'expired key': 0,
  'revoked key': 0,
  'wrong key': 0,
  stranger: 1,
  'stranger who is signed in': 1,
  viewer: 2,
  editor: 3,
  admin: 4,
  'admin everywhere': 5,
} as const
type Who = keyof typeof WHO

let server: TestServer
let cookie: string
const keys = new Map<Who, string | null>([
  ['nobody', null],
  ['admin everywhere', ADMIN_TOKEN],
])

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['here', 'elsewhere']) await server.ask('POST', '/workspaces', { body: { slug } })
  const key = async (who: Who, workspace: string, role: string) => {
    const { body } = await server.ask('POST', `/workspaces/${workspace}/api-keys`, {
      body: { name: who, role },
    })
    keys.set(who, (body as { key: string }).key) // the answer that the contract names
  }
  for (const role of ['viewer', 'editor', 'admin'] as const) await key(role, 'here', role)
  await key('stranger', 'elsewhere', 'admin')
  keys.set('wrong key', 'tdm_wrong')
  for (const who of ['expired key', 'revoked key'] as const) await key(who, 'here', 'admin')
  await sql`update api_key set expires_at = now() - interval '1 second' where name = 'expired key'`.execute(
    server.db,
  )
  await sql`update api_key set revoked_at = now() where name = 'revoked key'`.execute(server.db)
  const person = { email: 'eli@example.com', password: 'eli is elsewhere', role: 'admin' }
  await server.ask('POST', '/workspaces/elsewhere/members', { body: person })
  cookie = await cookieOf(person)
})
afterAll(() => server.stop())

it('[Z8] every route stands in the table, and nothing else', () => {
  const routes = ENDPOINTS.map(({ method, path }) => `${method} ${path}`)
  expect(routes.toSorted()).toEqual(Object.keys(ROUTES).toSorted())
})

async function cookieOf({ email, password }: { email: string; password: string }): Promise<string> {
  const { headers } = await server.ask('POST', '/auth/sign-in/email', {
    body: { email, password },
    token: null,
  })
  const set = headers.getSetCookie()
  return set.map((one) => one.split(';')[0]).join('; ')
}

function filledIn(path: string): string {
  return path
    .replace('{ws}', 'here')
    .replace('{kind}', 'models')
    .replaceAll(/\{\w+\}/g, 'none')
}

/** Bodies and queries are empty: whoever may come in learns what is wrong with them, whoever may not learns nothing. */
async function knock(method: string, path: string, who: Who): Promise<'in' | 'refused'> {
  const stop = new AbortController()
  const token = keys.get(who)
  const response = await fetch(`${server.url}/api/v1${filledIn(path)}`, {
    method: method.toUpperCase(),
    signal: stop.signal,
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(who === 'stranger who is signed in' ? { cookie } : {}),
    },
    ...(method === 'get' ? {} : { body: '{}' }),
  })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  const text = isStream ? '' : await response.text()
  stop.abort()
  const hidden = response.status === 404 && text.includes('There is no such workspace')
  const refused = [401, 403].includes(response.status) || hidden
  return refused && !/An API key has no (?:password|sessions|name)|The signature does not match/.test(text)
    ? 'refused'
    : 'in'
}

for (const who of Object.keys(WHO) as Who[]) {
  // Object.keys forgets the literal keys
  it(`[Z8] ${who}: every route lets in whom it should`, async () => {
    const expected: Record<string, string> = {}
    const found: Record<string, string> = {}
    const destructive = (route: string) =>
      route === 'post /auth/sign-out' ? 2 : route.startsWith('delete') ? 1 : 0
    const routes = Object.keys(ROUTES).toSorted((a, b) => destructive(a) - destructive(b))
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ')
      expected[route] = WHO[who] >= RANK[ROUTES[route] ?? 'nothing'] ? 'in' : 'refused'
      found[route] = await knock(method, path, who)
    }
    expect(found).toEqual(expected)
  })
}

it('[Z8] no route that changes something takes a request of another site, whatever cookie it brings', async () => {
  const admin = await cookieOf(ADMIN)
  const found: Record<string, unknown> = {}
  const changing = Object.keys(ROUTES).filter((route) => !route.startsWith('get'))
  for (const route of changing) {
    const [method = '', path = ''] = route.split(' ')
    const headers = { cookie: admin, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const { body } = await server.ask(method.toUpperCase(), filledIn(path), {
      token: null,
      headers,
      body: {},
    })
    found[route] = (body as { code: string }).code // the answer that the contract names
  }
  expect(found).toEqual(Object.fromEntries(changing.map((route) => [route, 'cross-site'])))
})

it('[Z8] what has an id in one workspace is not there under the address of another', async () => {
  const made = await server.ask('POST', '/workspaces/elsewhere/api-keys', {
    body: { name: 'theirs', role: 'viewer' },
  })
  const theirs = made.body as { id: string; key: string } // the answer that the contract names
  await server.ask('PUT', '/workspaces/elsewhere/sources/gone', { body: { type: 'duckdb', config: {} } })
  await server.ask('DELETE', '/workspaces/elsewhere/sources/gone', { headers: { 'if-match': '*' } })
  const { body: deleted } = await server.ask('GET', '/workspaces/elsewhere/deleted')
  const { body: members } = await server.ask('GET', '/workspaces/elsewhere/members')
  const first = (list: unknown) => (list as { items: { id: string }[] }).items.at(-1)?.id // as above
  const admin = { token: keys.get('admin') ?? null }
  const answers = [
    await server.ask('DELETE', `/workspaces/here/api-keys/${theirs.id}`, admin),
    await server.ask('POST', `/workspaces/here/deleted/${first(deleted)}/restore`, { ...admin, body: {} }),
    await server.ask('PATCH', `/workspaces/here/members/${first(members)}`, {
      ...admin,
      body: { role: 'viewer' },
    }),
    await server.ask('DELETE', `/workspaces/here/members/${first(members)}`, admin),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  expect((await server.ask('GET', '/workspaces/elsewhere', { token: theirs.key })).status).toBe(200)
})

it('[Z8] a key that is wrong, expired or revoked opens nothing', async () => {
  const make = async (body: object) => {
    const made = await server.ask('POST', '/workspaces/here/api-keys', { body: { role: 'viewer', ...body } })
    return made.body as { id: string; key: string } // the answer that the contract names
  }
  const soon = new Date(Date.now() + 300).toISOString()
  const expiring = await make({ name: 'expiring', expiresAt: soon })
  const revoked = await make({ name: 'revoked' })
  const status = async (token: string) => (await server.ask('GET', '/me', { token })).status
  expect([await status(expiring.key), await status(revoked.key)]).toEqual([200, 200])
  await server.ask('DELETE', `/workspaces/here/api-keys/${revoked.id}`)
  await new Promise((resolve) => setTimeout(resolve, 350))
  expect([await status(expiring.key), await status(revoked.key), await status('tdm_wrong')]).toEqual([
    401, 401, 401,
  ])
  const past = { name: 'past', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' }
  expect((await server.ask('POST', '/workspaces/here/api-keys', { body: past })).status).toBe(422)
})

it('[Z8] every change of state is in the audit log with its actor', async () => {
  await server.ask('PATCH', '/workspaces/here', { body: { name: 'Here' }, token: keys.get('admin') ?? null })
  const { body } = await server.ask('GET', '/workspaces/here/audit?limit=1')
  expect(body).toMatchObject({
    items: [
      {
        actor: { name: 'admin' },
        action: 'workspace.change',
        subject: 'here',
        changes: [{ resource: null, fields: [{ path: '/name', before: 'here', after: 'Here' }] }],
      },
    ],
    nextCursor: expect.any(String),
  })
})
