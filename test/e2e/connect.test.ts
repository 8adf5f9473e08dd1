import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousViolations } from '../support/accessibility.ts'
import { startBrowser } from '../support/browser.ts'
import { createBare, headOf } from '../support/git-bare.ts'
import { clonePerson } from '../support/git-person.ts'
import { runFirstSync } from '../support/page-git.ts'
import { fill, openPage, signIn } from '../support/page-studio.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const ADOPTED = join(import.meta.dirname, '..', 'fixtures', 'adopted')
const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

it(
  '[W4][S29][E5] a repository of another workspace is connected as it is: its manifest adopted, none of its files changed',
  inBrowser(async ({ page }) => {
    const { dir, head } = await adoptedRepository()
    await server.ask('POST', '/workspaces', { body: { slug: 'acme' } })
    await signIn(page, `${server.url}/acme/git`, ADMIN)
    await page.getByRole('link', { name: 'Connect repository' }).click()
    await page.getByRole('radio', { name: 'No credentials' }).check()
    await next(page)
    await fill(page, 'Repository URL', `file://${dir}`)
    await next(page)
    await planned(page, '0 in, 0 out, 10 pending')

    // Left in the middle and taken up again: it goes on at the plan.
    await openPage(page, 'Schema')
    await openPage(page, 'Overview')
    await page.getByRole('link', { name: 'Go on with the first sync' }).click()
    await planned(page, '0 in, 0 out, 10 pending')
    await page.getByRole('button', { name: 'Back' }).click()
    await fill(page, 'Adopt the manifest of', 'acme-sandbox')
    await next(page)
    await planned(page, '6 in, 0 out, 2 pending, 2 set aside')
    await page
      .getByRole('region', { name: 'schema/model-relationships/loco-accounts-accounts-2.yaml' })
      .getByText('there is no parent, related or event model loco-accounts', { exact: false })
      .waitFor()

    expect(await runFirstSync(page)).toBe('6 changes from Git are in the workspace.')
    expect(await headOf(dir)).toBe(head)
    await page.getByRole('link', { name: 'Go to the overview' }).click()
    await page.getByText('2 files set aside').waitFor()
    await page.getByRole('button', { name: 'Webhook' }).click()
    const webhook = page.getByRole('dialog', { name: 'Webhook' })
    await webhook.getByText(/\/api\/v1\/webhooks\/[\w-]{36}$/).waitFor()
    await webhook.getByRole('button', { name: 'Make a secret' }).click()
    await webhook.getByText(/^whsec_/).waitFor()
    await webhook.getByRole('button', { name: 'Make another secret' }).waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await openPage(page, 'Sources')
    const sources = page.getByRole('table', { name: 'Sources' })
    await sources.getByRole('row', { name: /^Snowflake/ }).waitFor()
    expect(await sources.getByText('not connected').count()).toBe(2)
  }),
)

async function adoptedRepository(): Promise<{ readonly dir: string; readonly head: string }> {
  const dir = join(server.dataDir, 'adopted.git')
  await createBare(dir)
  const person = await clonePerson({ url: dir, dir: join(server.dataDir, 'adopted') })
  cpSync(ADOPTED, person.dir, { recursive: true })
  const head = await person.commit('As another product left it')
  await person.push()
  return { dir, head }
}

const next = (page: Page): Promise<void> => page.getByRole('button', { name: 'Next' }).click()

/** The plan that the wizard shows, by its counts. */
async function planned(page: Page, counts: string): Promise<void> {
  await page.getByRole('region', { name: 'Plan' }).getByText(counts, { exact: true }).waitFor()
}
