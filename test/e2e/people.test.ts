import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousViolations } from '../support/accessibility.ts'
import { startBrowser } from '../support/browser.ts'
import { connectedWorkspace, USERS } from '../support/connected-workspace.ts'
import { signIn } from '../support/page-studio.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await connectedWorkspace(server, 'shop')
})
afterAll(() => server.stop())

it(
  '[Z8] an admin invites a person by a link, who sets name and password with it and is in; it opens once',
  inBrowser(async ({ page, allowInConsole }) => {
    allowInConsole(/status of 404 .*\/invitations\/read\)/)
    await signIn(page, `${server.url}/shop/settings/members`, ADMIN)
    await page.getByRole('button', { name: 'Invite member' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite a member' })
    await dialog.getByLabel('E-mail address').fill('ivy@example.com')
    await dialog.getByRole('button', { name: 'Make invitation link' }).click()
    const link = await page.getByText(/\/sign-in\/invitation#/).textContent()
    await page.getByRole('table', { name: 'Invitations' }).getByText('ivy@example.com').waitFor()
    await page.getByRole('table', { name: 'Sessions' }).getByText('this one').waitFor()
    expect(await seriousViolations(page)).toEqual([])

    await page.context().clearCookies()
    await page.goto(link ?? '')
    await page.getByRole('heading', { name: 'Join shop' }).waitFor()
    await page.getByLabel('Your name').fill('Ivy Moss')
    await page.getByLabel('Password', { exact: true }).fill('ivy has a long one')
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Join shop' }).click()
    await page.getByRole('button', { name: 'Account: Ivy Moss' }).waitFor()
    await page.getByRole('heading', { level: 1, name: 'Schema' }).waitFor()
    await page.goto('about:blank')
    await page.goto(link ?? '')
    await page.getByText(/This invitation opens nothing/).waitFor()
  }),
)

it(
  '[Z8] [Z10] [Z12] [W3] HTML in a name is text on every page; a kept secret is allowed, keys are measured',
  inBrowser(async ({ page }) => {
    const evil = `<img src=x onerror="document.title='owned'"><b>Bold</b>`
    const sample = ['gh', 'p_', 'x9Yz'.repeat(9)].join('')
    await server.ask('PUT', '/workspaces/shop/parent-models/users', {
      body: { ...USERS, name: evil, description: `Read with ${sample}` },
      headers: { 'if-match': '*' },
    })
    await signIn(page, `${server.url}/shop/schema?view=list`, ADMIN)
    await page.getByRole('table', { name: 'Schema' }).getByText(evil).first().waitFor()
    await page.goto(`${server.url}/shop/settings/audit`)
    await page
      .getByRole('button', { name: /^Details: .*Saved parent model users/ })
      .first()
      .click()
    await page.getByRole('list', { name: 'Differences by field' }).getByText(evil).waitFor()
    expect(await seriousViolations(page)).toEqual([])

    await page.goto(`${server.url}/shop/schema/parent-models/users`)
    await page.getByRole('button', { name: 'Git state: kept back, it may hold a secret' }).click()
    await page.getByText('/description', { exact: true }).waitFor()
    await page.getByRole('button', { name: /^Allow what looks like a GitHub token/ }).click()
    await page.getByRole('button', { name: 'Allow this place' }).click()
    await page.getByRole('button', { name: /^Git state: in Git/ }).waitFor()

    await page.goto(`${server.url}/shop/schema/model-relationships/users-purchases`)
    await page.getByRole('radio', { name: /^Many to one/ }).check()
    await page.getByRole('button', { name: 'Measure' }).click()
    await page.getByText('The rows are one to one.').waitFor()
    await page.getByText('Nothing contradicts what is declared.').waitFor()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect(await page.title()).not.toBe('owned')
  }),
)
