import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fillWorkspace, USERS } from '../support/api-samples.ts'
import { createBare, plainGit } from '../support/git-bare.ts'
import { ADMIN_TOKEN, type Answer, startTestServer, type TestServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

let count = 0
async function workspace(): Promise<string> {
  count += 1
  await fillWorkspace(server, `w${count}`)
  return `/workspaces/w${count}`
}

async function bare(): Promise<string> {
  const dir = join(temporaryFolder(), 'r.git')
  await createBare(dir)
  return dir
}

const put = (ws: string, body: object) => server.ask('PUT', `${ws}/git`, { body })
const sync = async (ws: string, body: object = {}): Promise<Answer> =>
  server.ask('POST', `${ws}/git/sync`, { body: { waitSeconds: 30, ...body } })

async function pushFile(repository: string, path: string, text: string): Promise<void> {
  const clone = join(temporaryFolder(), 'clone')
  await plainGit('/', ['clone', '--quiet', repository, clone])
  mkdirSync(join(clone, path, '..'), { recursive: true })
  writeFileSync(join(clone, path), text)
  const me = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com']
  await plainGit(clone, ['add', '--all'])
  await plainGit(clone, [...me, 'commit', '--quiet', '--message', 'By hand'])
  await plainGit(clone, ['push', '--quiet', 'origin', 'HEAD:main'])
}

it('[A4] connecting stores and tests, and syncs nothing before it is asked for', async () => {
  const ws = await workspace()
  const repository = await bare()
  expect(await server.ask('GET', `${ws}/git`)).toMatchObject({ status: 404 })
  expect(await sync(ws)).toMatchObject({ status: 409, body: { code: 'not-connected' } })
  const { status, body } = await put(ws, { url: `file://${repository}`, pollSeconds: 0 })
  expect([status, body]).toEqual([
    201,
    {
      id: expect.any(String),
      url: `file://${repository}`,
      branch: 'main',
      path: '',
      mode: 'direct',
      pollSeconds: 0,
      credentials: { type: 'none' },
      host: { type: 'none' },
      approval: false,
      batchSeconds: 0,
      shared: false,
      adopt: null,
      startFrom: null,
      firstSync: 'ask',
      author: null,
      status: expect.objectContaining({ state: 'never-synced', syncedCommit: null, waiting: 0 }),
      test: {
        state: 'ok',
        head: null,
        branches: [],
        defaultBranch: null,
        canWrite: true,
        host: null,
        message: expect.any(String),
      },
    },
  ])
  expect(await plainGit(repository, ['for-each-ref'])).toBe('')
  expect((await server.ask('DELETE', `${ws}/git`)).status).toBe(204)
  expect((await server.ask('DELETE', `${ws}/git`)).status).toBe(404)
})

it('[A4] a test stores nothing and says what failed', async () => {
  const ws = await workspace()
  const test = (body: object) => server.ask('POST', `${ws}/git/test`, { body })
  expect(await test({ url: `file://${temporaryFolder()}/none.git` })).toMatchObject({
    status: 200,
    body: { state: 'failed', code: 'not-found', message: expect.any(String) },
  })
  expect((await server.ask('GET', `${ws}/git`)).status).toBe(404)
})

it('[A4, S11] a test says that the branch to start from is not there', async () => {
  const ws = await workspace()
  const repository = await bare()
  const url = `file://${repository}`
  const failed = {
    state: 'failed',
    code: 'no-start',
    message: expect.stringContaining('There is no branch develop to start from.'),
  }
  const body = { url, branch: 'studio', startFrom: 'develop', pollSeconds: 0 }
  expect((await server.ask('POST', `${ws}/git/test`, { body })).body).toEqual(failed)
  expect((await put(ws, body)).body).toMatchObject({ startFrom: 'develop', test: failed })
  await pushFile(repository, 'README.md', 'Hello')
  expect((await put(ws, { ...body, startFrom: 'main' })).body).toMatchObject({
    test: { state: 'ok', head: null },
  })
  // A branch that is there already starts from nothing.
  expect((await put(ws, { ...body, branch: 'main' })).body).toMatchObject({ test: { state: 'ok' } })
})

it('[A3, A4, S21] in mode review a save is pending in a review, which is listed and can be closed', async () => {
  const ws = await workspace()
  const repository = await bare()
  const url = `file://${repository}`
  await put(ws, { url, pollSeconds: 0 })
  await sync(ws)
  expect((await put(ws, { url, mode: 'review' })).body).toMatchObject({ mode: 'review' })
  const description = 'To be looked at'
  const headers = { 'if-match': '*' }
  await server.ask('PUT', `${ws}/parent-models/users`, { headers, body: { ...USERS, description } })
  await sync(ws)
  const { body } = await server.ask('GET', `${ws}/git/reviews`)
  const { items } = body as { items: { id: string; head: string }[] } // the answer that the contract names
  const [{ id, head } = { id: '', head: '' }] = items
  expect(items).toEqual([
    {
      id,
      state: 'open',
      person: expect.any(String),
      branch: expect.stringMatching(`^tandem/w${count}/`),
      number: null,
      url: null,
      onHost: false,
      head: await plainGit(repository, ['for-each-ref', '--format=%(objectname)', 'refs/heads/tandem']),
      title: 'Update parent model Users: description',
      changes: [
        {
          kind: 'parent-models',
          slug: 'users',
          path: 'schema/parent-models/users.yaml',
          change: 'changed',
          fields: [{ path: '/description', after: description }],
          impact: { word: 'safe', reasons: [] },
        },
      ],
      isChangedThere: false,
      isClosing: false,
      createdAt: expect.any(String),
      endedAt: null,
    },
  ])
  expect(head).toMatch(/^[0-9a-f]{40}$/)
  expect((await server.ask('GET', `${ws}/parent-models/users`)).body).toMatchObject({
    git: { state: 'pending', review: { id, number: null } },
  })
  expect((await server.ask('GET', `${ws}/git`)).body).toMatchObject({
    status: { state: 'ahead', waiting: 0, reviews: 1 },
  })
  const close = () => server.ask('POST', `${ws}/git/reviews/${id}/close`, { body: { waitSeconds: 30 } })
  expect(await close()).toMatchObject({ status: 200, body: { state: 'succeeded', counts: { conflicts: 1 } } })
  expect(await close()).toMatchObject({ status: 409, body: { code: 'review-ended' } })
  expect((await server.ask('GET', `${ws}/git`)).body).toMatchObject({
    status: { state: 'conflicts', conflicts: 1, reviews: 0 },
  })
})

it('[Z2] what cannot be an address, a branch or a path is refused in words', async () => {
  const ws = await workspace()
  const url = `file://${await bare()}`
  const wrong = [
    { url: 'ext::sh -c id' },
    { url: '--upload-pack=id' },
    { url: 'git://host/x' },
    { url, branch: '-x' },
    { url, branch: 'a..b' },
    { url, path: '../x' },
    { url, startFrom: '@{1}' },
    { url, adopt: '../x' },
  ]
  for (const body of wrong) {
    expect([body, await put(ws, body)]).toMatchObject([
      body,
      { status: 422, body: { code: 'invalid-setting' } },
    ])
  }
  expect(await put(ws, { url, mode: 'sideways' })).toMatchObject({
    status: 422,
    body: { code: 'invalid-body' },
  })
  expect((await put(ws, { url, pollSeconds: 3601 })).status).toBe(422)
})

it('[Z4] a secret that is absent is kept while the address stays; another address needs it anew', async () => {
  const ws = await workspace()
  const url = 'https://127.0.0.1:1/x.git'
  const credentials = { type: 'token', username: 'bot', token: 'ghp_hush' }
  expect((await put(ws, { url, credentials })).status).toBe(201)
  const changed = await put(ws, { url, pollSeconds: 30, credentials: { type: 'token', username: 'bot' } })
  expect(changed).toMatchObject({
    status: 200,
    body: { pollSeconds: 30, credentials: { type: 'token', username: 'bot' } },
  })
  expect((await put(ws, { url, pollSeconds: 40 })).body).toMatchObject({ credentials: { type: 'token' } })
  const elsewhere = 'https://127.0.0.1:2/x.git'
  expect((await put(ws, { url: elsewhere })).status).toBe(422)
  expect((await put(ws, { url: elsewhere, credentials: { type: 'token' } })).status).toBe(422)
  expect((await put(ws, { url: elsewhere, credentials: { type: 'none' } })).status).toBe(200)
})

it('[E5] another workspace on the same branch and path is refused by its name, unless both share', async () => {
  const [a, b] = [await workspace(), await workspace()]
  const url = `file://${await bare()}`
  await put(a, { url })
  const refused = await put(b, { url })
  expect(refused).toMatchObject({
    status: 409,
    body: {
      code: 'branch-in-use',
      workspace: a.split('/').at(-1),
      detail: expect.stringContaining(`${a.split('/').at(-1)}`),
    },
  })
  expect((await put(b, { url, shared: true })).status).toBe(409)
  await put(a, { url, shared: true })
  expect((await put(b, { url, shared: true })).status).toBe(201)
  expect((await put(b, { url, path: 'models/sub' })).status).toBe(409)
  expect((await put(b, { url, path: 'other' })).status).toBe(200)
})

it('[A4, S24] a sync answers 202 with the run, or 200 when it ends in time; the run tells everything', async () => {
  const ws = await workspace()
  const repository = await bare()
  await put(ws, { url: `file://${repository}`, pollSeconds: 0 })
  const dry = await sync(ws, { dryRun: true })
  expect([dry.status, dry.body]).toMatchObject([200, { dryRun: true, plan: { version: 1 }, commits: [] }])
  expect(await plainGit(repository, ['for-each-ref'])).toBe('')
  const first = await sync(ws)
  expect([first.status, first.body]).toMatchObject([
    200,
    {
      trigger: 'first',
      state: 'succeeded',
      actor: 'Admin token',
      counts: { inbound: 0, outbound: 3, conflicts: 0 },
      commits: [{ author: 'Admin token' }, { author: 'Admin token' }],
      changes: { inbound: [], outbound: [{}, {}, {}] },
      error: null,
    },
  ])
  const started = await server.ask('POST', `${ws}/git/sync`, { body: { full: true } })
  expect([started.status, started.headers.get('location')]).toEqual([
    202,
    expect.stringContaining(`/api/v1${ws}/git/runs/`),
  ])
  const { id } = started.body as { id: string } // the answer that the contract names
  const states = await follow(`${ws}/git/runs/${id}/events`)
  expect(states.at(-1)).toBe('nothing-to-do')
  const list = await server.ask('GET', `${ws}/git/runs?limit=2`)
  expect(list.body).toMatchObject({
    items: [{ id, state: 'nothing-to-do' }, { state: 'succeeded' }],
    nextCursor: expect.any(String),
  })
  expect((await server.ask('GET', `${ws}/git/runs/none`)).status).toBe(404)
  const read = await server.ask('GET', `${ws}/parent-models/users`)
  expect(read.body).toMatchObject({
    git: { state: 'in-git', commit: expect.stringMatching(/^[0-9a-f]{40}$/) },
  })
})

async function follow(path: string): Promise<string[]> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  })
  const states: string[] = []
  const events = response.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
  for await (const { data } of events ?? []) states.push((JSON.parse(data) as { state: string }).state)
  return states
}

it('[A4, W5] a run that nobody asked for says whose saves it carries, also when it cannot reach the repository', async () => {
  const ws = await workspace()
  const repository = await bare()
  await put(ws, { url: `file://${repository}`, pollSeconds: 0 })
  await sync(ws)
  const made = await server.ask('POST', `${ws}/api-keys`, { body: { name: 'Nightly', role: 'editor' } })
  const { key } = made.body as { key: string } // the answer that the contract names
  const save = (description: string, token?: string) => {
    const asked = { body: { ...USERS, description }, headers: { 'if-match': '*' } }
    return server.ask('PUT', `${ws}/parent-models/users`, { ...asked, ...(token ? { token } : {}) })
  }
  const newest = async () => {
    const { body } = await server.ask('GET', `${ws}/git/runs?limit=1`)
    const [{ id, trigger, state, actor, savedBy }] = (body as { items: [Record<string, unknown>] }).items
    const one = (await server.ask('GET', `${ws}/git/runs/${id}`)).body as Record<string, unknown>
    return { trigger, state, actor, savedBy, alone: one.savedBy }
  }
  const byItself = { trigger: 'save', actor: null }
  await save('Who buys')
  await expect
    .poll(newest, { timeout: 20_000 })
    .toEqual({ ...byItself, state: 'succeeded', savedBy: ['Admin token'], alone: ['Admin token'] })
  renameSync(repository, `${repository}.away`)
  await save('Who buys plants', key)
  await expect
    .poll(newest, { timeout: 20_000 })
    .toEqual({ ...byItself, state: 'failed', savedBy: ['Nightly'], alone: ['Nightly'] })
  await save('Who buys plants here')
  renameSync(`${repository}.away`, repository)
  const both = ['Nightly', 'Admin token']
  await expect
    .poll(newest, { timeout: 20_000 })
    .toEqual({ ...byItself, state: 'succeeded', savedBy: both, alone: both })
})

it('[A4, W6] reading with `waitSeconds` answers when a save is in Git, and in time when it does not get there', async () => {
  const ws = await workspace()
  await put(ws, { url: `file://${await bare()}`, pollSeconds: 0 })
  await sync(ws)
  const save = (description: string) =>
    server.ask('PUT', `${ws}/parent-models/users`, {
      body: { ...USERS, description },
      headers: { 'if-match': '*' },
    })
  const read = (seconds: number) => server.ask('GET', `${ws}/parent-models/users?waitSeconds=${seconds}`)
  await save('Waited for')
  expect((await read(30)).body).toMatchObject({ description: 'Waited for', git: { state: 'in-git' } })
  await server.ask('PATCH', ws, { body: { gitSync: false } })
  await save('Going nowhere')
  expect((await read(0.2)).body).toMatchObject({ git: { state: 'pending' } })
  expect((await read(-1)).status).toBe(400)
})

it('[S7] what was saved while Git Sync was off goes out once it is on again', async () => {
  const ws = await workspace()
  await put(ws, { url: `file://${await bare()}`, pollSeconds: 0 })
  await sync(ws)
  await server.ask('PATCH', ws, { body: { gitSync: false } })
  const body = { ...USERS, description: 'Saved meanwhile' }
  await server.ask('PUT', `${ws}/parent-models/users`, { body, headers: { 'if-match': '*' } })
  await server.ask('PATCH', ws, { body: { gitSync: true } })
  await expect
    .poll(async () => (await server.ask('GET', `${ws}/parent-models/users`)).body, { timeout: 20_000 })
    .toMatchObject({ description: 'Saved meanwhile', git: { state: 'in-git' } })
})

it('[A3] [Z8] an archived workspace is out of sight, read-only and not synced, and restored as it was', async () => {
  const ws = await workspace()
  const slug = ws.replace('/workspaces/', '')
  const repository = await bare()
  await put(ws, { url: `file://${repository}`, pollSeconds: 0 })
  await sync(ws)
  await server.ask('PATCH', ws, { body: { gitSync: false } })
  const waiting = { ...USERS, description: 'Saved before' }
  await server.ask('PUT', `${ws}/parent-models/users`, { body: waiting, headers: { 'if-match': '*' } })
  await server.ask('PATCH', ws, { body: { gitSync: true } })
  expect(await server.ask('POST', `${ws}/archive`, { body: {} })).toMatchObject({
    status: 200,
    body: { slug, archivedAt: expect.any(String) },
  })
  const listed = async (path: string) =>
    JSON.stringify((await server.ask('GET', path)).body).includes(`"${slug}"`)
  expect([
    await listed('/workspaces'),
    await listed('/environments'),
    await listed('/workspaces?archived=true'),
  ]).toEqual([false, false, true])

  const refused = {
    status: 409,
    body: { code: 'workspace-archived', detail: expect.stringContaining('restore') },
  }
  const save = { body: { ...USERS, name: 'Late' }, headers: { 'if-match': '*' } }
  expect(await server.ask('PUT', `${ws}/parent-models/users`, save)).toMatchObject(refused)
  expect(await server.ask('PATCH', ws, { body: { gitSync: true } })).toMatchObject(refused)
  expect(await sync(ws)).toMatchObject(refused)
  expect((await server.ask('GET', `${ws}/parent-models/users`)).body).toMatchObject(waiting)
  expect(await server.ask('POST', `${ws}/restore`, { body: {} })).toMatchObject({
    status: 200,
    body: { slug, gitSync: true, archivedAt: null },
  })
  await expect
    .poll(async () => (await server.ask('GET', `${ws}/parent-models/users`)).body, { timeout: 20_000 })
    .toMatchObject({ description: 'Saved before', git: { state: 'in-git' } })
  const { body } = await server.ask('GET', `${ws}/audit`)
  const actions = (body as { items: { action: string }[] }).items.map(({ action }) => action)
  expect(actions.filter((action) => /archive|restore/.test(action))).toEqual([
    'workspace.restore',
    'workspace.archive',
  ])
})

it('[A4, S5] a conflict is settled by taking a side, for the two versions that were seen', async () => {
  const ws = await workspace()
  const repository = await bare()
  await put(ws, { url: `file://${repository}`, pollSeconds: 0 })
  await sync(ws)
  await server.ask('PATCH', ws, { body: { gitSync: false } })
  expect(await sync(ws)).toMatchObject({ status: 409, body: { code: 'git-sync-off' } })
  const file = await server.ask('GET', `${ws}/parent-models/users/file`)
  const { path, text } = file.body as { path: string; text: string } // the answer that the contract names
  await pushFile(repository, path, text.replace('name: Users', 'name: People'))
  const body = { ...USERS, name: 'Customers' }
  await server.ask('PUT', `${ws}/parent-models/users`, { body, headers: { 'if-match': '*' } })
  await server.ask('PATCH', ws, { body: { gitSync: true } })
  expect((await sync(ws)).body).toMatchObject({ counts: { conflicts: 1 } })
  const list = await server.ask('GET', `${ws}/git/conflicts`)
  const [conflict] = (list.body as { items: { id: string; ours: unknown; theirs: unknown }[] }).items
  expect(conflict).toMatchObject({
    kind: 'parent-models',
    slug: 'users',
    base: { name: 'Users' },
    ours: { name: 'Customers' },
    theirs: { name: 'People' },
    fields: ['/name'],
  })
  const resolve = (asked: object) =>
    server.ask('POST', `${ws}/git/conflicts/${conflict?.id}/resolve`, { body: asked })
  const { ours, theirs } = conflict ?? {}
  expect(await resolve({ take: 'git', ours, theirs: { ...USERS } })).toMatchObject({
    status: 412,
    body: { code: 'stale', conflict: { theirs: { name: 'People' } } },
  })
  expect((await resolve({ take: 'git', ours, theirs })).status).toBe(200)
  expect((await resolve({ take: 'git', ours, theirs })).status).toBe(404)
  expect((await server.ask('GET', `${ws}/parent-models/users`)).body).toMatchObject({ name: 'People' })
  await sync(ws)
  expect((await server.ask('GET', `${ws}/git`)).body).toMatchObject({
    status: { state: 'in-sync', conflicts: 0 },
  })
})

it('[A4, E6] aliases are read and changed; one in use stays', async () => {
  const ws = await workspace()
  const repository = await bare()
  const change = (sources: object) =>
    server.ask('PUT', `${ws}/git/aliases`, { body: { sources, destinations: {} } })
  await put(ws, { url: `file://${repository}`, pollSeconds: 0 })
  expect((await change({ main: 'wh' })).status).toBe(409)
  await sync(ws)
  expect((await change({ main: 'nowhere' })).status).toBe(422)
  expect(await change({ main: 'wh' })).toMatchObject({
    status: 200,
    body: { sources: { main: 'wh' }, destinations: {} },
  })
  await sync(ws)
  expect(await plainGit(repository, ['show', `main:aliases-${ws.split('/').at(-1)}.yaml`])).toContain(
    'main: wh',
  )
  await pushFile(
    repository,
    'models/by-alias.yaml',
    'name: A\nsource: main\ntype: table\ntableName: a\nprimaryKey: id\n',
  )
  await sync(ws)
  expect((await server.ask('GET', `${ws}/models/by-alias`)).body).toMatchObject({ source: 'wh' })
  expect(await change({})).toMatchObject({ status: 409, body: { code: 'still-referenced' } })
})

it('[A4, E6] an alias is renamed in every file; who reads them from another branch is told the line to add', async () => {
  const ws = await workspace()
  const production = await workspace()
  const url = `file://${await bare()}`
  const rename = (to: string) =>
    server.ask('POST', `${ws}/git/aliases/rename`, {
      body: { section: 'sources', from: 'main', to, waitSeconds: 60 },
    })
  await put(ws, { url, pollSeconds: 0 })
  expect(await rename('db')).toMatchObject({ status: 409, body: { code: 'alias-waits' } })
  await sync(ws)
  await put(production, { url, branch: 'production', pollSeconds: 0 })
  await sync(production)
  for (const one of [ws, production]) {
    const body = { sources: { main: 'wh' }, destinations: {} }
    await server.ask('PUT', `${one}/git/aliases`, { body })
    await sync(one)
  }
  expect(await rename('wh ')).toMatchObject({ status: 422, body: { code: 'invalid-body' } })
  const slug = production.split('/').at(-1)
  expect(await rename('db')).toMatchObject({
    status: 200,
    body: {
      run: { state: 'succeeded', commits: [{ subject: 'Rename alias main to db' }] },
      addIn: [
        {
          workspace: slug,
          branch: 'production',
          file: `aliases-${slug}.yaml`,
          section: 'sources',
          name: 'db',
          slug: 'wh',
        },
      ],
    },
  })
  expect((await server.ask('GET', `${ws}/git/aliases`)).body).toEqual({
    sources: { db: 'wh' },
    destinations: {},
  })
  expect(await rename('x')).toMatchObject({ status: 404 })
})

it('[W2] the file of a resource is shown as Git has it, and as it would be', async () => {
  const ws = await workspace()
  const repository = await bare()
  await put(ws, { url: `file://${repository}`, pollSeconds: 0 })
  await sync(ws)
  const styled = "# Ours\nname: 'Styled'\nsource: wh\ntype: table\ntableName: a\nprimaryKey: id\n"
  await pushFile(repository, 'models/sub/styled.yaml', styled)
  await sync(ws)
  const path = `${ws}/models/styled/file`
  expect((await server.ask('GET', path)).body).toEqual({ path: 'models/sub/styled.yaml', text: styled })
  const value = { name: 'Styled', source: 'wh', type: 'table', tableName: 'b', primaryKey: 'id' }
  expect((await server.ask('POST', path, { body: value })).body).toEqual({
    path: 'models/sub/styled.yaml',
    text: styled.replace('tableName: a', 'tableName: b'),
  })
})
