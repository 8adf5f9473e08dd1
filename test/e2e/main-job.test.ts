import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { plainGit } from '../support/git-bare.ts'
import { startGitHttpServer } from '../support/git-http-server.ts'
import { clonePerson, tokenAccess } from '../support/git-person.ts'
import { connectRepository, runFirstSync } from '../support/page-git.ts'
import {
  choose,
  create,
  fill,
  openPage,
  previewRows,
  save,
  signIn,
  startNew,
  waitUntilInGit,
} from '../support/page-studio.ts'
import { ADMIN, startTestServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const inBrowser = startBrowser()

it(
  '[W1][W2][W4][W5][W6][S7][S8][S14] a new user builds a schema, connects Git, and both sides follow each other',
  inBrowser(async ({ page }) => {
    const { server, git, remote, folder } = await start()

    await signIn(page, server.url, ADMIN)
    await fill(page, 'Name', 'Shop')
    await page.getByRole('button', { name: 'Create workspace' }).click()

    await createSource(page, folder)
    await createSchema(page)

    // A person would wait out the minute between two looks at the branch; the test does not.
    await connectRepository(page, remote.url, git.token ?? '', { pollSeconds: 1 })
    expect(await runFirstSync(page)).toBe(
      "Ann's changes to users, purchases and 2 more are in Git, 2 commits.",
    )
    const [second, first, ...older] = await log(remote.dir, 9)
    expect(older).toEqual([])
    expect(first).toMatchObject({
      author: 'Ann <ann@example.com>',
      files: [
        'A aliases-shop.yaml',
        'A manifest-shop.yaml',
        'A schema/event-models/page-viewed.yaml',
        'A schema/parent-models/users.yaml',
        'A schema/related-models/purchases.yaml',
      ],
    })
    expect(second).toMatchObject({
      parent: first?.oid,
      author: 'Ann <ann@example.com>',
      files: ['A schema/model-relationships/users-purchases.yaml'],
    })

    const loadedAt = await page.evaluate(() => performance.timeOrigin)
    await openPage(page, 'Schema')
    const picture = await page.context().newPage()
    await picture.goto(page.url())
    await picture.getByRole('link', { name: 'Users, parent model' }).waitFor()
    await page.getByRole('link', { name: 'Users, parent model' }).click()
    await waitUntilInGit(page)

    const person = await clonePerson({
      url: remote.url,
      dir: join(folder, 'clone'),
      env: tokenAccess(git.token ?? '', git.caFile),
    })
    const users = await person.read('schema/parent-models/users.yaml')
    await person.write(
      'schema/parent-models/users.yaml',
      users.replace(/^name: .*$/m, '$&\ndescription: Who buys plants'),
    )
    await person.write('schema/related-models/reviews.yaml', REVIEWS)
    await person.commit('Say who users are; add reviews')
    await person.push()
    await picture.getByRole('link', { name: 'Reviews, related model' }).waitFor()
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Description' }).inputValue())
      .toBe('Who buys plants')

    const joined = 'schema/model-relationships/users-purchases.yaml'
    const lines = (await person.read(joined)).split('\n')
    const line = lines.findIndex((text) => text.startsWith('cardinality:'))
    await person.write(joined, lines.with(line, 'cardinality: many:many').join('\n'))
    const broken = await person.commit('Join the other way')
    await person.push()
    await page.getByRole('link', { name: /^Git: blocked/ }).waitFor()

    await openPage(page, 'Runs')
    await page
      .getByRole('row', { name: /failed/ })
      .first()
      .getByRole('link')
      .click()
    const findings = page.getByRole('region', { name: 'Diagnostics' }).getByRole('region', { name: joined })
    await findings.getByText(`line ${line + 1}`, { exact: true }).waitFor()
    await findings.getByText('wrong-value').waitFor()

    await picture.getByRole('link', { name: 'Purchases, related model' }).click()
    await fill(picture, 'Description', 'What they bought')
    await save(picture)
    const shown = await waitUntilInGit(picture)
    const [saved] = await log(remote.dir, 1)
    expect(saved).toMatchObject({
      parent: broken,
      author: 'Ann <ann@example.com>',
      subject: 'Update related model Purchases: description',
    })
    expect(saved?.oid.slice(0, 7)).toBe(shown)
    const { body } = await server.ask('GET', '/workspaces/shop/model-relationships/users-purchases')
    expect(body).toMatchObject({ cardinality: '1:many' })

    await person.pull()
    await person.write(joined, lines.join('\n'))
    await person.commit('Join as before')
    await person.push()
    await page.getByRole('link', { name: /^Git: in sync/ }).waitFor()
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt)

    await openPage(page, 'Overview')
    await page.getByRole('button', { name: `Copy the commit id ${shown}` }).waitFor()
    await server.ask('PUT', '/workspaces/shop/git', { body: { url: remote.url, host: { type: 'gitea' } } })
    const commit = page.getByRole('link', { name: shown, exact: true })
    expect(await commit.getAttribute('href')).toBe(`${remote.url.replace(/\.git$/, '')}/commit/${saved?.oid}`)
  }),
)

async function start() {
  const folder = temporaryFolder()
  writeWarehouse(folder)
  const git = await startGitHttpServer()
  onTestFinished(() => git.stop())
  const remote = await git.createRepository('acme/schema')
  const server = await startTestServer({
    env: { TANDEM_FILE_ROOTS: folder, TANDEM_GIT_CA_FILE: git.caFile ?? '' },
  })
  onTestFinished(() => server.stop())
  return { server, git, remote, folder }
}

function writeWarehouse(folder: string): void {
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  write('users.csv', [
    'user_id,full_name,email',
    '1,Rosa Fern,rosa@example.com',
    '2,Basil Reed,basil@example.com',
  ])
  write('purchases.csv', ['purchase_id,user_id,amount', '10,1,19.90', '11,1,5.00', '12,2,42.50'])
  write('page_views.json', [
    '{"user_id": 1, "path": "/ferns", "viewed_at": "2026-03-01T10:00:00Z"}',
    '{"user_id": 2, "path": "/moss", "viewed_at": "2026-03-02T11:30:00Z"}',
  ])
}

async function createSource(page: Page, folder: string): Promise<void> {
  await openPage(page, 'Sources')
  await page.getByRole('link', { name: 'New source' }).click()
  await fill(page, 'Name', 'Warehouse')
  // Another type on the way: the form is that of the type that stands, and of no other.
  await choose(page, 'Type', 'PostgreSQL')
  await fill(page, 'Host', 'db.example.com')
  await choose(page, 'Type', 'DuckDB')
  expect(
    await page.getByRole('form', { name: 'source' }).getByRole('textbox').allTextContents(),
  ).toHaveLength(2)
  await fill(page, 'File or folder', folder)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await page.getByText(/answers in .*: 3 tables\./).waitFor()
  await create(page, 'source', 'Warehouse')
}

async function createSchema(page: Page): Promise<void> {
  await startNew(page, 'Parent model')
  await fill(page, 'Name', 'Users')
  await choose(page, 'Table', 'users')
  await previewRows(page).getByRole('cell', { name: 'Rosa Fern' }).waitFor()
  await choose(page, 'Primary key', 'user_id')
  await create(page, 'parent model', 'Users')

  await startNew(page, 'Related model')
  await fill(page, 'Name', 'Purchases')
  await choose(page, 'Table', 'purchases')
  await previewRows(page).getByRole('cell', { name: '42.5' }).waitFor()
  await create(page, 'related model', 'Purchases')

  await startNew(page, 'Event model')
  await fill(page, 'Name', 'Page Viewed')
  await page.getByText('SQL', { exact: true }).click()
  await page.getByRole('textbox', { name: 'SQL' }).fill('select user_id, path, viewed_at from page_views')
  await page.getByRole('button', { name: 'Run changed SQL' }).click()
  await previewRows(page).getByRole('cell', { name: '/moss' }).waitFor()
  await choose(page, 'Timestamp column', 'viewed_at')
  await create(page, 'event model', 'Page Viewed')

  await startNew(page, 'Relationship')
  await choose(page, 'From model', 'Users')
  await choose(page, 'To model', 'Purchases')
  await page.getByRole('radio', { name: 'One to many' }).check()
  await choose(page, 'Users column', 'user_id')
  await choose(page, 'Purchases column', 'user_id')
  await create(page, 'relationship', 'Users → Purchases')
}

const REVIEWS = `name: Reviews
source: warehouse
type: raw_sql
rawSql: select 1 as review_id, 2 as user_id
isSchema: true
`

type Committed = {
  readonly oid: string
  readonly parent: string
  readonly author: string
  readonly subject: string
  readonly files: readonly string[]
}

/** The newest commits of the remote, the newest first, with what each one touched. */
async function log(dir: string, most: number): Promise<readonly Committed[]> {
  const format = '--format=%x00%H%n%P%n%an <%ae>%n%s'
  const text = await plainGit(dir, ['log', `--max-count=${most}`, format, '--name-status', 'main'])
  return text
    .split('\0')
    .slice(1)
    .map((part) => {
      const [oid = '', parent = '', author = '', subject = '', ...files] = part.split('\n')
      const touched = files.filter((line) => line !== '').map((line) => line.replace('\t', ' '))
      return { oid, parent, author, subject, files: touched }
    })
}
