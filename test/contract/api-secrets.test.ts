import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { fillWorkspace } from '../support/api-samples.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const PASSWORD = 'wh-password-7f3a'
const NESTED = 'nested-secret-91bc'
const IN_URL = 'url-secret-55de'
const TOKEN = 'git-token-c0ffee'

let server: TestServer
let editor: string
beforeAll(async () => {
  server = await startTestServer()
  await fillWorkspace(server, 'w')
  const made = await server.ask('POST', '/workspaces/w/api-keys', { body: { name: 'ed', role: 'editor' } })
  editor = (made.body as { key: string }).key // the answer that the contract names
})
afterAll(() => server.stop())

const config = {
  host: 'db.example.com',
  user: 'reader',
  password: PASSWORD,
  ssh: { privateKey: NESTED, port: 22 },
  proxy: `http://user:${IN_URL}@proxy:3128`,
}
const shown = { host: 'db.example.com', user: 'reader', ssh: { port: 22 } }
const put = (body: object, token?: string) =>
  server.ask('PUT', '/workspaces/w/sources/pg', {
    body: { name: 'Pg', type: 'postgres', config: body },
    headers: { 'if-match': '*' },
    ...(token === undefined ? {} : { token }),
  })

it('[Z4] secrets go in and never come out: not in an answer, the database or the log', async () => {
  const answers = [
    await put(config),
    await server.ask('GET', '/workspaces/w/sources/pg'),
    await server.ask('GET', '/workspaces/w/sources'),
    await server.ask('GET', '/workspaces/w/audit'),
    await server.ask('POST', '/workspaces/w/sources/pg/test', { body: {} }),
    await server.ask('PUT', '/workspaces/w/git', {
      body: {
        url: 'https://127.0.0.1:1/x.git',
        credentials: { type: 'token', username: 'bot', token: TOKEN },
      },
    }),
    await server.ask('GET', '/workspaces/w/git'),
    await server.ask('PUT', '/workspaces/w/git', { body: { url: `https://x:${TOKEN}@host/x.git` } }),
    await server.ask('PUT', '/workspaces/w/sources/bad', {
      body: { type: 'postgres', password: PASSWORD, config },
    }),
  ]
  expect(answers[1]?.body).toMatchObject({
    config: shown,
    secrets: ['/password', '/proxy', '/ssh/privateKey'],
  })
  expect(answers[6]?.body).toMatchObject({ credentials: { type: 'token', username: 'bot' } })
  const { rows } = await dump()
  const everything = JSON.stringify(answers) + JSON.stringify(rows) + server.output()
  for (const secret of [PASSWORD, NESTED, IN_URL, TOKEN]) expect(everything).not.toContain(secret)
})

async function dump() {
  return sql`
    select table_name, query_to_xml(format('select * from %I', table_name), true, false, '')::text as content
    from information_schema.tables where table_schema = 'public'`.execute(server.db)
}

it('[Z4, Z10] a host that says the credentials back, with escape codes, gets them into no answer, run, page or log', async () => {
  const echo = createServer((request, answer) => {
    const sent = request.headers.authorization ?? ''
    const plain = Buffer.from(sent.replace(/^Basic /, ''), 'base64').toString()
    answer.writeHead(sent === '' ? 401 : 403, {
      'content-type': 'text/plain',
      'www-authenticate': `Basic realm="${sent.replaceAll('"', '')}"`,
    })
    answer.end(`\u001b]0;owned\u0007\u001b[31mNo entry for ${plain}, that is ${sent}\nremote: ${plain}\n`)
  })
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void echo.close())
  // A server that listens on a port has an address with one.
  const { port } = echo.address() as AddressInfo
  await fillWorkspace(server, 'echo')
  const url = `http://127.0.0.1:${port}/x.git`
  const credentials = { type: 'token', username: 'bot', token: TOKEN }
  const answers = [
    await server.ask('PUT', '/workspaces/echo/git', { body: { url, credentials, pollSeconds: 0 } }),
    await server.ask('POST', '/workspaces/echo/git/test', { body: { url, credentials } }),
    await server.ask('POST', '/workspaces/echo/git/sync', { body: { waitSeconds: 30 } }),
    await server.ask('GET', '/workspaces/echo/git/runs'),
    await server.ask('GET', '/workspaces/echo/git'),
    await server.ask('GET', '/workspaces/echo/git/doctor'),
    await server.ask('GET', '/workspaces/echo/audit'),
    await server.ask('GET', '/workspaces/echo/audit/export?format=csv'),
  ]
  expect(answers[2]?.body).toMatchObject({ state: 'failed' })
  const { rows } = await dump()
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  const everything = JSON.stringify(answers) + JSON.stringify(rows) + server.output() + metrics
  const encoded = Buffer.from(`bot:${TOKEN}`).toString('base64')
  for (const secret of [TOKEN, encoded, encoded.replace(/=+$/, '')]) expect(everything).not.toContain(secret)
  for (const code of ['\u001b', '\\u001b', '\\u0007']) expect(everything).not.toContain(code)
})

it('[S15, Z4] the secrets of a deleted source come back with it, and go with its tombstone', async () => {
  await put(config)
  const before = await readStored('pg')
  await server.ask('DELETE', '/workspaces/w/sources/pg', { headers: { 'if-match': '*' } })
  const { body } = await server.ask('GET', '/workspaces/w/deleted')
  const [deleted] = (body as { items: { id: string }[] }).items // the answer that the contract names
  const restored = await server.ask('POST', `/workspaces/w/deleted/${deleted?.id}/restore`, {
    body: { slug: 'pg-again' },
  })
  expect(restored).toMatchObject({
    status: 201,
    body: { slug: 'pg-again', config: shown, secrets: ['/password', '/proxy', '/ssh/privateKey'] },
  })
  expect(await readStored('pg-again')).toEqual(before)
  const { rows } = await sql`select * from deleted_secret`.execute(server.db)
  expect(rows).toEqual([])
})

async function readStored(slug: string) {
  const { rows } = await sql`
    select s.name, s.ciphertext from resource_secret s join resource r on r.id = s.resource_id
    where r.slug = ${slug} order by s.name`.execute(server.db)
  return rows
}

it('[Z4] a secret that is not sent again is kept, null takes it out, another type forgets all', async () => {
  await put(config)
  const secrets = async () =>
    ((await server.ask('GET', '/workspaces/w/sources/pg')).body as { secrets: string[] }).secrets
  await put({ ...shown, user: 'other' })
  expect(await secrets()).toEqual(['/password', '/proxy', '/ssh/privateKey'])
  await put({ ...shown, password: null })
  expect(await secrets()).toEqual(['/proxy', '/ssh/privateKey'])
  await server.ask('PUT', '/workspaces/w/sources/pg', {
    body: { type: 'mysql', config: shown },
    headers: { 'if-match': '*' },
  })
  expect(await secrets()).toEqual([])
})

it('[Z8] an editor changes a source without secrets, but neither sets one nor points one at another server', async () => {
  await server.ask('PUT', '/workspaces/w/sources/plain', {
    body: { type: 'duckdb', config: {} },
    token: editor,
  })
  expect((await server.ask('GET', '/workspaces/w/sources/plain')).status).toBe(200)
  await put(config)
  expect(await put({ ...shown, host: 'evil.example.com' }, editor)).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  })
  expect((await put({ ...shown, password: 'mine' }, editor)).status).toBe(403)
  expect((await put(shown, editor)).status).toBe(200)
  const batch = {
    writes: [{ kind: 'sources', slug: 'pg', value: { type: 'postgres', config: { host: 'evil' } } }],
  }
  expect((await server.ask('POST', '/workspaces/w/changes', { body: batch, token: editor })).status).toBe(403)
})
