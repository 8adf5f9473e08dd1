import { execFile } from 'node:child_process'
import { renameSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Doctor, type DoctorItem, type DoctorMend } from '../../src/core/wire/doctor.ts'
import { type ConnectedWorkspace, connectedWorkspace, USERS } from '../support/connected-workspace.ts'
import { programEnvironment } from '../support/program-environment.ts'
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.ts'

const FILE = 'schema/parent-models/users.yaml'
const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

async function doctor(slug: string, token?: string): Promise<readonly DoctorItem[]> {
  const { status, body } = await server.ask('GET', `/workspaces/${slug}/git/doctor`, token ? { token } : {})
  expect(status).toBe(200)
  expect(JSON.stringify(body).toLowerCase()).not.toContain('serializing')
  return Doctor.parse(body).items
}

/** What is wrong, by id and state. */
async function troubles(slug: string): Promise<string[]> {
  return (await doctor(slug)).flatMap(({ id, state }) => (state === 'pass' ? [] : [`${state} ${id}`]))
}

async function item(slug: string, id: string): Promise<DoctorItem> {
  const items = await doctor(slug)
  const found = items.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no ${id} in ${items.map((one) => one.id).join(', ')}`)
  return found
}

async function done(method: string, path: string, body: object): Promise<void> {
  const answer = await server.ask(method, `/workspaces/${path}`, { body, headers: { 'if-match': '*' } })
  expect([path, answer.status < 300 ? 'done' : answer.body]).toEqual([path, 'done'])
}

/** Does what an item offers. */
async function mend(slug: string, { mend: offered }: { readonly mend: DoctorMend | null }): Promise<void> {
  switch (offered?.kind) {
    case 'switch-on':
      return done('PATCH', slug, { gitSync: true })
    case 'sync':
      return done('POST', `${slug}/git/sync`, { waitSeconds: 30 })
    case 'save-aliases': {
      const { body } = await server.ask('GET', `/workspaces/${slug}/git/aliases`)
      return done('PUT', `${slug}/git/aliases`, body as object) // A4
    }
    case 'rename': {
      const { resource, slug: from, to } = offered
      return done('POST', `${slug}/changes`, { renames: [{ kind: resource, from, to }] })
    }
    case 'share':
    case 'switch-branch': {
      const at = offered.kind === 'share' ? offered.workspace : slug
      const change = offered.kind === 'share' ? { shared: true } : { branch: offered.branch }
      const { body } = await server.ask('GET', `/workspaces/${at}/git`)
      return done('PUT', `${at}/git`, { url: (body as { url: string }).url, ...change }) // A4
    }
    case 'copy-source':
      return done('POST', `${offered.from}/sources/${offered.slug}/clone`, { workspace: offered.to })
    case 'add-alias': {
      const { body } = await server.ask('GET', `/workspaces/${slug}/git/aliases`)
      const aliases = body as { sources: object; destinations: object } // A4
      const section = { ...aliases[offered.section], [offered.name]: offered.proposed }
      return done('PUT', `${slug}/git/aliases`, { ...aliases, [offered.section]: section })
    }
    default:
      throw new Error(`${offered?.kind} is a page`)
  }
}

async function push(
  { person }: ConnectedWorkspace,
  change: () => Promise<void>,
  message = 'By hand',
): Promise<void> {
  await person.pull()
  await change()
  await person.commit(message)
  await person.push()
}

const replaced = (workspace: ConnectedWorkspace, path: string, from: RegExp | string, to: string) =>
  push(workspace, async () => {
    await workspace.person.write(path, (await workspace.person.read(path)).replace(from, to))
  })

/** Another workspace on the same repository. */
async function second({ remote }: ConnectedWorkspace, slug: string, connection: object): Promise<void> {
  const created = await server.ask('POST', '/workspaces', { body: { slug } })
  expect(created.status).toBe(201)
  await done('PUT', `${slug}/git`, {
    url: `file://${remote}`,
    pollSeconds: 0,
    credentials: { type: 'none' },
    ...connection,
  })
}

it('[S27] all is well in a synced workspace; nothing is changed by looking', async () => {
  const { slug, person } = await connectedWorkspace(server, 'well')
  const before = await person.git('ls-remote', 'origin')
  expect((await doctor(slug)).map(({ id, state }) => `${state} ${id}`)).toEqual([
    'pass git-sync',
    'pass connection',
    'pass credentials',
    'pass place',
    'pass slugs',
    'pass aliases',
    'pass names',
    'pass environments',
    'pass open',
    'pass sources',
  ])
  expect(await person.git('ls-remote', 'origin')).toBe(before)
  const runs = await server.ask('GET', `/workspaces/${slug}/git/runs`)
  expect(runs.body).toMatchObject({ items: [{ trigger: 'first' }] })
})

it('[S27] Git Sync that is off, with the switch', async () => {
  const { slug } = await connectedWorkspace(server, 'off')
  await done('PATCH', slug, { gitSync: false })
  expect(await troubles(slug)).toEqual(['fail git-sync'])
  await mend(slug, await item(slug, 'git-sync'))
  expect(await troubles(slug)).toEqual([])
})

it('[S27] [S29] no repository, and one that was never synced', async () => {
  expect((await server.ask('POST', '/workspaces', { body: { slug: 'lone' } })).status).toBe(201)
  expect(await troubles('lone')).toEqual(['fail connection'])
  const { remote } = await connectedWorkspace(server, 'lender')
  await done('PUT', 'lone/git', { url: `file://${remote}`, branch: 'lone', pollSeconds: 0 })
  // The first sync has not read the manifest yet, so the source of the files is unknown.
  expect(await troubles('lone')).toEqual([
    'warn connection',
    'fail names:sources:warehouse',
    'warn environments:lone:warehouse',
    'fail pending:schema/model-relationships/users-purchases.yaml',
  ])
})

it('[S27] a repository that is gone leaves the rest checked', async () => {
  const { slug, remote } = await connectedWorkspace(server, 'gone')
  renameSync(remote, `${remote}.away`)
  expect(await troubles(slug)).toEqual(['fail credentials', 'warn aliases', 'warn names'])
  const { fix, message } = await item(slug, 'credentials')
  expect([message, fix]).toEqual([
    expect.stringContaining('gone cannot read and write the repository: '),
    expect.stringContaining('Check the address for a typing mistake'),
  ])
  renameSync(`${remote}.away`, remote)
  expect(await troubles(slug)).toEqual([])
})

it('[S27] [E5] a shared branch and path, on purpose and not', async () => {
  const first = await connectedWorkspace(server, 'sharing')
  await done('PUT', 'sharing/git', { url: `file://${first.remote}`, shared: true })
  await second(first, 'sharer', { shared: true })
  expect((await item('sharing', 'place')).message).toBe(
    'sharing shares the branch main on purpose with sharer.',
  )
  // Nothing in the app can bring this about; an old database or a restored one can.
  await server.db
    .updateTable('connection')
    .set({ shared: false })
    .where('url', '=', `file://${first.remote}`)
    .execute()
  const { message, state } = await item('sharing', 'place:sharer')
  expect([state, message]).toEqual([
    'fail',
    'sharing and sharer both use the branch main, but sharing does not say that it shares them.',
  ])
  await server.db
    .updateTable('connection')
    .set({ shared: true })
    .where('url', '=', `file://${first.remote}`)
    .where('workspace_id', 'in', (eb) => eb.selectFrom('workspace').select('id').where('slug', '=', 'sharer'))
    .execute()
  await mend('sharing', await item('sharing', 'place:sharer'))
  expect((await item('sharing', 'place')).state).toBe('pass')
  await done('PUT', 'sharer/git', { url: `file://${first.remote}`, adopt: 'sharing' })
  expect((await item('sharing', 'place:sharer')).message).toContain('both write manifest-sharing.yaml')
})

it('[S27] a branch that is a slip of the pen, with the one that was meant', async () => {
  const { person } = await connectedWorkspace(server, 'live')
  await person.git('push', '--quiet', 'origin', 'HEAD:live', 'HEAD:lvie')
  const { body } = await server.ask('GET', '/workspaces/live/git')
  await done('PUT', 'live/git', { url: (body as { url: string }).url, branch: 'lvie' }) // A4
  await done('POST', 'live/git/sync', { waitSeconds: 30 })
  await mend('live', await item('live', 'place:branch'))
  await done('POST', 'live/git/sync', { waitSeconds: 30 })
  expect(await troubles('live')).toEqual([])
})

it('[S27] slugs and sources that differ between environments, each mended', async () => {
  const first = await connectedWorkspace(server, 'dev')
  await second(first, 'prod', { branch: 'live' })
  await done('PUT', 'prod/sources/lake', { name: 'Lake', type: 'duckdb', config: {} })
  await done('PUT', 'prod/parent-models/people', { ...USERS, source: 'lake' })
  const found = (await doctor('dev')).filter(({ state }) => state !== 'pass')
  expect(found.map(({ id, message }) => [id, message])).toEqual([
    [
      'slugs:prod:parent-models:users',
      'The parent model Users has the slug users in dev and people in prod: merging their files makes two of it.',
    ],
    [
      'environments:prod:warehouse',
      'dev has the source Warehouse (warehouse, duckdb); prod has none of this name and type.',
    ],
    ['environments:dev:lake', 'prod has the source Lake (lake, duckdb); dev has none of this name and type.'],
  ])
  for (const one of found) await mend('dev', one)
  await first.sync()
  expect(await troubles('dev')).toEqual([])
})

it('[S27] [Z8] a workspace that the asker is no member of is not named', async () => {
  const first = await connectedWorkspace(server, 'open')
  await second(first, 'confidential', { branch: 'live' })
  await done('PUT', 'confidential/sources/hush', { name: 'Hush', type: 'duckdb', config: {} })
  const { body } = await server.ask('POST', '/workspaces/open/api-keys', {
    body: { name: 'viewer', role: 'viewer' },
  })
  const { key } = body as { key: string } // the answer that the contract names
  const seen = JSON.stringify(await doctor('open', key))
  expect(seen).not.toMatch(/confidential|hush/i)
  expect(seen).toContain('not yours to see')
  expect(await troubles('open')).toContain('warn environments:open:hush')
})

it('[S27] [E4] an unknown source, mended by the alias that is offered', async () => {
  const workspace = await connectedWorkspace(server, 'unknown')
  await replaced(workspace, FILE, 'source: warehouse', 'source: main-db')
  await workspace.sync()
  expect(await troubles('unknown')).toEqual([
    'fail names:sources:main-db',
    'fail pending:schema/model-relationships/users-purchases.yaml',
  ])
  const found = await item('unknown', 'names:sources:main-db')
  expect([found.message, found.fix]).toEqual([
    `${FILE}: the source \`main-db\` is none of unknown's, and no alias leads to one. What names it waits.`,
    'Add the line `main-db: warehouse` under `sources:` in aliases-unknown.yaml, or create a source with the slug main-db.',
  ])
  await mend('unknown', found)
  await workspace.sync()
  expect(await troubles('unknown')).toEqual([])
  await workspace.person.pull()
  expect(await workspace.person.read('aliases-unknown.yaml')).toContain('main-db: warehouse')
})

it('[S27] [E3] an alias file with a useless line, and one that was deleted', async () => {
  const workspace = await connectedWorkspace(server, 'aliased')
  const { person } = workspace
  await push(workspace, () => person.write('aliases-aliased.yaml', 'sources:\n  old: warehouse\n'))
  // Before any sync has seen it.
  expect(await troubles('aliased')).toEqual(['warn aliases:alias-unused:2'])
  await push(workspace, () => person.remove('aliases-aliased.yaml'))
  await workspace.sync()
  expect(await troubles('aliased')).toEqual(['warn aliases'])
  await mend('aliased', await item('aliased', 'aliases'))
  await workspace.sync()
  expect(await troubles('aliased')).toEqual([])
  await person.pull()
  expect(await person.git('ls-files', 'aliases-aliased.yaml')).toBe('aliases-aliased.yaml')
})

it('[S27] a source that answers nothing is named in time, and holds up no other check', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const { slug } = await connectedWorkspace(server, 'silent')
  const config = { host: '127.0.0.1', port, database: 'd', user: 'u', password: 'hunter-2-hunter' }
  await done('PUT', `${slug}/sources/dead`, { name: 'Dead', type: 'postgres', config })
  await done('PUT', `${slug}/sources/cloud`, { name: 'Cloud', type: 'bigquery', config: {} })
  await done('POST', `${slug}/git/sync`, { waitSeconds: 30 })
  const items = await doctor(slug)
  expect(items.filter(({ state }) => state !== 'pass')).toEqual([
    {
      id: 'sources:dead',
      title: 'Source Dead',
      state: 'fail',
      message: 'The source Dead (dead) of silent did not answer within 6 seconds.',
      fix: 'Check that it runs and that this server can reach it, then check again.',
      mend: { kind: 'source', workspace: 'silent', slug: 'dead' },
    },
  ])
  expect(JSON.stringify(items)).not.toContain('hunter')
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => silent.close(resolve))
  // Nothing listens there any more.
  expect((await item(slug, 'sources:dead')).message).toMatch(
    /^The source Dead \(dead\) of silent does not answer: /,
  )
  await done('PUT', `${slug}/sources/dead`, { name: 'Dead', type: 'duckdb', config: {} })
  await done('POST', `${slug}/git/sync`, { waitSeconds: 30 })
  expect((await item(slug, 'sources')).message).toBe(
    'All 2 sources answer. There is no connector to test Cloud with.',
  )
})

it('[S27] [S29] a source that is known by name alone', async () => {
  const { slug } = await connectedWorkspace(server, 'nameless')
  await done('PUT', `${slug}/sources/ads`, { name: 'Ads', type: 'postgres' })
  await done('POST', `${slug}/git/sync`, { waitSeconds: 30 })
  expect(await troubles(slug)).toEqual(['warn sources:ads'])
})

it('[S27] [S14] a commit with errors, by file and line', async () => {
  const workspace = await connectedWorkspace(server, 'faulty')
  await replaced(workspace, FILE, 'type: raw_sql', 'type: raw_sequel')
  const id = `fail blocked:${FILE}:3:wrong-value`
  // Before any sync has seen it, and after.
  expect(await troubles('faulty')).toEqual([id])
  await server.ask('POST', '/workspaces/faulty/git/sync', { body: { waitSeconds: 30 } })
  expect(await troubles('faulty')).toEqual([id])
  const found = await item('faulty', id.slice('fail '.length))
  expect([found.message, found.mend?.kind]).toEqual([expect.stringContaining(`${FILE}, line 3: `), 'run'])
  await done('POST', 'faulty/git/put-back', { waitSeconds: 30 })
  expect(await troubles('faulty')).toEqual([])
})

it('[S27] [S14] a file that was set aside, until it is corrected', async () => {
  const workspace = await connectedWorkspace(server, 'aside')
  await push(workspace, () => workspace.person.write('models/extra.yaml', 'name: Extra\n'))
  await server.ask('POST', '/workspaces/aside/git/sync', { body: { waitSeconds: 30 } })
  await done('POST', 'aside/git/set-aside', { path: 'models/extra.yaml', waitSeconds: 30 })
  expect(await troubles('aside')).toEqual(['warn aside:models/extra.yaml'])
  await push(workspace, () => workspace.person.remove('models/extra.yaml'))
  await workspace.sync()
  expect(await troubles('aside')).toEqual([])
})

it('[S27] [S16] changes that wait for consent, and a conflict', async () => {
  const workspace = await connectedWorkspace(server, 'waiting')
  const at = `file://${workspace.remote}`
  await done('PUT', 'waiting/git', { url: at, approval: true })
  await replaced(workspace, FILE, 'name: Users', 'name: People')
  await workspace.sync()
  const held = await item('waiting', 'held')
  expect([held.state, held.mend]).toEqual(['fail', { kind: 'run', run: expect.any(String) }])
  await done('PUT', 'waiting/git', { url: at, approval: false })
  await done('PUT', 'waiting/parent-models/users', { ...USERS, name: 'Customers' })
  await workspace.sync()
  expect(await troubles('waiting')).toEqual(['fail conflicts:parent-models:users'])
})

it('[C2] tandem doctor tells all of it, and exits with 1 when something is wrong', async () => {
  const { slug } = await connectedWorkspace(server, 'typed')
  const tandem = (...args: string[]) =>
    new Promise<{ code: number; stdout: string }>((resolve) => {
      const settings = { TANDEM_SERVER: server.url, TANDEM_TOKEN: ADMIN_TOKEN, TANDEM_WORKSPACE: slug }
      const env = programEnvironment(settings)
      execFile(process.execPath, [MAIN, 'doctor', ...args], { env }, (error, stdout) => {
        resolve({ code: error ? Number(error.code) : 0, stdout })
      })
    })
  const well = await tandem()
  expect([well.code, well.stdout.split('\n').slice(-2)]).toEqual([0, ['typed: all is well.', '']])
  await done('PUT', `${slug}/sources/ads`, { name: 'Ads', type: 'postgres' })
  await done('POST', `${slug}/git/sync`, { waitSeconds: 30 })
  expect([(await tandem()).code, (await tandem('--strict')).code]).toEqual([0, 1])
  await done('PATCH', slug, { gitSync: false })
  const off = await tandem()
  expect(off.code).toBe(1)
  expect(off.stdout.split('\n').slice(0, 2)).toEqual([
    'fail  Git Sync: Git Sync is off for typed: saves wait, and commits are not read.',
    '      Switch Git Sync on; an admin of the workspace may.',
  ])
  const json = await tandem('--json')
  expect([json.code, JSON.parse(json.stdout)]).toEqual([1, { items: await doctor(slug) }])
  expect((await tandem('--help')).stdout).toContain('$ tandem doctor')
})
