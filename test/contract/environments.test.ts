import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  AliasTable,
  EnvironmentComparison,
  EnvironmentDrift,
  Environments,
  PromotionAnswer,
  PromotionList,
  UndoAnswer,
} from '../../src/core/wire/environments.ts'
import { type ConnectedWorkspace, connectedWorkspace, USERS } from '../support/connected-workspace.ts'
import { programEnvironment } from '../support/program-environment.ts'
import { secondEnvironment } from '../support/second-environment.ts'
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let staging: ConnectedWorkspace
beforeAll(async () => {
  server = await startTestServer()
  staging = await connectedWorkspace(server, 'staging')
  await secondEnvironment(server, staging, 'production')
})
afterAll(() => server.stop())

async function done(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await server.ask(method, path, {
    ...(body ? { body } : {}),
    headers: { 'if-match': '*' },
  })
  expect([path, answer.status < 300 ? 'done' : answer.body]).toEqual([path, 'done'])
  return answer.body
}

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')

function tandem(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = programEnvironment({ TANDEM_SERVER: server.url, TANDEM_TOKEN: ADMIN_TOKEN })
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { env, cwd: server.dataDir }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
}

const environments = async (query = '') =>
  Environments.parse(await done('GET', `/environments?workspaces=staging,production${query}`))
const compare = async (query = '') =>
  EnvironmentComparison.parse(await done('GET', `/environments/compare?from=staging&to=production${query}`))
const cells = async (query = '') =>
  (await environments(query)).items.map(({ kind, slug, from, cells: some }) => [kind, slug, from, ...some])

it('[W7] [E1] two branches with one alias between them are alike, and say what stands for what', async () => {
  const { workspaces, items, ...counts } = await environments()
  expect(counts).toEqual({ total: 3, resources: 3, differing: 0, nextCursor: null })
  expect(items.map(({ cells: some }) => some)).toEqual(Array(3).fill(['same', 'same']))
  expect(workspaces.map(({ slug, git }) => [slug, git?.branch, git?.aliasFile, git?.state])).toEqual([
    ['staging', 'main', 'aliases-staging.yaml', 'in-sync'],
    ['production', 'production', 'aliases-production.yaml', 'in-sync'],
  ])
  expect(await compare()).toEqual({
    from: 'staging',
    to: 'production',
    counts: { added: 0, removed: 0, changed: 0, renamed: 0, same: 3 },
    changes: [],
    counterparts: [{ section: 'sources', from: 'warehouse', to: 'live', alias: 'warehouse', resources: 2 }],
    nextCursor: null,
  })
})

it('[E1] [E4] [W7] the table of aliases says what a name means in every workspace', async () => {
  const table = async (slug: string) =>
    AliasTable.parse(await done('GET', `/workspaces/${slug}/git/aliases/table`))
  expect(await table('production')).toEqual({
    file: 'aliases-production.yaml',
    workspaces: ['production', 'staging'],
    rows: [
      {
        section: 'sources',
        name: 'warehouse',
        files: 2,
        meanings: [
          { workspace: 'production', isAlias: true, slug: 'live' },
          { workspace: 'staging', isAlias: false, slug: 'warehouse' },
        ],
        proposals: [],
      },
    ],
    choices: { sources: [{ slug: 'live', name: 'Live', type: 'duckdb' }], destinations: [] },
    pending: [],
  })
})

it('[C2] [W7] tandem diff of two workspaces exits with 0 where only the environment differs', async () => {
  expect(await tandem('diff', 'staging', 'production')).toEqual({
    code: 0,
    stdout: [
      'Nothing differs.',
      '',
      'The same thing in staging and in production, and no difference:',
      '    source warehouse → live (alias warehouse): 2 resources',
      '',
    ].join('\n'),
    stderr: '',
  })
  const unknown = await tandem('diff', 'staging', 'nowhere')
  expect([unknown.code, unknown.stdout]).toEqual([2, ''])
  expect(unknown.stderr).toContain('`nowhere` is neither a folder nor a commit')
})

it('[W7] what differs is told by field, with the impact of the fields that are no matter of the environment', async () => {
  await done('PUT', '/workspaces/staging/parent-models/users', { ...USERS, primaryKey: 'full_name' })
  await done('PUT', '/workspaces/staging/models/extra', {
    name: 'Extra',
    source: 'warehouse',
    type: 'table',
    tableName: 'extra',
    primaryKey: 'id',
  })
  expect(await cells('&differing=1')).toEqual([
    ['models', 'extra', 'staging', 'same', 'missing'],
    ['parent-models', 'users', 'staging', 'same', 'differs'],
  ])
  expect(await cells('&q=PURCH&kind=related-models')).toEqual([
    ['related-models', 'purchases', 'staging', 'same', 'same'],
  ])
  const first = await compare('&limit=1')
  expect([first.counts, first.changes.map(({ slug, change }) => `${change} ${slug}`)]).toEqual([
    { added: 0, removed: 1, changed: 1, renamed: 0, same: 2 },
    ['removed extra'],
  ])
  const { changes, nextCursor } = await compare(`&limit=1&cursor=${first.nextCursor}`)
  expect([nextCursor, changes]).toEqual([
    null,
    [
      {
        kind: 'parent-models',
        slug: 'users',
        change: 'changed',
        pending: false,
        fields: [
          { path: '/source', before: 'warehouse', after: 'live', environment: true },
          { path: '/primaryKey', before: 'full_name', after: 'user_id', environment: false },
        ],
        impact: expect.objectContaining({ word: 'breaking' }),
      },
    ],
  ])
  const told = await tandem('diff', 'staging', 'production', '--json')
  const { changes: printed, counterparts } = JSON.parse(told.stdout)
  expect([told.code, printed.map((one: { fields: unknown }) => one.fields), counterparts.length]).toEqual([
    1,
    [expect.any(Array), [{ path: '/primaryKey', before: 'full_name', after: 'user_id' }]],
    1,
  ])
})

it('[W7] a workspace compared with itself differs in nothing', async () => {
  const itself = await done('GET', '/environments/compare?from=staging&to=staging')
  expect(itself).toMatchObject({ changes: [], counts: { added: 0, removed: 0, changed: 0, renamed: 0 } })
})

it('[W7] the drift is walked back from the comparison through the days of the history', async () => {
  const drift = async () => {
    const path = '/environments/compare/drift?from=staging&to=production'
    return EnvironmentDrift.parse(await done('GET', path)).days.map(({ differing }) => differing)
  }
  const { counts } = await compare()
  const differing = counts.added + counts.removed + counts.changed + counts.renamed
  expect(await drift()).toEqual([differing])
  // As if everything so far was of two months ago; what comes now is of today.
  await sql`update workspace set created_at = created_at - interval '90 days'`.execute(server.db)
  await sql`update change_set set created_at = created_at - interval '60 days'`.execute(server.db)
  expect(await drift()).toEqual(Array(56).fill(differing))
  await sql`
    update change_set set created_at = now() - interval '2 days' where id in (
      select change_set_id from change where slug = 'extra')`.execute(server.db)
  expect(await drift()).toEqual([...Array(53).fill(differing - 1), ...Array(3).fill(differing)])
})

const promote = async (body: object) =>
  PromotionAnswer.parse(await done('POST', '/workspaces/production/promotions', { from: 'staging', ...body }))
const synced = (slug: string) => done('POST', `/workspaces/${slug}/git/sync`, { waitSeconds: 60 })
/** What the branch has in a file; its last commit's message. */
async function inGit(branch: string, file: string): Promise<string> {
  await staging.person.git('fetch', '--quiet', 'origin')
  return staging.person.git('show', `origin/${branch}:${file}`)
}

it('[W7] [C2] a promotion is shown, made, committed with its source named, and taken back in one step', async () => {
  const sync = { model: 'extra', destination: 'crm', config: {}, schedule: { type: 'manual' } }
  for (const ws of ['staging', 'production']) {
    await done('PUT', `/workspaces/${ws}/destinations/crm`, { name: 'CRM', type: 'hubspot' })
  }
  await done('PUT', '/workspaces/staging/syncs/extra-to-crm', { ...sync, schedulePaused: true })
  await synced('staging')
  const resources = [{ kind: 'syncs', slug: 'extra-to-crm' }]
  const plan = await promote({ resources, dryRun: true })
  expect(
    plan.changes.map(({ kind, slug, change, neededBy }) => [`${change} ${kind}/${slug}`, neededBy]),
  ).toEqual([
    ['added syncs/extra-to-crm', null],
    ['added models/extra', { kind: 'syncs', slug: 'extra-to-crm' }],
  ])
  expect([plan.diagnostics, plan.changeSet]).toEqual([[], null])
  const told = await tandem('promote', 'staging', 'production', 'syncs/extra-to-crm', '--dry-run')
  expect(told).toEqual({
    code: 1,
    stdout: [
      '+ sync extra-to-crm added',
      '+ model extra added',
      '',
      '2 resources: 2 added.',
      '',
      'models/extra comes along: syncs/extra-to-crm needs it.',
      '',
      '2 resources would go from staging to production.',
      '',
    ].join('\n'),
    stderr: '',
  })
  const made = await promote({ resources, digest: plan.digest, message: 'Release 7' })
  const again = await tandem('promote', 'staging', 'production', 'syncs/extra-to-crm', '--dry-run')
  expect([again.code, again.stdout.split('\n').at(-2)]).toEqual([
    0,
    'Nothing to promote from staging to production.',
  ])
  await synced('production')
  // The files are the same on both branches: the alias stands in them.
  expect(await inGit('production', 'models/extra.yaml')).toBe(await inGit('main', 'models/extra.yaml'))
  const message = await staging.person.git('log', '-1', '--format=%B', 'origin/production')
  expect(message).toMatch(
    /^Release 7\n\nPromoted from staging\.\n\n- model extra: Admin token, [0-9a-f]{12}\n/m,
  )
  expect((await cells('&differing=1')).map(([, slug]) => slug)).toEqual(['users'])

  const list = async () => PromotionList.parse(await done('GET', '/workspaces/production/promotions')).items
  expect(await list()).toEqual([
    {
      id: made.changeSet,
      from: 'staging',
      by: 'Admin token',
      at: expect.any(String),
      resources: 2,
      waiting: 0,
      undone: false,
    },
  ])
  const undo = `/workspaces/production/promotions/${made.changeSet}/undo`
  expect(
    UndoAnswer.parse(await done('POST', undo, {})).changes.map(({ slug, change }) => `${change} ${slug}`),
  ).toEqual(['removed extra-to-crm', 'removed extra'])
  await synced('production')
  await expect(inGit('production', 'models/extra.yaml')).rejects.toThrow("'models/extra.yaml'")
  expect((await list()).map(({ undone }) => undone)).toEqual([true])
  expect((await server.ask('POST', undo, { body: {} })).status).toBe(404)
})

it('[W7] a promotion by a review goes to a branch of its own, and the workspace takes it over once it is merged', async () => {
  const resources = [{ kind: 'models', slug: 'extra' }]
  const before = await synced('production')
  const { changeSet, proposed } = await promote({ resources, as: 'review', message: 'Release 8' })
  expect([changeSet, proposed]).toEqual([
    null,
    { branch: 'tandem/production/promote-staging', number: null, url: null },
  ])
  const here = async () => (await server.ask('GET', '/workspaces/production/models/extra')).status
  expect([await here(), (await synced('production')) as object]).toEqual([
    404,
    expect.objectContaining({ state: 'nothing-to-do', head: (before as { head: string }).head }),
  ])
  const { person } = staging
  expect(await inGit(proposed?.branch ?? '', 'models/extra.yaml')).toContain('source: warehouse')
  expect(await person.git('log', '-1', '--format=%B', `origin/${proposed?.branch}`)).toMatch(
    /^Release 8\n\nPromoted from staging\.\n/m,
  )
  const { items } = (await done('GET', '/workspaces/production/audit?action=promotion.propose')) as {
    items: { subject: string }[]
  }
  expect(items.map(({ subject }) => subject)).toEqual([proposed?.branch])
  await person.git('push', '--quiet', 'origin', `origin/${proposed?.branch}:refs/heads/production`)
  await synced('production')
  expect(await done('GET', '/workspaces/production/models/extra')).toMatchObject({ source: 'live' })
  await done('DELETE', '/workspaces/production/models/extra', {})
  await synced('production')
})

it('[W7] a promotion that has changed meanwhile, brings errors or would undo others is refused', async () => {
  const stale = { from: 'staging', digest: 'of-another-plan' }
  expect((await server.ask('POST', '/workspaces/production/promotions', { body: stale })).status).toBe(412)
  await done('PUT', '/workspaces/staging/sources/lake', { name: 'Lake', type: 'postgres' })
  const lake = { name: 'Extra', source: 'lake', type: 'table', tableName: 'extra', primaryKey: 'id' }
  await done('PUT', '/workspaces/staging/models/extra', lake)
  const resources = [{ kind: 'models', slug: 'extra' }]
  const { diagnostics } = await promote({ resources, dryRun: true })
  expect(diagnostics.map(({ code, slug, message }) => [code, slug, message])).toEqual([
    ['unresolved-source', 'extra', 'Nothing in production stands for the source `lake` of staging.'],
  ])
  const refused = await server.ask('POST', '/workspaces/production/promotions', {
    body: { from: 'staging', resources },
  })
  expect([refused.status, refused.body]).toEqual([422, expect.objectContaining({ code: 'invalid-value' })])

  const { changeSet } = await promote({ resources: [{ kind: 'parent-models', slug: 'users' }] })
  await done('PUT', '/workspaces/production/parent-models/users', {
    ...USERS,
    source: 'live',
    name: 'People',
  })
  const undone = await server.ask('POST', `/workspaces/production/promotions/${changeSet}/undo`, { body: {} })
  expect([undone.status, undone.body]).toEqual([
    412,
    expect.objectContaining({ detail: expect.stringContaining('changed parent-models/users since') }),
  ])
})

it('[A3] [Z4] [W7] a clone has all resources, sources without their secrets, and no repository', async () => {
  const config = { host: 'db', port: 5432, database: 'd', user: 'u', password: 'hunter-2-hunter' }
  await done('PUT', '/workspaces/staging/sources/vault', { name: 'Vault', type: 'postgres', config })
  await done('POST', '/workspaces', { slug: 'twin', cloneOf: 'staging' })
  await done('POST', '/workspaces', { slug: 'names', cloneOf: 'staging', connections: 'names' })
  const { password: _, ...open } = config
  expect(await done('GET', '/workspaces/twin/sources/vault')).toMatchObject({ config: open, secrets: [] })
  expect(await done('GET', '/workspaces/names/sources/vault')).not.toHaveProperty('config')
  const found = Environments.parse(await done('GET', '/environments?workspaces=staging,twin,names'))
  expect([found.differing, found.workspaces.map(({ git }) => git?.branch ?? null)]).toEqual([
    0,
    ['main', null, null],
  ])
  const taken = { slug: 'twin', cloneOf: 'staging' }
  expect((await server.ask('POST', '/workspaces', { body: taken })).status).toBe(409)
})

it('[E6] [S16] aliases that give many resources another source wait for consent, and the file with them', async () => {
  const file = 'aliases-production.yaml'
  const model = { source: 'live', type: 'table', tableName: 't', primaryKey: 'id' }
  const writes = Array.from({ length: 6 }, (_, i) => ({
    kind: 'models',
    slug: `many-${i}`,
    value: { name: `Many ${i}`, ...model },
  }))
  await done('POST', '/workspaces/production/changes', { writes })
  await done('PUT', '/workspaces/production/sources/other', { name: 'Other', type: 'duckdb', config: {} })
  await synced('production')
  const before = await inGit('production', file)
  await done('PUT', '/workspaces/production/git/aliases', {
    sources: { warehouse: 'other' },
    destinations: {},
  })
  await synced('production')
  expect(await inGit('production', file)).toBe(before)
  const standing = async () => {
    const { status } = (await done('GET', '/workspaces/production/git')) as {
      status: { state: string; heldRun: string }
    }
    return status
  }
  await expect.poll(async () => (await standing()).state, { timeout: 30_000 }).toBe('held')
  const { heldRun } = await standing()
  const run = (await done('GET', `/workspaces/production/git/runs/${heldRun}`)) as {
    plan: { held: { digest: string }[] }
  }
  const { digest } = run.plan.held[0] ?? {}
  await done('POST', `/workspaces/production/git/runs/${heldRun}/approve`, { digest, waitSeconds: 60 })
  await synced('production')
  expect(await inGit('production', file)).toContain('warehouse: other')
  expect(await done('GET', '/workspaces/production/models/many-5')).toMatchObject({ source: 'other' })
})

it('[Z8] [W7] only workspaces that the asker may read are listed or compared', async () => {
  const { key } = (await done('POST', '/workspaces/staging/api-keys', { name: 'one', role: 'viewer' })) as {
    key: string
  }
  const { body } = await server.ask('GET', '/environments', { token: key })
  expect(Environments.parse(body).workspaces.map(({ slug, role }) => [slug, role])).toEqual([
    ['staging', 'viewer'],
  ])
  for (const path of ['?workspaces=staging,production', '/compare?from=staging&to=production']) {
    const { status } = await server.ask('GET', `/environments${path}`, { token: key })
    expect(status).toBe(404)
  }
})
