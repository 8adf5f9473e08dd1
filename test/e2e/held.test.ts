import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousViolations } from '../support/accessibility.ts'
import { startBrowser } from '../support/browser.ts'
import { type ConnectedWorkspace, connectedWorkspace, USERS } from '../support/connected-workspace.ts'
import { plainGit } from '../support/git-bare.ts'
import { openPage, type Person, signIn, waitForGitState } from '../support/page-studio.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const EDITOR = { email: 'ed@example.com', password: 'ed edits models' }
const USERS_FILE = 'schema/parent-models/users.yaml'
const REVIEWS_FILE = 'schema/related-models/reviews.yaml'
const REVIEWS = 'name: Reviews\nsource: warehouse\ntype: raw_sql\nrawSql: select 1 as id\nisSchema: true\n'

const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

it(
  '[S19][W4][W6][Z8] a connection is told to ask, and what comes in waits until an admin has looked at it',
  inBrowser(async ({ page }) => {
    const { slug, person, sync } = await connectedWorkspace(server, 'asks')
    const joined = { ...EDITOR, name: 'Ed Edit', role: 'editor' }
    await server.ask('POST', `/workspaces/${slug}/members`, { body: joined })
    await signIn(page, `${server.url}/${slug}/git/connect?step=repository`, ADMIN)
    await page.getByRole('switch', { name: 'Ask for approval of what comes in' }).check()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('link', { name: 'Go to the overview' }).click()
    await page.getByText('waits for the approval of an admin').waitFor()

    await person.write(USERS_FILE, `${await person.read(USERS_FILE)}primaryLabel: full_name\n`)
    await person.commit('Label users')
    await person.push()
    await sync()
    await signInAs(page, EDITOR, `/${slug}/schema/parent-models/users`)
    await waitForGitState(page, 'held')
    await openPage(page, 'Overview')
    const held = page.getByRole('region', { name: 'Held for consent' })
    await held.getByText('An admin of this workspace approves it.').waitFor()
    expect(await held.getByRole('button').count()).toBe(0)

    await signInAs(page, ADMIN, `/${slug}/git`)
    await held.getByText('full_name').waitFor()
    await held.getByRole('button', { name: 'Approve 1 change' }).click()
    await page.getByRole('heading', { name: '1 change from Git is in the workspace.' }).waitFor()
    const { body } = await server.ask('GET', `/workspaces/${slug}/parent-models/users`)
    expect(body).toMatchObject({ primaryLabel: 'full_name' })
  }),
)

it(
  '[S16][W5] what a rewritten history dropped is sent again, on top of what it brought',
  inBrowser(async ({ page }) => {
    const workspace = await connectedWorkspace(server, 'sends-again')
    await rewriteHistory(workspace)
    const { slug, remote } = workspace
    await openHeld(page, slug)
    await page.getByRole('button', { name: 'Send it again' }).click()
    await page.getByRole('link', { name: /^Git: in sync/ }).waitFor()
    expect(await description(slug)).toBe('Said here')
    expect(await plainGit(remote, ['show', `main:${USERS_FILE}`])).toMatch(/^description: Said here$/m)
    expect(await plainGit(remote, ['ls-tree', '--name-only', 'main', REVIEWS_FILE])).toBe(REVIEWS_FILE)
  }),
)

it(
  '[S16][W5] what a rewritten history dropped is given up here too, after one more question',
  inBrowser(async ({ page }) => {
    const workspace = await connectedWorkspace(server, 'gives-up')
    const head = await rewriteHistory(workspace)
    const { slug, remote } = workspace
    await openHeld(page, slug)
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Give it up here too' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Give it up', exact: true }).click()
    await page.getByRole('link', { name: /^Git: in sync/ }).waitFor()
    expect(await description(slug)).toBeUndefined()
    expect(await plainGit(remote, ['rev-parse', 'main'])).toBe(head)
  }),
)

it(
  '[S16][W5] a branch that is gone is made again from the workspace',
  inBrowser(async ({ page }) => {
    const { slug, remote, sync } = await connectedWorkspace(server, 'gone')
    const before = await plainGit(remote, ['ls-tree', '-r', 'main'])
    await plainGit(remote, ['update-ref', '-d', 'refs/heads/main'])
    await sync()
    await openHeld(page, slug)
    await page.getByRole('heading', { name: 'The branch that was synced is gone from the remote.' }).waitFor()
    await page.getByRole('button', { name: 'Make the branch again' }).click()
    await page.getByRole('link', { name: /^Git: in sync/ }).waitFor()
    expect(await plainGit(remote, ['ls-tree', '-r', 'main'])).toBe(before)
  }),
)

/** To the held run, by the next step that the Overview names. */
async function openHeld(page: Page, slug: string): Promise<void> {
  await signIn(page, `${server.url}/${slug}/git`, ADMIN)
  await page.getByRole('status').getByRole('link', { name: 'The held run' }).click()
  await page.getByRole('heading', { level: 1, name: 'Waits for a person to agree' }).waitFor()
  await page.getByRole('region', { name: 'Held for consent' }).waitFor()
}

/** Somebody replaces the last commit, a save of ours, by one of their own. Answers the new head. */
async function rewriteHistory({ slug, person, sync }: ConnectedWorkspace): Promise<string> {
  const body = { ...USERS, description: 'Said here' }
  const at = `/workspaces/${slug}/parent-models/users`
  expect((await server.ask('PUT', at, { body, headers: { 'if-match': '*' } })).status).toBe(200)
  await sync()
  await person.write(REVIEWS_FILE, REVIEWS)
  const head = await person.commit('Add reviews')
  await person.push('--force')
  await sync()
  return head
}

async function description(slug: string): Promise<unknown> {
  const { body } = await server.ask('GET', `/workspaces/${slug}/parent-models/users`)
  return (body as { description?: string }).description
}

async function signInAs(page: Page, person: Person, path: string): Promise<void> {
  await page.context().clearCookies()
  await signIn(page, `${server.url}${path}`, person)
}
