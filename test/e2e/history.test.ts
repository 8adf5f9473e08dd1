import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessible } from '../support/accessibility.ts'
import { startBrowser } from '../support/browser.ts'
import { type ConnectedWorkspace, connectedWorkspace, USERS } from '../support/connected-workspace.ts'
import { plainGit } from '../support/git-bare.ts'
import { openPage, signIn, waitUntilInGit } from '../support/page-studio.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const FILE = 'schema/parent-models/users.yaml'
const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

it(
  '[S23][W5] the schema rolled back three commits is one honest commit, shown before it is made',
  inBrowser(async ({ page }) => {
    const workspace = await withVersions('rolled-back')
    const before = await log(workspace, '%H')
    const target = before[3] ?? ''
    const short = target.slice(0, 7)
    await signIn(page, `${server.url}/rolled-back/schema`, ADMIN)
    await openPage(page, 'History')
    const table = page.getByRole('table', { name: 'Versions' })
    await table.getByRole('row', { name: /Describe purchases/ }).waitFor()
    expect(await subjects(page)).toEqual([
      'Describe purchases',
      'Rename users',
      'Describe users',
      'Add relationship users-purchases',
      'Add 2 models',
    ])
    await table.getByRole('link', { name: 'Add relationship users-purchases' }).click()
    await page.getByRole('heading', { level: 1, name: 'Add relationship users-purchases' }).waitFor()
    await page.getByRole('button', { name: 'Roll back to this version' }).click()
    const dialog = page.getByRole('dialog', { name: `Roll the schema back to ${short}` })
    await dialog.getByText(/^In the workspace: 2 changed\./).waitFor()
    const changed = dialog.getByRole('region', { name: 'Changed' })
    await changed.getByText('people', { exact: true }).click()
    await changed.getByText('One row a person').waitFor()
    expect(await log(workspace, '%H')).toEqual(before)
    await dialog.getByRole('button', { name: 'Roll back 2 resources' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await openPage(page, 'History')
    const subject = `Roll back the schema to ${short}: update 2 models`
    await table.getByRole('link', { name: subject }).waitFor()
    expect(await log(workspace, '%s')).toEqual([
      subject,
      'Describe purchases',
      'Rename users',
      'Describe users',
      'Add relationship users-purchases',
      'Add 2 models',
    ])
    expect((await log(workspace, '%H')).slice(1)).toEqual(before)
    expect((await log(workspace, '%an'))[0]).toBe('Ann')
    // At today's slug and place.
    const tree = await plainGit(workspace.remote, [
      'ls-tree',
      '-r',
      '--name-only',
      'main',
      'schema/parent-models',
    ])
    expect(tree).toBe('schema/parent-models/people.yaml')
    const then = await plainGit(workspace.remote, ['show', `${target}:${FILE}`])
    expect(await plainGit(workspace.remote, ['show', 'main:schema/parent-models/people.yaml'])).toBe(then)
  }),
)

it(
  "[S23][W2] a resource's History tab restores a version of it alone, and offers no way back to the one that is here",
  inBrowser(async ({ page }) => {
    const workspace = await withVersions('restored')
    await signIn(page, `${server.url}/restored/schema/parent-models/people`, ADMIN)
    await page.getByRole('tab', { name: 'History' }).click()
    const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem')
    await versions.first().waitFor()
    expect(
      (await versions.allInnerTexts()).map((text) => text.split('\n').filter(Boolean).slice(0, 2)),
    ).toEqual([
      ['Rename users', expect.stringMatching(/^renamed from users/)],
      ['Describe users', 'description'],
      ['Add 2 models', 'added'],
    ])
    await versions
      .last()
      .getByRole('button', { name: /^Restore people as of/ })
      .click()
    const dialog = page.getByRole('dialog', { name: /^Restore parent model people to/ })
    await dialog.getByText('One row a person').waitFor()
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await waitUntilInGit(page)
    await expect.poll(() => page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('')
    const newest = async () => (await log(workspace, '%s'))[0] ?? ''
    await expect.poll(newest).toMatch(/^Roll back parent model Users to [0-9a-f]{7}$/)
    const subject = await newest()

    await versions.first().getByText(subject).waitFor()
    await versions.first().getByText('as it is now').waitFor()
    expect(
      await versions
        .first()
        .getByRole('button', { name: /^Restore/ })
        .count(),
    ).toBe(0)
  }),
)

it(
  '[S23][W1] two versions are compared by field and as text; the pages work in both themes and on a phone',
  inBrowser(
    async ({ page }) => {
      await withVersions('compared')
      await signIn(page, `${server.url}/compared/git/history`, ADMIN)
      await page.getByRole('checkbox', { name: /Rename users$/ }).check()
      await page.getByRole('checkbox', { name: /Add 2 models$/ }).check()
      await accessible(page)
      await page.getByRole('button', { name: 'Compare', exact: true }).click()
      await page.getByRole('region', { name: 'Before' }).getByText('Add 2 models').waitFor()
      await page.getByRole('region', { name: 'After' }).getByText('Rename users').waitFor()
      const renamed = page.getByRole('region', { name: 'Renamed' })
      await renamed.getByText('parent model, was users').click()
      await renamed.getByText('One row a person').waitFor()
      await page.getByRole('radiogroup', { name: 'Show differences' }).getByText('As text').click()
      const text = page.getByRole('region', { name: 'people' })
      await text.getByText('+ description: One row a person').waitFor()
      expect(new URL(page.url()).searchParams.get('view')).toBe('text')
      await accessible(page)
      await page.reload()
      await text.getByText('+ description: One row a person').waitFor()

      await page.setViewportSize({ width: 390, height: 844 })
      await openHere(page, '/compared/git/history')
      await page.getByRole('link', { name: 'Rename users' }).waitFor()
      await accessible(page)
      await page.getByRole('link', { name: 'Rename users' }).click()
      await page.getByRole('heading', { level: 1, name: 'Rename users' }).waitFor()
      await accessible(page)
    },
    { reducedMotion: 'reduce' },
  ),
)

it(
  '[S23][W1] before a repository is connected the page says what it will show',
  inBrowser(async ({ page }) => {
    await server.ask('POST', '/workspaces', { body: { slug: 'lone' } })
    await server.ask('PUT', '/workspaces/lone/sources/warehouse', { body: { type: 'duckdb', config: {} } })
    await server.ask('PUT', '/workspaces/lone/parent-models/users', { body: USERS })
    await signIn(page, `${server.url}/lone/git/history`, ADMIN)
    await page.getByText(/^Once a repository is connected, its commits are the versions/).waitFor()
    await page.getByRole('main').getByRole('link', { name: 'Connect repository' }).waitFor()
    await openHere(page, '/lone/schema/parent-models/users')
    await page.getByRole('tab', { name: 'History' }).click()
    await page.getByText(/^Once a repository is connected, the versions of this parent model/).waitFor()
  }),
)

/** Three commits of a person on top of the first sync: an edit, a rename, another edit. */
async function withVersions(slug: string): Promise<ConnectedWorkspace> {
  const workspace = await connectedWorkspace(server, slug)
  const { person } = workspace
  const described = (await person.read(FILE)).replace(/^name: .*$/m, '$&\ndescription: One row a person')
  await person.write(FILE, described)
  await person.commit('Describe users')
  const relation = 'schema/model-relationships/users-purchases.yaml'
  await person.git('mv', FILE, 'schema/parent-models/people.yaml')
  await person.write(relation, (await person.read(relation)).replace('slug: users', 'slug: people'))
  await person.commit('Rename users')
  const purchases = 'schema/related-models/purchases.yaml'
  const read = await person.read(purchases)
  await person.write(purchases, read.replace(/^name: .*$/m, '$&\ndescription: One row a purchase'))
  await person.commit('Describe purchases')
  await person.push()
  await workspace.sync()
  return workspace
}

async function log({ remote }: ConnectedWorkspace, format: string): Promise<string[]> {
  return (await plainGit(remote, ['log', `--format=${format}`, 'main'])).split('\n')
}

const subjects = (page: Page): Promise<string[]> =>
  page.getByRole('table', { name: 'Versions' }).getByRole('link').allInnerTexts()

const openHere = (page: Page, path: string) => page.goto(`${server.url}${path}`)
