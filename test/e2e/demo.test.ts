import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousViolations } from '../support/accessibility.ts'
import { startBrowser } from '../support/browser.ts'
import { plainGit } from '../support/git-bare.ts'
import { openPage, previewRows, signIn } from '../support/page-studio.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { TANDEM_DATABASE_URL: '', TANDEM_DEMO: 'on' } })
})
afterAll(() => server.stop())

it(
  '[C1][W2] the demo opens as a picture of the plant store; a card opens to live rows and the file as Git has it',
  inBrowser(async ({ page }) => {
    await signIn(page, server.url, ADMIN)
    const canvas = page.getByRole('region', { name: 'Schema canvas' })
    await canvas.getByRole('link', { name: 'Users, parent model' }).waitFor()
    expect((await canvas.getByRole('article').count()) > 5).toBe(true)

    await canvas.getByRole('link', { name: 'Users, parent model' }).click()
    await page.getByText(/^First \d+ rows, 13 columns, /).waitFor()
    await previewRows(page).getByRole('cell', { name: '100001', exact: true }).waitFor()
    await page.getByRole('tab', { name: 'YAML' }).click()
    const path = 'schema/parent-models/users.yaml'
    await page.getByRole('tabpanel', { name: 'YAML' }).getByText(path).waitFor()
    const file = await plainGit(join(server.dataDir, 'demo', 'plant-store.git'), ['show', `main:${path}`])
    const shown = () => page.getByRole('textbox', { name: 'YAML' }).innerText()
    await expect.poll(async () => (await shown()).trimEnd()).toBe(file)
  }),
)

it(
  '[W1][W2] the schema reads as a list too, and keys alone lead through it',
  inBrowser(async ({ page }) => {
    await signIn(page, `${server.url}/staging/schema`, ADMIN)
    await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click()
    const rows = page.getByRole('table', { name: 'Schema' }).getByRole('link')
    await rows.first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    const second = await rows.nth(1).innerText()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: second, exact: true }).waitFor()

    await page.keyboard.press('ControlOrMeta+k')
    const palette = page.getByRole('combobox', { name: 'Search resources, pages and commands' })
    await palette.waitFor()
    await page.keyboard.type('purch')
    await page.getByRole('option', { name: /^Purchases Related model/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Purchases' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/staging/schema/related-models/purchases')
  }),
)

it(
  '[W1] dark is chosen in the menu of the account and stays',
  inBrowser(
    async ({ page }) => {
      await signIn(page, `${server.url}/staging/models`, ADMIN)
      await page.getByRole('button', { name: /^Account: / }).click()
      const light = await lightness(page)
      await page.getByRole('menuitemradio', { name: 'Dark theme' }).click()
      await expect.poll(async () => (await lightness(page)) < light / 3).toBe(true)
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor()
      expect((await lightness(page)) < light / 3).toBe(true)
    },
    { colorScheme: 'light' },
  ),
)

const PAGES = [
  'schema',
  'schema?view=list',
  'schema/parent-models/users',
  'schema/related-models/purchases',
  'schema/event-models/page-viewed',
  'schema/model-relationships/users-purchases',
  'models',
  'models/newsletter-audience',
  'syncs',
  'syncs/newsletter-audience-to-crm-platform',
  'sources',
  'sources/source-001',
  'destinations',
  'destinations/ops-webhook',
  'new/parent-models',
  'new/model-relationships',
  'new/syncs',
  'new/sources',
  'git',
  'git/connect?step=credentials',
  'git/connect?step=repository',
  'git/runs',
  'settings/members',
  'settings/api-keys',
  'settings/audit',
]

it(
  '[W1] no page keeps people out: names, roles and contrast in both themes, and no sideways scrolling on a phone',
  inBrowser(async ({ page }) => {
    await page.goto(`${server.url}/sign-in`)
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    const found: Record<string, readonly string[]> = { 'sign-in': await problemsOf(page) }
    await signIn(page, `${server.url}/staging/schema`, ADMIN)
    await page.getByRole('heading', { level: 1 }).waitFor()
    for (const path of PAGES) {
      // As a link does it: the page is not loaded anew.
      await page.evaluate(goTo, `/staging/${path}`)
      found[path] = await problemsOf(page)
    }
    await openPage(page, 'Runs')
    await page.getByRole('table', { name: 'Runs' }).getByRole('link').first().click()
    await page.getByRole('list', { name: 'Steps' }).waitFor()
    found['git/runs/one'] = await problemsOf(page)
    const faulty = Object.entries(found).filter(([, problems]) => problems.length > 0)
    expect(Object.fromEntries(faulty)).toEqual({})
  }),
  600_000,
)

async function problemsOf(page: Page): Promise<readonly string[]> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  const loading = page.getByRole('status', { name: 'Loading' })
  await expect.poll(() => loading.count(), { timeout: 20_000 }).toBe(0)
  const light = await seriousViolations(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(whenColoursStand)
  const dark = (await seriousViolations(page, ['color-contrast'])).map((line) => `dark: ${line}`)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 844 })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  await page.setViewportSize({ width: 1440, height: 900 })
  return [...light, ...dark, ...(over > 0 ? [`at 390 px: ${over} px too wide`] : [])]
}

function goTo(path: string): void {
  history.pushState({}, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
}

/** Colours glide from one theme to the other: only where they arrive counts. */
async function whenColoursStand(): Promise<void> {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
  const gliding = document.getAnimations().filter((one) => one instanceof CSSTransition)
  await Promise.allSettled(gliding.map((one) => one.finished))
}

/** Of the page's background, 0 to 255. */
async function lightness(page: Page): Promise<number> {
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const parts = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
  return parts.reduce((sum, part) => sum + part, 0) / 3
}
