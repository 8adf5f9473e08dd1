import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { type ConnectedWorkspace, connectedWorkspace, USERS } from '../support/connected-workspace.ts'
import { plainGit } from '../support/git-bare.ts'
import { fill, openPage, save, signIn, waitForGitState, waitUntilInGit } from '../support/page-studio.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const FILE = 'schema/parent-models/users.yaml'
const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

it(
  "[S5][W6] the page of a resource leads to its conflict, and Git's version replaces the studio's",
  inBrowser(async ({ page }) => {
    const workspace = await connectedWorkspace(server, 'takes-git')
    await makeConflict(page, workspace)
    await settle(page, 'Git')
    await expect.poll(() => description(page)).toBe('From Git')
    await page.getByRole('region', { name: 'Conflict' }).waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: /^Git: in sync/ }).waitFor()
    expect(await fileInGit(workspace)).toMatch(/^description: From Git$/m)
  }),
)

it(
  "[S5][S7] the workspace's version of a conflict reaches Git as a commit on top of the other",
  inBrowser(async ({ page }) => {
    const workspace = await connectedWorkspace(server, 'takes-workspace')
    const theirs = await makeConflict(page, workspace)
    await settle(page, 'Workspace')
    await page.getByRole('region', { name: 'Conflict' }).waitFor({ state: 'hidden' })
    await waitUntilInGit(page)
    expect(await description(page)).toBe('From the studio')
    expect(await fileInGit(workspace)).toMatch(/^description: From the studio$/m)
    expect(await plainGit(workspace.remote, ['log', '-1', '--format=%P %an', 'main'])).toBe(`${theirs} Ann`)
  }),
)

it(
  '[A2][W1] a save on top of somebody else’s shows what they changed, and goes through on top of it',
  inBrowser(async ({ page, allowInConsole }) => {
    allowInConsole(/status of 412/)
    // The page does not hear of the other save, as on a line that is down for a moment.
    allowInConsole(/\/events/)
    await page.route('**/api/v1/workspaces/*/events', (route) => route.abort())
    const { slug } = await connectedWorkspace(server, 'stale')
    await openUsers(page, slug)
    await fill(page, 'Name', 'People')
    const theirs = { ...USERS, description: 'Who buys plants' }
    const path = `/workspaces/${slug}/parent-models/users`
    expect((await server.ask('PUT', path, { body: theirs, headers: { 'if-match': '*' } })).status).toBe(200)
    const bar = page.getByRole('region', { name: 'Unsaved changes' })
    await bar.getByRole('button', { name: 'Save', exact: true }).click()

    const banner = page.getByRole('alert').filter({ hasText: 'This changed while you were editing' })
    await banner.getByRole('heading', { name: 'This changed while you were editing: description' }).waitFor()
    await banner.getByText('Who buys plants').waitFor()
    expect((await server.ask('GET', path)).body).toMatchObject(theirs)
    await banner.getByRole('button', { name: 'Keep my changes on top' }).click()
    await save(page)
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor()
    expect((await server.ask('GET', path)).body).toMatchObject({ ...theirs, name: 'People' })
  }),
)

it(
  '[W1][W6] an edit that is not saved yet hears at once of a save beside it, and can be dropped for it',
  inBrowser(async ({ page }) => {
    const { slug } = await connectedWorkspace(server, 'beside')
    await openUsers(page, slug)
    await fill(page, 'Description', 'Mine')
    const theirs = { ...USERS, description: 'Theirs' }
    await server.ask('PUT', `/workspaces/${slug}/parent-models/users`, {
      body: theirs,
      headers: { 'if-match': '*' },
    })
    await page.getByText('You changed description too').waitFor()
    await page.getByRole('button', { name: 'Drop my changes' }).click()
    await expect.poll(() => description(page)).toBe('Theirs')
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'hidden' })
  }),
)

async function openUsers(page: Page, slug: string): Promise<void> {
  await signIn(page, `${server.url}/${slug}/schema/parent-models/users`, ADMIN)
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
}

/** Both sides describe users, differently; answers the person's commit. */
async function makeConflict(page: Page, { slug, person }: ConnectedWorkspace): Promise<string> {
  await openUsers(page, slug)
  await waitUntilInGit(page)
  await person.write(FILE, (await person.read(FILE)).replace(/^name: .*$/m, '$&\ndescription: From Git'))
  const commit = await person.commit('Describe users')
  await person.push()
  await fill(page, 'Description', 'From the studio')
  await save(page)
  await page.getByRole('link', { name: /^Git: conflicts/ }).waitFor()
  await waitForGitState(page, 'conflict')
  const banner = page.getByRole('region', { name: 'Conflict' })
  await banner.getByRole('heading', { name: 'Changed differently on both sides: description' }).waitFor()
  return commit
}

/** From the page of the resource to its conflict, to a side, and back. */
async function settle(page: Page, side: 'Workspace' | 'Git'): Promise<void> {
  await page.getByRole('link', { name: 'Settle the conflict' }).click()
  const field = page.getByRole('radiogroup', { name: 'Description' })
  await field.getByRole('radio', { name: 'Workspace From the studio' }).waitFor()
  await field.getByRole('radio', { name: 'Git From Git' }).waitFor()
  await field.getByRole('radio', { name: new RegExp(`^${side}`) }).check()
  await page.getByRole('button', { name: 'Settle', exact: true }).click()
  await page.getByText('Nothing is in conflict').waitFor()
  await openPage(page, 'Schema')
  await page.getByRole('link', { name: 'Users, parent model' }).click()
}

const description = (page: Page): Promise<string> =>
  page.getByRole('textbox', { name: 'Description' }).inputValue()

const fileInGit = ({ remote }: ConnectedWorkspace): Promise<string> =>
  plainGit(remote, ['show', `main:${FILE}`])
