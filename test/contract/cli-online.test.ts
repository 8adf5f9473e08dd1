import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBare, plainGit } from '../support/git-bare.ts'
import { programEnvironment } from '../support/program-environment.ts'
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')
const PLANT_STORE = join(import.meta.dirname, '..', 'fixtures', 'plant-store')

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['staging', 'empty']) await server.ask('POST', '/workspaces', { body: { slug } })
})
afterAll(() => server.stop())

type Ran = { code: number; stdout: string; stderr: string }
function tandem(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const settings = { TANDEM_SERVER: server.url, TANDEM_TOKEN: ADMIN_TOKEN, TANDEM_WORKSPACE: 'staging' }
  return new Promise((resolve) => {
    const options = { env: programEnvironment({ ...settings, ...env }) }
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
}

function textsOf(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.map((path) => [path.slice(dir.length + 1), readFileSync(path, 'utf8')]))
}

it('[C2] import and export carry a workspace there and back without changing a byte', async () => {
  const imported = await tandem(['import', PLANT_STORE, '--json'])
  expect([imported.code, JSON.parse(imported.stdout)]).toEqual([
    0,
    {
      resources: 24,
      created: [
        'sources/source-001',
        'sources/store-sheets',
        'destinations/destination-002',
        'destinations/ops-webhook',
      ],
      pending: [],
    },
  ])
  const again = await tandem(['import', PLANT_STORE])
  expect(again).toMatchObject({ code: 0, stdout: '24 resources imported into staging.\n' })
  const folder = temporaryFolder()
  const all = textsOf(PLANT_STORE)
  // Aliases live in the repository alone: without one the files name the slugs.
  const exported = await tandem(['export', folder, '--json'])
  expect(exported.code).toBe(0)
  const slugs = (text: string) =>
    text.replaceAll('main-database', 'source-001').replaceAll('crm-platform', 'destination-002')
  const expected = Object.fromEntries(
    Object.entries(all)
      .filter(([path]) => !path.startsWith('manifest-production') && !path.startsWith('aliases-'))
      .map(([path, text]) => [
        path,
        path.startsWith('syncs/') || path.includes('models/') ? slugs(text) : text,
      ]),
  )
  const found = textsOf(folder)
  delete found['aliases-staging.yaml']
  expect(found).toEqual(expected)
})

it('[C2] [C4] diff compares a workspace with a folder and with another workspace', async () => {
  expect((await tandem(['import', PLANT_STORE])).code).toBe(0)
  const folder = temporaryFolder()
  expect((await tandem(['export', folder])).code).toBe(0)
  expect(await tandem(['diff', folder, 'staging', '--json'])).toEqual({
    code: 0,
    stdout: `${JSON.stringify({ changes: [] }, null, 2)}\n`,
    stderr: '',
  })
  const users = join(folder, 'schema', 'parent-models', 'users.yaml')
  writeFileSync(users, readFileSync(users, 'utf8').replace('name: Users', 'name: People'))
  const differing = await tandem(['diff', folder, 'staging', '--json'])
  expect([differing.code, JSON.parse(differing.stdout)]).toEqual([
    1,
    {
      changes: [
        {
          kind: 'parent-models',
          slug: 'users',
          change: 'changed',
          fields: [{ path: '/name', before: 'People', after: 'Users' }],
        },
      ],
    },
  ])
  const other = await tandem(['diff', 'empty', 'staging', '--json'])
  expect([other.code, JSON.parse(other.stdout).changes.length]).toEqual([1, 24])
  const unknown = await tandem(['diff', 'nowhere', 'staging'])
  expect([unknown.code, unknown.stdout]).toEqual([2, ''])
  expect(unknown.stderr).toContain('has no workspace of that name')
})

it('[C2] a folder that was written for one other workspace is read with its manifest and aliases', async () => {
  await server.ask('POST', '/workspaces', { body: { slug: 'sandbox' } })
  const folder = temporaryFolder()
  for (const args of [
    ['import', PLANT_STORE],
    ['export', folder],
  ])
    expect((await tandem(args)).code).toBe(0)
  const other = await tandem(['import', folder, '--workspace', 'sandbox', '--json'])
  expect([other.code, JSON.parse(other.stdout).resources, JSON.parse(other.stdout).pending]).toEqual([
    0,
    24,
    [],
  ])
  expect(other.stderr).toContain('The folder was written for `staging`')
  const again = await tandem([
    'import',
    PLANT_STORE,
    '--workspace',
    'sandbox',
    '--adopt',
    'production',
    '--json',
  ])
  expect([again.code, JSON.parse(again.stdout).created]).toEqual([
    0,
    ['sources/source-901', 'destinations/destination-902'],
  ])
  expect(await tandem(['import', PLANT_STORE, '--adopt', 'nobody'])).toMatchObject({ code: 2, stdout: '' })
})

it('[C2] export keeps the style and the spelling of files that are there', async () => {
  const folder = temporaryFolder()
  await tandem(['export', folder])
  const path = join(folder, 'schema', 'parent-models', 'users.yaml')
  const styled = `# Ours\n${readFileSync(path, 'utf8')}`
  writeFileSync(path, styled)
  writeFileSync(join(folder, 'models', 'other.yaml'), 'name: Other\n')
  const { stdout } = await tandem(['export', folder, '--json'])
  expect(JSON.parse(stdout)).toEqual({ resources: 24, written: [], left: ['models/other.yaml'] })
  expect(readFileSync(path, 'utf8')).toBe(styled)
})

it('[C2] a folder with errors is not imported: exit 1 and every error at its line', async () => {
  const broken = join(import.meta.dirname, '..', 'fixtures', 'broken')
  const { code, stdout, stderr } = await tandem(['import', broken, '--workspace', 'empty'])
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/models\/wrong-type\.yaml, line \d+.*\(wrong-type\)/)
  expect((await server.ask('GET', '/workspaces/empty/models')).body).toEqual({ items: [], nextCursor: null })
})

it('[C2] plan, sync, status and runs follow a connection to its first sync and after', async () => {
  const repository = join(temporaryFolder(), 'r.git')
  await createBare(repository)
  expect(await tandem(['status'])).toEqual({
    code: 0,
    stdout: 'staging: no repository is connected.\n',
    stderr: '',
  })
  expect(await tandem(['plan'])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('(not-connected)'),
  })
  await server.ask('PUT', '/workspaces/staging/git', {
    body: { url: `file://${repository}`, pollSeconds: 0 },
  })
  const plan = await tandem(['plan', '--json'])
  expect([plan.code, JSON.parse(plan.stdout)]).toMatchObject([1, { version: 1, inbound: [] }])
  expect((JSON.parse(plan.stdout) as { outbound: unknown[] }).outbound).toHaveLength(24)
  const sync = await tandem(['sync'])
  expect([sync.code, sync.stdout.split('\n')[0]]).toEqual([0, 'succeeded: 0 in, 24 out'])
  expect(await plainGit(repository, ['log', '--format=%an', 'main'])).toBe('Admin token\nAdmin token')
  expect(await tandem(['plan'])).toMatchObject({ code: 0, stdout: '0 in, 0 out.\n' })
  const again = await tandem(['sync', '--full', '--json'])
  expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { state: 'nothing-to-do', full: true }])
  expect((await tandem(['status'])).stdout).toMatch(/^staging: in sync at [0-9a-f]{7}\n/)
  const runs = JSON.parse((await tandem(['runs', '--json'])).stdout) as {
    items: { id: string; state: string }[]
  }
  expect(runs.items.map(({ state }) => state)).toEqual(['nothing-to-do', 'succeeded'])
  const first = await tandem(['runs', runs.items[1]?.id ?? ''])
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('+ parent model users')])
})

it('[C2] wrong usage is 2, a server that is away or refuses is 3', async () => {
  const codes = async (args: string[], env: Record<string, string>) => (await tandem(args, env)).code
  expect(await codes(['status'], { TANDEM_TOKEN: '' })).toBe(2)
  expect(await codes(['status'], { TANDEM_WORKSPACE: '' })).toBe(2)
  expect(await codes(['status'], { TANDEM_WORKSPACE: 'nowhere' })).toBe(3)
  expect(await codes(['status'], { TANDEM_SERVER: 'ftp://x' })).toBe(2)
  expect(await codes(['runs', '--limit', 'x'], {})).toBe(2)
  expect(await codes(['import', '/nowhere'], {})).toBe(2)
  expect(await codes(['status'], { TANDEM_SERVER: 'http://127.0.0.1:1' })).toBe(3)
  expect(await codes(['status'], { TANDEM_TOKEN: 'wrong' })).toBe(3)
  expect(await codes(['runs'], { TANDEM_WORKSPACE: 'none' })).toBe(3)
  const away = await tandem(['status'], { TANDEM_SERVER: 'http://127.0.0.1:1' })
  expect(away.stderr).toMatch(/^The server http:\/\/127\.0\.0\.1:1 cannot be reached\. .*\n$/)
})

it('[Z10] names and messages that hold escape codes do nothing to the terminal of who reads them', async () => {
  const evil = '\u001b]0;owned\u0007\u001b[2J\u001b[31mEvil\r\n+ forged line\u009b31m'
  const person = { email: 'eve@example.com', name: evil, password: 'eve has a long one', role: 'editor' }
  await server.ask('POST', '/workspaces/staging/members', { body: person })
  const signedIn = await server.ask('POST', '/auth/sign-in/email', {
    token: null,
    body: { email: person.email, password: person.password },
  })
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ') // biome-ignore format: one line
  const repository = join(temporaryFolder(), 'r.git')
  await createBare(repository)
  await server.ask('PUT', '/workspaces/staging/git', {
    body: { url: `file://${repository}`, pollSeconds: 0 },
  })
  await tandem(['sync'])
  const saved = await server.ask('PUT', '/workspaces/staging/models/evil', {
    token: null,
    headers: { cookie },
    body: {
      name: evil,
      source: 'source-001',
      type: 'raw_sql',
      rawSql: `select 1 -- ${evil}`,
      primaryKey: 'id',
    },
  })
  expect([saved.status, saved.body]).toEqual([201, expect.anything()])
  const outputs: string[] = []
  const read = async (...args: string[]) => {
    const { stdout, stderr } = await tandem(args)
    outputs.push(stdout + stderr)
    return stdout
  }
  await read('plan')
  await read('sync')
  const { items } = JSON.parse(await read('runs', '--json')) as { items: { id: string }[] }
  for (const args of [
    ['runs'],
    ['runs', items[0]?.id ?? ''],
    ['status'],
    ['history'],
    ['doctor'],
    ['diff', 'empty', 'staging'],
  ])
    await read(...args)
  expect(outputs.join('\n')).toContain('Evil')
  for (const output of outputs) {
    expect(output).not.toMatch(/^\+ forged line/m)
    for (const code of ['\u001b', '\u0007', '\u009b', '\r']) expect(output).not.toContain(code)
  }
})
