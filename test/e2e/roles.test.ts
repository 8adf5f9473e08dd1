import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { connectedWorkspace } from '../support/connected-workspace.ts'
import { fill, openPage, type Person, save, signIn, waitUntilInGit } from '../support/page-studio.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const VIEWER = { email: 'vera@example.com', password: 'vera reads only' }
const EDITOR = { email: 'ed@example.com', password: 'ed edits models' }
const NEEDS_EDITOR = 'Your role here is viewer: ask an admin for the editor role.'
const NEEDS_ADMIN = 'Only an admin of this workspace can do this.'

const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await connectedWorkspace(server, 'shop')
  await join({ ...VIEWER, name: 'Vera View' }, 'viewer')
  await join({ ...EDITOR, name: 'Ed Edit' }, 'editor')
})
afterAll(() => server.stop())

it(
  '[W1][Z8] a viewer reads everything, and each thing that needs an editor is disabled and says so',
  inBrowser(async ({ page }) => {
    await signIn(page, `${server.url}/shop/schema`, VIEWER)
    await expectBlocked(page, page.getByRole('button', { name: 'New', exact: true }))
    await openPage(page, 'Sources')
    await expectBlocked(page, page.getByRole('button', { name: 'New source' }))
    await openPage(page, 'Overview')
    await expectBlocked(page, page.getByRole('button', { name: 'Sync now' }))
    await expectBlocked(page, page.getByRole('button', { name: 'Full resync' }))

    await openPage(page, 'Schema')
    await page.getByRole('link', { name: 'Users, parent model' }).click()
    await page.getByRole('cell', { name: 'Rosa Fern' }).waitFor()
    await fill(page, 'Description', 'Not mine to say')
    await expectBlocked(page, page.getByRole('button', { name: 'Save', exact: true }))
    const { body } = await server.ask('GET', '/workspaces/shop/parent-models/users')
    expect(body).not.toHaveProperty('description')
    await page.getByRole('button', { name: 'Discard' }).click()
  }),
)

it(
  '[W1][Z8] a viewer is told who may open the pages of the settings',
  inBrowser(async ({ page }) => {
    await signIn(page, `${server.url}/shop/settings/members`, VIEWER)
    await page.getByRole('heading', { level: 1, name: 'Members' }).waitFor()
    for (const name of ['Members', 'API keys', 'Audit log']) {
      await openPage(page, name)
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await page.getByRole('main').getByText(NEEDS_ADMIN).waitFor()
    }
  }),
)

it(
  "[W4][Z8] an editor saves, and the commit is the editor's; the connection's settings are out of reach",
  inBrowser(async ({ page }) => {
    await signIn(page, `${server.url}/shop/schema/related-models/purchases`, EDITOR)
    await fill(page, 'Description', 'Told by an editor')
    await save(page)
    await waitUntilInGit(page)

    await openPage(page, 'Overview')
    await page.getByText('Update related model Purchases: description').waitFor()
    await page.getByText(/by Ed Edit/).waitFor()
    const main = page.getByRole('main')
    expect(await main.getByRole('link', { name: 'Change connection' }).count()).toBe(0)
    expect(await main.getByRole('button', { name: 'Disconnect' }).count()).toBe(0)
    await page.goto(`${server.url}/shop/git/connect?step=repository`)
    await page.getByText(NEEDS_ADMIN).waitFor()
    expect(await page.getByRole('textbox', { name: 'Repository URL' }).count()).toBe(0)
  }),
)

async function join(person: Person & { readonly name: string }, role: string): Promise<void> {
  const answer = await server.ask('POST', '/workspaces/shop/members', { body: { ...person, role } })
  expect(answer.status).toBe(201)
}

/** Disabled in a way that a keyboard still reaches, with the reason in its tooltip. */
async function expectBlocked(page: Page, button: Locator): Promise<void> {
  await button.waitFor()
  expect(await button.getAttribute('aria-disabled')).toBe('true')
  await button.hover()
  await page.getByRole('tooltip', { name: NEEDS_EDITOR }).waitFor()
  await page.mouse.move(0, 0)
  await page.getByRole('tooltip').waitFor({ state: 'hidden' })
}
