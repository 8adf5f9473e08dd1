import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousViolations } from '../support/accessibility.ts'
import { startBrowser } from '../support/browser.ts'
import { connectedWorkspace, USERS } from '../support/connected-workspace.ts'
import { openPage, signIn } from '../support/page-studio.ts'
import { secondEnvironment } from '../support/second-environment.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

it(
  '[W7][W1] staging and production beside each other: a difference is seen, promoted and taken back',
  inBrowser(
    async ({ page }) => {
      const staging = await connectedWorkspace(server, 'staging')
      await secondEnvironment(server, staging, 'production')
      const { person } = staging
      await server.ask('PUT', '/workspaces/staging/parent-models/users', {
        body: { ...USERS, name: 'Customers' },
        headers: { 'if-match': '*' },
      })
      await staging.sync()

      await signIn(page, `${server.url}/staging/schema`, ADMIN)
      await server.ask('PATCH', '/workspaces/production', {
        body: { name: 'Production of the northern shops' },
      })
      await openPage(page, 'Environments')
      await page.getByText('1 resource of 3 differs.').waitFor()
      await accessible(page)
      await page.setViewportSize({ width: 390, height: 844 })
      const name = page.getByRole('link', { name: 'Production of the northern shops' }).first()
      // Three lines: a name that breaks between letters has a dozen.
      expect((await name.boundingBox())?.height).toBeLessThan(70)
      await page.setViewportSize({ width: 1280, height: 800 })
      await page
        .getByRole('link', { name: 'differs in Production of the northern shops: compare with staging' })
        .click()
      await page.getByText('the alias warehouse means both', { exact: false }).waitFor()
      await accessible(page)
      await page.getByRole('link', { name: 'Promote to production' }).click()

      await page.getByText('1 resource goes to production.').waitFor()
      await accessible(page)
      await page.getByRole('textbox', { name: 'Message' }).fill('Release 7')
      await page.getByRole('button', { name: 'Promote 1 resource' }).click()
      await page
        .getByText('Nothing to promote: production means the same as staging in 3 resources.')
        .waitFor()
      await server.ask('POST', '/workspaces/production/git/sync', { body: { waitSeconds: 60 } })
      await person.git('fetch', '--quiet', 'origin')
      const files = await person.git('diff', '--name-only', 'origin/main', 'origin/production')
      expect(files.split('\n').filter((file) => !/^(aliases|manifest)-/.test(file) && file !== '')).toEqual(
        [],
      )
      expect(await person.git('log', '-1', '--format=%B', 'origin/production')).toContain(
        'Promoted from staging.',
      )

      const before = page.getByRole('region', { name: 'Promoted before' })
      await before.getByRole('button', { name: 'Take back the promotion of 1 resource from staging' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Take back', exact: true }).click()
      await before.getByRole('cell', { name: 'taken back' }).waitFor()

      await page.goto(`${server.url}/production/git/environments/aliases`)
      await page
        .getByRole('row', { name: /warehouse/ })
        .getByRole('combobox')
        .waitFor()
      await accessible(page)
      await page.getByRole('button', { name: 'Rename warehouse' }).click()
      await page.getByRole('textbox', { name: 'New name' }).fill('main-db')
      await page.getByRole('button', { name: 'Rename alias' }).click()
      await page.getByText('main-db: warehouse').waitFor()
      await accessible(page)
      await page.getByRole('button', { name: 'Done' }).click()
      await page.getByRole('row', { name: /main-db/ }).waitFor()
      await person.git('fetch', '--quiet', 'origin')
      expect(await person.git('log', '-1', '--format=%s', 'origin/production')).toBe(
        'Rename alias warehouse to main-db',
      )

      await page.getByRole('button', { name: 'Workspace: Production of the northern shops' }).click()
      await page.getByRole('menuitem', { name: 'Archive this workspace' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Archive workspace' }).click()
      await page
        .getByRole('heading', { level: 1, name: 'Production of the northern shops is archived' })
        .waitFor()
      await accessible(page)
      await page.goto(`${server.url}/staging/git/environments`)
      await page.getByRole('button', { name: 'Workspace: staging' }).click()
      await page.getByRole('menuitem', { name: 'Archived workspaces' }).waitFor()
      expect(await page.getByText('Production of the northern shops').count()).toBe(0)
      await page.getByRole('menuitem', { name: 'Archived workspaces' }).click()
      await page
        .getByRole('dialog', { name: 'Archived workspaces' })
        .getByText('archived', { exact: false })
        .first()
        .waitFor()
      await accessible(page)
      await page.getByRole('button', { name: 'Restore Production of the northern shops' }).click()
      await page.getByRole('button', { name: 'Workspace: Production of the northern shops' }).waitFor()
      await page.getByRole('heading', { level: 1, name: 'Schema' }).waitFor()
    },
    { reducedMotion: 'reduce' },
  ),
)

async function accessible(page: Page): Promise<void> {
  expect(await seriousViolations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  const overflow = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(overflow).toBe(0)
  await page.setViewportSize({ width: 1280, height: 800 })
}
