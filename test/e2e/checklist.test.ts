import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessible } from '../support/accessibility.ts'
import { startBrowser } from '../support/browser.ts'
import { connectedWorkspace } from '../support/connected-workspace.ts'
import { openPage, signIn } from '../support/page-studio.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const FILE = 'schema/parent-models/users.yaml'
const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

it(
  '[S27][W1] the checklist tells what is wrong, failing first, and mends it by a click',
  inBrowser(
    async ({ page }) => {
      const { person, sync } = await connectedWorkspace(server, 'listed')
      await signIn(page, `${server.url}/listed/schema`, ADMIN)
      await openPage(page, 'Checklist')
      const verdict = page.getByRole('main').getByRole('status')
      await verdict.getByText('Ready: everything is in order.').waitFor()
      await accessible(page)

      await person.write(FILE, (await person.read(FILE)).replace('source: warehouse', 'source: main-db'))
      await person.commit('Name the source by what it is')
      await person.push()
      // The run that ends checks the open page again.
      await sync()
      const faults = page.getByRole('region', { name: 'To mend' })
      await faults.getByRole('heading', { name: 'Unknown source main-db' }).waitFor()
      await faults.getByText('main-db: warehouse', { exact: true }).waitFor()

      await server.ask('PATCH', '/workspaces/listed', { body: { gitSync: false } })
      await page.getByRole('button', { name: 'Check again' }).click()
      await verdict.getByText('3 things to mend.').waitFor()
      expect(await faults.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([
        'Git Sync',
        'Unknown source main-db',
        'Pending: schema/model-relationships/users-purchases.yaml',
      ])
      await accessible(page)
      await page.setViewportSize({ width: 390, height: 844 })
      await accessible(page)

      await faults.getByRole('button', { name: 'Switch Git Sync on' }).click()
      await verdict.getByText('2 things to mend.').waitFor()
      await faults.getByRole('button', { name: 'Add alias main-db' }).click()
      await verdict.getByText('Ready: everything is in order.').waitFor()
      expect((await server.ask('GET', '/workspaces/listed/git/aliases')).body).toEqual({
        sources: { 'main-db': 'warehouse' },
        destinations: {},
      })
    },
    { reducedMotion: 'reduce' },
  ),
)

it(
  '[S27][W1] before a repository is connected the checklist says what it will show',
  inBrowser(async ({ page }) => {
    await server.ask('POST', '/workspaces', { body: { slug: 'lone' } })
    await signIn(page, `${server.url}/lone/git/checklist`, ADMIN)
    await page.getByText(/^Once a repository is connected, this page checks live/).waitFor()
    await page.getByRole('main').getByRole('link', { name: 'Connect repository' }).waitFor()
  }),
)
