import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { plainGit } from '../support/git-bare.ts'
import { clonePerson } from '../support/git-person.ts'
import { githubService } from '../support/hosts/github/program.ts'
import { ALL_RIGHTS, startHostProgram } from '../support/hosts/program.ts'
import { runFirstSync } from '../support/page-git.ts'
import {
  choose,
  create,
  fill,
  openPage,
  previewRows,
  signIn,
  startNew,
  waitUntilInGit,
} from '../support/page-studio.ts'
import { ADMIN, startTestServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const TOKEN = 'github_pat_of-the-story'
const USERS = 'schema/parent-models/users.yaml'
const inBrowser = startBrowser()

it(
  '[W7][S21][S22][S27][E1][E4][E5] staging to production: built, promoted by a pull request, live, and mended where it is set up wrongly',
  inBrowser(async ({ page }) => {
    const { server, program, person, done } = await start()

    // Staging is connected and its schema is made by hand.
    await signIn(page, `${server.url}/staging/schema`, ADMIN)
    await connectToGitHub(page, { url: program.url, apiUrl: program.apiUrl, branch: 'staging' })
    await done('POST', '/staging/git/webhook')
    await startNew(page, 'Parent model')
    await fill(page, 'Name', 'Users')
    await choose(page, 'Table', 'users')
    await previewRows(page).getByRole('cell', { name: 'Sample Fern' }).waitFor()
    await choose(page, 'Primary key', 'user_id')
    await create(page, 'parent model', 'Users')
    await waitUntilInGit(page)
    // Something with one name and type, and two slugs.
    for (const [workspace, slug] of Object.entries({ staging: 'events-sample', production: 'events-live' })) {
      await done('PUT', `/${workspace}/sources/${slug}`, { name: 'Events', type: 'duckdb', config: {} })
    }
    await done('POST', '/staging/changes', PURCHASES_AND_JOIN)
    await done('POST', '/staging/git/sync', { waitSeconds: 30 })

    // Production lies on its own branch, and its source has another slug.
    const host = { type: 'github', apiUrl: program.apiUrl }
    const credentials = { type: 'token', token: TOKEN }
    const branch = { branch: 'production', pollSeconds: 0 }
    await done('PUT', '/production/git', { url: program.url, host, credentials, ...branch })
    await done('POST', '/production/git/sync', { waitSeconds: 30 })
    await done('POST', '/production/git/webhook')

    // Promoting: the plan names what is missing and leads there; then it goes by a pull request.
    await openPage(page, 'Environments')
    await page.getByRole('link', { name: 'Promote', exact: true }).click()
    await page.getByText('3 resources go to production.').waitFor()
    await page.getByRole('link', { name: 'Aliases of production' }).click()
    await page.getByRole('button', { name: /^Use live:/ }).click()
    await page.getByRole('button', { name: 'Save aliases' }).click()
    await page.getByRole('button', { name: 'Save aliases' }).waitFor({ state: 'detached' })
    await done('POST', '/production/git/sync', { waitSeconds: 30 })
    await page.goBack()
    await page.getByRole('checkbox', { name: 'By a pull request' }).check()
    await fill(page, 'Message', 'Release 1')
    await page.getByRole('button', { name: 'Promote 3 resources' }).click()
    const link = page.getByRole('status', { name: 'Proposed' }).getByRole('link', { name: '#1' })
    expect(await link.getAttribute('href')).toBe('https://localhost/team/schema/pull/1')

    // The request tells the plan for production, which has nothing of it yet.
    const [pull] = program.state.pulls.all
    if (pull === undefined) throw new Error('it is open')
    const told = () => ({
      title: pull.title,
      checks: program.state.checks.map(({ oid, name, state, title }) => [oid, name, state, title]),
      comments: program.state.comments.map(({ number, body }) => [number, /Add parent.*/.exec(body)?.[0]]),
    })
    await expect.poll(told, { timeout: 20_000 }).toEqual({
      title: 'Release 1',
      checks: [[pull.head, 'tandem/production', 'success', '3 resources change: 3 safe']],
      comments: [[1, 'Add parent model `users`']],
    })
    const { status } = await server.ask('GET', '/workspaces/production/parent-models/users')
    expect(status).toBe(404)

    // Merged at the host, the webhook brings it in: live, with the right source on each side.
    await page.goto(`${server.url}/production/schema`)
    await program.merge(pull, 'squash')
    await page.getByRole('link', { name: 'Users, parent model' }).click()
    await page.getByRole('tab', { name: 'Preview' }).click()
    await previewRows(page).getByRole('cell', { name: 'Live Fern' }).waitFor()
    const sourceIn = async (workspace: string) => {
      const { body } = await server.ask('GET', `/workspaces/${workspace}/parent-models/users`)
      return (body as { source: string }).source // A4
    }
    expect([await sourceIn('staging'), await sourceIn('production')]).toEqual(['sample', 'live'])
    const { dir } = program.state.repo
    const differing = await plainGit(dir, ['diff', '--name-only', '--no-renames', 'staging', 'production'])
    expect(differing.split('\n')).toEqual([
      'aliases-production.yaml',
      'aliases-staging.yaml',
      'manifest-production.yaml',
      'manifest-staging.yaml',
    ])
    expect(await plainGit(dir, ['show', `production:${USERS}`])).toContain('source: sample')

    // Three things are set up wrongly; the checklist names each and mends it by a click.
    await done('POST', '/production/changes', {
      renames: [{ kind: 'related-models', from: 'purchases', to: 'orders' }],
    })
    await done('POST', '/production/git/sync', { waitSeconds: 30 })
    const clone = await person()
    await clone.write('schema/related-models/visits.yaml', VISITS)
    await clone.commit('Add visits')
    await clone.push()
    await openPage(page, 'Checklist')
    const todo = page.getByRole('main')
    await todo.getByRole('heading', { name: 'Unknown source events-sample' }).waitFor()
    await todo.getByRole('button', { name: 'Add alias events-sample' }).click()
    await todo.getByRole('button', { name: 'Rename orders to purchases' }).click()
    await todo.getByText('Ready: everything is in order.').waitFor()

    // In order is the workspace as soon as it is saved; the branch is, once that is in Git.
    await done('POST', '/production/git/sync', { waitSeconds: 30 })
    await plainGit(dir, ['branch', 'prodution', 'production'])
    await done('PUT', '/production/git', { url: program.url, branch: 'prodution' })
    await done('POST', '/production/git/sync', { waitSeconds: 30 })
    await todo.getByRole('button', { name: 'Check again' }).click()
    await todo.getByRole('button', { name: 'Use the branch production' }).click()
    await todo.getByRole('link', { name: 'Connection', exact: true }).click()
    await runFirstSync(page)
    await openPage(page, 'Checklist')
    await todo.getByText('Ready: everything is in order.').waitFor()
  }),
)

const VISITS = `name: Visits
source: events-sample
type: raw_sql
rawSql: select 1 as visit_id
isSchema: true
`

const PURCHASES_AND_JOIN = {
  writes: [
    {
      kind: 'related-models',
      slug: 'purchases',
      value: { name: 'Purchases', source: 'sample', type: 'table', tableName: 'purchases' },
    },
    {
      kind: 'model-relationships',
      slug: 'users-purchases',
      value: {
        from: { slug: 'users', mergeColumns: false },
        to: { slug: 'purchases', mergeColumns: false },
        cardinality: '1:many',
        mapping: [{ fromColumn: 'user_id', toColumn: 'user_id' }],
      },
    },
  ],
}

async function start() {
  const folder = temporaryFolder()
  const program = await startHostProgram(githubService())
  onTestFinished(async () => {
    await program.stop()
    expect(program.problems).toEqual([])
  })
  program.tokens.set(TOKEN, new Set(ALL_RIGHTS))
  const server = await startTestServer({
    env: { TANDEM_FILE_ROOTS: folder, TANDEM_GIT_CA_FILE: program.policy.caFile ?? '' },
  })
  onTestFinished(() => server.stop())
  const done = async (method: string, path: string, body: object = {}) => {
    const answer = await server.ask(method, `/workspaces${path}`, { body, headers: { 'if-match': '*' } })
    expect([path, answer.status < 300 ? 'done' : answer.body]).toEqual([path, 'done'])
    return answer.body
  }
  for (const [workspace, source, name] of [
    ['staging', 'sample', 'Sample'],
    ['production', 'live', 'Live'],
  ] as const) {
    const path = join(folder, `${source}.duckdb`)
    await writeWarehouse(path, name)
    await done('POST', '', { slug: workspace })
    await done('PUT', `/${workspace}/sources/${source}`, { name, type: 'duckdb', config: { path } })
  }
  const env = program.gitAccess(TOKEN)
  const person = () =>
    clonePerson({ url: program.url, dir: join(folder, 'clone'), env, branch: 'production' })
  return { server, program, person, done }
}

async function writeWarehouse(path: string, name: string): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run(`create table users as select 1 as user_id, '${name} Fern' as full_name`)
  await connection.run('create table purchases as select 10 as purchase_id, 1 as user_id, 19.90 as amount')
  connection.closeSync()
  instance.closeSync()
}

async function connectToGitHub(
  page: Page,
  { url, apiUrl, branch }: { readonly url: string; readonly apiUrl: string; readonly branch: string },
): Promise<void> {
  await openPage(page, 'Overview')
  await page.getByRole('link', { name: 'Connect repository' }).click()
  await fill(page, 'Access token', TOKEN)
  await choose(page, 'Host', 'GitHub')
  await fill(page, 'API address', apiUrl)
  await page.getByRole('button', { name: 'Next' }).click()
  await fill(page, 'Repository URL', url)
  await page.getByRole('combobox', { name: 'Branch' }).fill(branch)
  await fill(page, 'Look for commits every', '0')
  await page.getByRole('button', { name: 'Next' }).click()
  await runFirstSync(page)
}
