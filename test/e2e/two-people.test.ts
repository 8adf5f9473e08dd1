import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousViolations } from '../support/accessibility.ts'
import { startBrowser } from '../support/browser.ts'
import { type ConnectedWorkspace, connectedWorkspace, USERS } from '../support/connected-workspace.ts'
import { plainGit } from '../support/git-bare.ts'
import { fill, openPage, save, signIn, waitForGitState, waitUntilInGit } from '../support/page-studio.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const USERS_FILE = 'schema/parent-models/users.yaml'

const inBrowser = startBrowser()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

it(
  '[S4][S5][S7][W5] two people edit one model: different fields merge by themselves, the same field is settled by field',
  inBrowser(async ({ page }) => {
    const workspace = await connectedWorkspace(server, 'one-model')
    const { slug, person } = workspace
    await signIn(page, `${server.url}/${slug}/schema/parent-models/users`, ADMIN)
    await waitUntilInGit(page)

    await person.write(USERS_FILE, `${await person.read(USERS_FILE)}primaryLabel: full_name\n`)
    const labelled = await person.commit('Label users')
    await person.push()
    await fill(page, 'Description', 'Who buys plants')
    await save(page)
    await waitUntilInGit(page)
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Primary label' }).inputValue())
      .toBe('full_name')
    expect(await newest(workspace)).toEqual([`Ann: Update parent model Users: description (${labelled})`])

    await person.pull()
    const file = await person.read(USERS_FILE)
    await person.write(
      USERS_FILE,
      file
        .replace('name: Users', 'name: People')
        .replace('description: Who buys plants', 'description: Everybody')
        .replace('1 as user_id', '2 as user_id'),
    )
    const theirs = await person.commit('Rename users')
    await person.push()
    await fill(page, 'Name', 'Customers')
    await page.getByRole('textbox', { name: 'SQL' }).fill("select 3 as user_id, 'Rosa Fern' as full_name")
    await save(page)
    await waitForGitState(page, 'conflict')

    await page.getByRole('link', { name: 'Conflicts, 1 waiting' }).click()
    await page.getByRole('cell', { name: 'Changed differently on both sides: name and SQL' }).waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('table', { name: 'Conflicts' }).getByRole('link', { name: 'Customers' }).click()
    await page.getByText('Changed in Git alone, taken over: description.').waitFor()
    const settle = page.getByRole('button', { name: 'Settle', exact: true })
    expect(await settle.getAttribute('aria-disabled')).toBe('true')
    await side(page, 'Name', 'Git').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('textbox', { name: 'Name, by hand' }).fill('Shoppers')
    await side(page, 'SQL', 'Workspace').check()
    const result = page.getByRole('region', { name: 'The result' })
    await result.getByText('name: Shoppers').waitFor()
    await page
      .getByText('One commit to Git: name and SQL; the workspace takes name and description')
      .waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await settle.click()
    await page.getByText('Nothing is in conflict').waitFor()
    await page.getByRole('link', { name: /^Git: in sync/ }).waitFor()
    expect(await newest(workspace)).toEqual([`Ann: Update parent model Shoppers: name, rawSql (${theirs})`])
    expect(await plainGit(workspace.remote, ['show', `main:${USERS_FILE}`])).toBe(
      [
        'name: Shoppers',
        'source: warehouse',
        'description: Everybody',
        'type: raw_sql',
        "rawSql: select 3 as user_id, 'Rosa Fern' as full_name",
        'primaryKey: user_id',
        'primaryLabel: full_name',
      ].join('\n'),
    )
  }),
)

it(
  '[S5][A2] a choice made for versions that moved on is refused, and the new ones are there to choose from',
  inBrowser(async ({ page, allowInConsole }) => {
    allowInConsole(/status of 412/)
    allowInConsole(/\/events/)
    const workspace = await connectedWorkspace(server, 'moves-on')
    const { slug, person, sync } = workspace
    await describeInGit(workspace, 'From Git')
    await saveUsers(slug, { description: 'From the studio' })
    await sync()
    // The page does not hear of what comes next, as on a line that is down for a moment.
    await page.route('**/api/v1/workspaces/*/events', (route) => route.abort())
    await signIn(page, `${server.url}/${slug}/git/conflicts/parent-models/users`, ADMIN)
    await side(page, 'Description', 'Git').check()
    await person.write(
      USERS_FILE,
      (await person.read(USERS_FILE)).replace('description: From Git', 'description: From Git, later'),
    )
    await person.commit('Describe users again')
    await person.push()
    await sync()
    await page.getByRole('button', { name: 'Settle', exact: true }).click()
    await page.getByRole('alert').getByText('Nothing was settled').waitFor()
    await page.getByText('moved on, choose again').waitFor()
    await page.getByRole('radio', { name: 'Git From Git, later' }).check()
    await page.getByRole('button', { name: 'Settle', exact: true }).click()
    await page.getByText('Nothing is in conflict').waitFor()
    const { body } = await server.ask('GET', `/workspaces/${slug}/parent-models/users`)
    expect(body).toMatchObject({ description: 'From Git, later' })
  }),
)

it(
  '[S15][S16][W5][W6] a deletion of many waits for consent, is approved as shown, and one of them is restored',
  inBrowser(async ({ page }) => {
    const workspace = await connectedWorkspace(server, 'many')
    const { slug, remote } = workspace
    const commit = await deleteModels(workspace)
    await signIn(page, `${server.url}/${slug}/models`, ADMIN)
    await page.getByRole('button', { name: 'Git state: held' }).first().click()
    await page.getByRole('dialog').getByRole('link', { name: 'What waits' }).click()
    const held = page.getByRole('region', { name: 'Held for consent' })
    await held.getByRole('heading', { name: 'It would delete 7 of 10 resources of the workspace.' }).waitFor()
    expect(await held.getByRole('listitem').count()).toBeGreaterThanOrEqual(7)
    expect(await seriousViolations(page)).toEqual([])
    await held.getByRole('button', { name: 'Approve 7 deletions' }).click()
    await page.getByRole('heading', { name: '7 changes from Git are in the workspace.' }).waitFor()
    expect((await server.ask('GET', `/workspaces/${slug}/models`)).body).toEqual({
      items: [],
      nextCursor: null,
    })

    await openPage(page, 'Deleted')
    await page.getByRole('button', { name: 'Restore Gone 3' }).waitFor()
    expect(await page.getByRole('button', { name: /^Restore Gone/ }).count()).toBe(7)
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Restore Gone 3' }).click()
    await page.getByRole('heading', { level: 1, name: 'Gone 3' }).waitFor()
    await waitUntilInGit(page)
    expect(await newest(workspace)).toEqual([`Ann: Add model Gone 3 (${commit})`])
    expect(await plainGit(remote, ['ls-tree', '--name-only', 'main', 'models/'])).toBe('models/gone-3.yaml')
  }),
)

it(
  '[S15] what is deleted comes back by Undo, and under another slug where the old one is taken',
  inBrowser(async ({ page, allowInConsole }) => {
    allowInConsole(/status of 404/)
    allowInConsole(/status of 409/)
    const { slug } = await connectedWorkspace(server, 'undone')
    const model = {
      name: 'Orders',
      source: 'warehouse',
      type: 'raw_sql',
      rawSql: 'select 1 as id',
      primaryKey: 'id',
    }
    const put = (value: object) =>
      server.ask('PUT', `/workspaces/${slug}/models/orders`, { body: value, headers: { 'if-match': '*' } })
    await put(model)
    await signIn(page, `${server.url}/${slug}/models/orders`, ADMIN)
    await remove(page)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor()

    await remove(page)
    await put({ ...model, name: 'Other orders' })
    await openPage(page, 'Deleted')
    await page.getByRole('button', { name: 'Restore Orders' }).click()
    await page.getByRole('dialog').getByText('Another model is called').waitFor()
    await fill(page, 'Slug', 'old-orders')
    await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor()
    expect((await server.ask('GET', `/workspaces/${slug}/models`)).body).toMatchObject({
      items: [
        { slug: 'old-orders', name: 'Orders' },
        { slug: 'orders', name: 'Other orders' },
      ],
    })
  }),
)

it(
  '[S14][W5] a commit with errors is undone from the page, or its file set aside',
  inBrowser(async ({ page }) => {
    const workspace = await connectedWorkspace(server, 'faulty')
    const { slug, person, sync } = workspace
    const good = await person.read(USERS_FILE)
    await person.write(USERS_FILE, good.replace('name: Users', 'name: [Users]'))
    const broken = await person.commit('Break users')
    await person.push()
    await sync()
    await signIn(page, `${server.url}/${slug}/git`, ADMIN)
    const blocked = page.getByRole('region', { name: 'A commit with errors' })
    await blocked.getByText('name must be text').waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await blocked.getByRole('button', { name: 'Put the last good version back' }).click()
    await page.getByRole('link', { name: /^Git: in sync/ }).waitFor()
    expect((await newest(workspace))[0]).toMatch(new RegExp(`^Ann: .*\\(${broken}\\)$`))
    expect(`${await plainGit(workspace.remote, ['show', `main:${USERS_FILE}`])}\n`).toBe(good)

    await person.pull()
    await person.write(USERS_FILE, good.replace('name: Users', 'name: {}'))
    await person.write(
      'schema/related-models/reviews.yaml',
      'name: Reviews\nsource: warehouse\ntype: raw_sql\nrawSql: select 1 as id\nisSchema: true\n',
    )
    await person.commit('Break users again, add reviews')
    await person.push()
    await sync()
    await openPage(page, 'Runs')
    await page
      .getByRole('row', { name: /failed/ })
      .first()
      .getByRole('link')
      .click()
    await page.getByRole('button', { name: `Set ${USERS_FILE} aside` }).click()
    await page.getByRole('heading', { name: '1 change from Git is in the workspace.' }).waitFor()
    await openPage(page, 'Schema')
    await page.getByRole('link', { name: 'Reviews, related model' }).waitFor()
    await page.getByRole('link', { name: 'Users, parent model' }).click()
    await waitForGitState(page, 'set aside')
  }),
)

/** The card of a side in a field's choice. */
const side = (page: Page, field: string, name: 'Workspace' | 'Git') =>
  page.getByRole('radiogroup', { name: field }).getByRole('radio', { name: new RegExp(`^${name}`) })

/** The newest commit: who, what, and on top of which. */
async function newest({ remote }: ConnectedWorkspace): Promise<string[]> {
  return (await plainGit(remote, ['log', '-1', '--format=%an: %s (%P)', 'main'])).split('\n')
}

async function remove(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete model' }).click()
  await page.getByRole('button', { name: 'Delete model' }).click()
  await page.getByText('Orders is deleted').waitFor()
}

async function describeInGit({ person }: ConnectedWorkspace, description: string): Promise<void> {
  const text = await person.read(USERS_FILE)
  await person.write(USERS_FILE, text.replace(/^name: .*$/m, `$&\ndescription: ${description}`))
  await person.commit('Describe users')
  await person.push()
}

async function saveUsers(slug: string, fields: object): Promise<void> {
  const answer = await server.ask('PUT', `/workspaces/${slug}/parent-models/users`, {
    body: { ...USERS, ...fields },
    headers: { 'if-match': '*' },
  })
  expect(answer.status).toBe(200)
}

/** Seven models, made here and deleted in Git: more than a fifth of all. Answers the commit. */
async function deleteModels({ slug, person, sync }: ConnectedWorkspace): Promise<string> {
  const names = Array.from({ length: 7 }, (_, i) => i)
  const value = { source: 'warehouse', type: 'raw_sql', rawSql: 'select 1 as id', primaryKey: 'id' }
  const writes = names.map((i) => ({
    kind: 'models',
    slug: `gone-${i}`,
    value: { name: `Gone ${i}`, ...value },
  }))
  expect((await server.ask('POST', `/workspaces/${slug}/changes`, { body: { writes } })).status).toBe(200)
  await sync()
  await person.pull()
  for (const i of names) await person.remove(join('models', `gone-${i}.yaml`))
  const commit = await person.commit('Remove what is gone')
  await person.push()
  await sync()
  return commit
}
