import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousViolations } from '../support/accessibility.ts'
import { startBrowser } from '../support/browser.ts'
import { connectedWorkspace } from '../support/connected-workspace.ts'
import { signIn } from '../support/page-studio.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const EDITOR = { email: 'ed@example.com', password: 'ed edits models' }

const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await connectedWorkspace(server, 'shop')
  await server.ask('POST', '/workspaces/shop/members', {
    body: { ...EDITOR, name: 'Ed Edit', role: 'editor' },
  })
})
afterAll(() => server.stop())

it(
  '[Z8] a person changes the password in the menu of the account, with the present one',
  inBrowser(async ({ page, allowInConsole }) => {
    allowInConsole(/status of 401 .*\/me\/password\)/)
    await signIn(page, `${server.url}/shop/models`, EDITOR)
    await page.getByRole('button', { name: 'Account: Ed Edit' }).click()
    await page.getByRole('menuitem', { name: 'Change password' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change password' })
    await dialog.getByLabel('Present password').waitFor()
    await page.getByRole('menu').waitFor({ state: 'hidden' })
    expect(await seriousViolations(page)).toEqual([])
    const change = dialog.getByRole('button', { name: 'Change password' })
    await dialog.getByLabel('Present password').fill('not his password')
    await dialog.getByLabel('New password').fill('ed has another')
    await change.click()
    await dialog.getByText('The present password is not right.').waitFor()
    await dialog.getByLabel('Present password').fill(EDITOR.password)
    await change.click()
    await page.getByText('Your password is changed').waitFor()
    await page.context().clearCookies()
    await signIn(page, `${server.url}/shop/models`, { ...EDITOR, password: 'ed has another' })
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor()
  }),
)

it(
  '[W1][W2][Z8] on a phone the schema is a list first, and the audit log says in sentences what was done',
  inBrowser(
    async ({ page }) => {
      await signIn(page, `${server.url}/shop/schema`, ADMIN)
      await page.getByRole('table', { name: 'Schema' }).getByRole('link', { name: 'Users' }).first().waitFor()
      await page.getByRole('radiogroup', { name: 'View' }).getByText('Canvas').click()
      await page.getByRole('region', { name: 'Schema canvas' }).waitFor()
      expect(new URL(page.url()).searchParams.get('view')).toBe('canvas')
      await page.goto(`${server.url}/shop/settings/audit`)
      const row = page.getByRole('row', { name: /Added member ed@example\.com/ })
      await row.getByText(/^Role editor/).waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    },
    { viewport: { width: 390, height: 844 } },
  ),
)
