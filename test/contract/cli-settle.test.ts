import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConnectedWorkspace, connectedWorkspace, USERS } from '../support/connected-workspace.ts'
import { plainGit } from '../support/git-bare.ts'
import { programEnvironment } from '../support/program-environment.ts'
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')
const FILE = 'schema/parent-models/users.yaml'
const NAME = 'parent-models/users'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string }
function tandemIn(workspace: string): (...args: string[]) => Promise<Ran> {
  const settings = { TANDEM_SERVER: server.url, TANDEM_TOKEN: ADMIN_TOKEN, TANDEM_WORKSPACE: workspace }
  const env = programEnvironment(settings)
  return (...args) =>
    new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], { env }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
      })
    })
}

async function push({ person }: ConnectedWorkspace, lines: readonly string[]): Promise<void> {
  const text = await person.read(FILE)
  await person.write(FILE, text.replace(/^name: .*\n(?:description: .*\n)?/m, `${lines.join('\n')}\n`))
  await person.commit('Describe users')
  await person.push()
}

async function save({ slug, sync }: ConnectedWorkspace, fields: object): Promise<void> {
  const answer = await server.ask('PUT', `/workspaces/${slug}/${NAME}`, {
    body: { ...USERS, ...fields },
    headers: { 'if-match': '*' },
  })
  expect(answer.status).toBe(200)
  await sync()
}

const inGit = ({ remote }: ConnectedWorkspace) => plainGit(remote, ['show', `main:${FILE}`])
const here = async ({ slug }: ConnectedWorkspace) =>
  (await server.ask('GET', `/workspaces/${slug}/${NAME}`)).body

/** Both sides give users another name and description; Git alone gives a label. */
async function inConflict(slug: string): Promise<ConnectedWorkspace> {
  const workspace = await connectedWorkspace(server, slug)
  await push(workspace, ['name: People', 'description: From Git', 'primaryLabel: full_name'])
  await save(workspace, { name: 'Customers', description: 'From the studio' })
  return workspace
}

describe('conflicts', () => {
  it('[C2][S5] are listed with exit 1, and shown by field with what each side has', async () => {
    const tandem = tandemIn((await inConflict('listed')).slug)
    expect(await tandem('conflicts')).toEqual({
      code: 1,
      stdout: `${NAME}  parent model: /name, /description\n1 conflict; \`tandem conflicts <kind/slug>\` shows one by field.\n`,
      stderr: '',
    })
    const one = await tandem('conflicts', NAME)
    expect([one.code, one.stdout]).toEqual([
      1,
      [
        `${NAME}  parent model: /name, /description`,
        '  /name',
        '    base:      Users',
        '    workspace: Customers',
        '    git:       People',
        '  /description',
        '    base:      (absent)',
        '    workspace: From the studio',
        '    git:       From Git',
        '',
        'Settle it with one of:',
        `  tandem resolve ${NAME} --take workspace`,
        `  tandem resolve ${NAME} --take git`,
        `  tandem resolve ${NAME} --field /name=git`,
        '',
      ].join('\n'),
    ])
    const json = await tandem('conflicts', '--json')
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([
      1,
      { items: [{ kind: 'parent-models', slug: 'users', fields: ['/name', '/description'] }] },
    ])
    expect(await tandem('conflicts', 'models/none')).toMatchObject({
      code: 2,
      stderr: `models/none is not in conflict. In conflict: ${NAME}.\n`,
    })
  })

  it('[C2][S5] are settled by field: what one side alone changed comes along, in one commit', async () => {
    const workspace = await inConflict('by-field')
    const tandem = tandemIn(workspace.slug)
    expect(await tandem('resolve', NAME, '--field', '/name=git')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('/description is in conflict and has no choice'),
    })
    expect(await tandem('resolve', NAME, '--field', '/name=git', '--field', '/nothing=git')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('/nothing is not in conflict'),
    })
    const settled = await tandem('resolve', NAME, '--field', '/name=git', '--field', '/description=workspace')
    expect(settled).toEqual({
      code: 0,
      stdout: `Settled ${NAME}: the workspace has the result, and it goes to Git.\n`,
      stderr: '',
    })
    expect(await tandem('sync')).toMatchObject({ code: 0 })
    const merged = { name: 'People', description: 'From the studio', primaryLabel: 'full_name' }
    expect(await here(workspace)).toMatchObject(merged)
    for (const [key, value] of Object.entries(merged)) {
      expect(await inGit(workspace)).toMatch(new RegExp(`^${key}: ${value}$`, 'm'))
    }
    expect(await tandem('conflicts')).toEqual({ code: 0, stdout: 'There are no conflicts.\n', stderr: '' })
    expect(await plainGit(workspace.remote, ['log', '-2', '--format=%an: %s', 'main'])).toBe(
      'Admin token: Update parent model People: description\nPat Person: Describe users',
    )
  })

  it('[C2][S5] are settled by a side, or by a file that somebody edited', async () => {
    const workspace = await inConflict('by-side')
    const tandem = tandemIn(workspace.slug)
    for (const args of [
      [],
      ['--take', 'both'],
      ['--take', 'git', '--field', '/name=git'],
      ['--field', 'x'],
    ]) {
      expect((await tandem('resolve', NAME, ...args)).code).toBe(2)
    }
    expect(await tandem('resolve', NAME, '--take', 'git', '--json')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/"changeSet": "\d+"/),
    })
    expect(await here(workspace)).toMatchObject({ name: 'People', description: 'From Git' })

    await tandem('sync')
    await workspace.person.pull()
    await push(workspace, ['name: Persons'])
    await save(workspace, { name: 'Clients', description: 'From Git', primaryLabel: 'full_name' })
    const file = join(server.dataDir, 'edited.yaml')
    writeFileSync(file, 'name: [1]\n')
    const broken = await tandem('resolve', NAME, '--value', file)
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('edited.yaml, line 1')])
    writeFileSync(file, (await inGit(workspace)).replace('name: Persons', 'name: Shoppers'))
    expect(await tandem('resolve', NAME, '--value', file)).toMatchObject({ code: 0 })
    await tandem('sync')
    expect(await inGit(workspace)).toMatch(/^name: Shoppers$/m)
    expect(await here(workspace)).toMatchObject({ name: 'Shoppers' })
  })
})

describe('what is held', () => {
  it('[C2][S16] is shown, and done only by --yes, by the digest that was looked at', async () => {
    const workspace = await connectedWorkspace(server, 'held')
    const tandem = tandemIn(workspace.slug)
    expect(await tandem('approve')).toEqual({ code: 0, stdout: 'Nothing waits for consent.\n', stderr: '' })
    await deleteModels(workspace)
    expect((await tandem('sync')).code).toBe(1)

    const shown = await tandem('approve')
    const [headline, ...changes] = shown.stdout.split('\n').slice(0, 8)
    expect([shown.code, headline, changes.sort(), shown.stderr]).toEqual([
      1,
      'It would delete 7 of 10 resources of the workspace.',
      Array.from({ length: 7 }, (_, i) => `  - related model gone-${i} [breaking]`),
      expect.stringContaining('Nothing was approved'),
    ])
    const { held } = JSON.parse((await tandem('approve', '--json')).stdout) as { held: { digest: string }[] }
    const digest = held[0]?.digest ?? ''
    expect(await tandem('approve', '--digest', 'f'.repeat(64), '--yes')).toMatchObject({ code: 2 })
    expect(await tandem('approve', '--dropped', 'send', '--yes')).toMatchObject({ code: 2 })
    const done = await tandem('approve', '--digest', digest, '--yes', '--json')
    expect([done.code, JSON.parse(done.stdout)]).toMatchObject([
      0,
      { state: 'succeeded', counts: { inbound: 7 } },
    ])
    expect((await server.ask('GET', `/workspaces/${workspace.slug}/related-models`)).body).toMatchObject({
      items: [{ slug: 'purchases' }],
    })
  })
})

describe('a commit with errors', () => {
  it('[C2][S14] is undone, or its file is set aside; without one both are refused', async () => {
    const workspace = await connectedWorkspace(server, 'faulty')
    const tandem = tandemIn(workspace.slug)
    const refused = { code: 3, stdout: '', stderr: expect.stringContaining('(not-blocked)') }
    expect(await tandem('put-back')).toEqual(refused)
    expect(await tandem('set-aside', FILE)).toEqual(refused)

    const good = await workspace.person.read(FILE)
    await push(workspace, ['name: [Users]'])
    expect(await tandem('sync')).toMatchObject({ code: 1 })
    const back = await tandem('put-back')
    expect([back.code, back.stdout]).toEqual([0, expect.stringContaining('(Admin token)')])
    expect(`${await inGit(workspace)}\n`).toBe(good)

    await workspace.person.pull()
    await push(workspace, ['name: {}'])
    expect((await tandem('sync')).code).toBe(1)
    const aside = await tandem('set-aside', FILE, '--json')
    expect([aside.code, JSON.parse(aside.stdout)]).toMatchObject([0, { counts: { aside: 1 } }])
    expect((await tandem('status')).stdout).toContain('1 file set aside')
  })
})

describe('a rename in Git', () => {
  it('[C2][A4][S18] leaves files that use the old name, which are mended by one commit of who asks', async () => {
    const workspace = await connectedWorkspace(server, 'renamed')
    const tandem = tandemIn(workspace.slug)
    const { person } = workspace
    await person.write('schema/parent-models/people.yaml', await person.read(FILE))
    await person.remove(FILE)
    await person.commit('Rename users')
    await person.push()
    expect(await tandem('sync')).toMatchObject({ code: 0 })
    const old = '1 file with old names: see `tandem mend-references`'
    expect((await tandem('status')).stdout).toContain(old)
    const mended = await tandem('mend-references', '--json')
    expect([mended.code, JSON.parse(mended.stdout)]).toMatchObject([
      0,
      { state: 'succeeded', commits: [{ subject: 'Mend references to users, now people' }] },
    ])
    expect((await tandem('status')).stdout).not.toContain('old names')
    const file = 'schema/model-relationships/users-purchases.yaml'
    expect(await plainGit(workspace.remote, ['show', `main:${file}`])).toMatch(/^ {2}slug: people$/m)
    expect(JSON.parse((await tandem('mend-references', '--json')).stdout)).toMatchObject({
      state: 'nothing-to-do',
    })
  })
})

async function deleteModels({ slug, person, sync }: ConnectedWorkspace): Promise<void> {
  const names = Array.from({ length: 7 }, (_, i) => `gone-${i}`)
  const value = { name: 'Gone', source: 'warehouse', type: 'raw_sql', rawSql: 'select 1 as id' }
  const writes = names.map((name) => ({ kind: 'related-models', slug: name, value }))
  expect((await server.ask('POST', `/workspaces/${slug}/changes`, { body: { writes } })).status).toBe(200)
  await sync()
  await person.pull()
  for (const name of names) await person.remove(`schema/related-models/${name}.yaml`)
  await person.commit('Remove what is gone')
  await person.push()
}
