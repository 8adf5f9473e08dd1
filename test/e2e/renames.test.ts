import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousViolations } from '../support/accessibility.ts'
import { startBrowser } from '../support/browser.ts'
import { connectedWorkspace } from '../support/connected-workspace.ts'
import { plainGit } from '../support/git-bare.ts'
import { signIn } from '../support/page-studio.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

it(
  '[S18][W5] a file renamed in Git is a rename on the run, and files that use the old name are mended by a click',
  inBrowser(async ({ page }) => {
    const { slug, remote, person, sync } = await connectedWorkspace(server, 'renames')
    await person.write(
      'schema/parent-models/people.yaml',
      await person.read('schema/parent-models/users.yaml'),
    )
    await person.remove('schema/parent-models/users.yaml')
    await person.commit('Rename users')
    await person.push()
    await sync()
    await signIn(page, `${server.url}/${slug}/git`, ADMIN)
    const names = page.getByRole('region', { name: 'Old names' })
    await names
      .getByRole('heading', { name: '1 file in Git uses the old name of a renamed resource.' })
      .waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await names.getByRole('button', { name: 'Mend references' }).click()
    await page.getByText('Mend references to users, now people').first().waitFor()
    const joined = 'main:schema/model-relationships/users-purchases.yaml'
    // The run tells its commits as soon as they are made, a moment before they are pushed.
    await expect.poll(() => plainGit(remote, ['show', joined])).toMatch(/^ {2}slug: people$/m)
    await page.goto(`${server.url}/${slug}/git`)
    await page.getByRole('heading', { name: 'Connection' }).waitFor()
    // What it mended is told after the push is read back.
    await expect.poll(() => names.count()).toBe(0)
  }),
)
