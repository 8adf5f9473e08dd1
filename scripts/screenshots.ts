import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { argv, env } from 'node:process'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { CHROMIUM_FLAGS, chromiumProgram } from '../test/support/chromium.ts'
import { prepareWorkspaces } from './picture-workspaces.ts'

/**
 * Pictures of every page for docs/guide, from a running demo server:
 * `TANDEM_SERVER=http://127.0.0.1:4400 TANDEM_ADMIN_EMAIL=… TANDEM_ADMIN_PASSWORD=… node scripts/screenshots.ts`;
 * with names behind it, only those.
 */
const SERVER = env.TANDEM_SERVER ?? 'http://127.0.0.1:4400'
const OUT = join(import.meta.dirname, '..', 'docs', 'guide', 'screens')

type Picture = {
  readonly name: string
  readonly path: string
  readonly tab?: string
  readonly signedOut?: true
}

const PICTURES: readonly Picture[] = [
  { name: 'sign-in', path: '/sign-in', signedOut: true },
  { name: 'schema', path: '/staging/schema?view=canvas' },
  { name: 'schema-focus', path: '/staging/schema?view=canvas&focus=users' },
  { name: 'schema-list', path: '/staging/schema?view=list' },
  { name: 'model', path: '/staging/schema/parent-models/users' },
  { name: 'model-sql', path: '/staging/schema/related-models/plants' },
  { name: 'model-yaml', path: '/staging/schema/parent-models/users', tab: 'YAML' },
  { name: 'model-history', path: '/staging/schema/parent-models/users', tab: 'History' },
  { name: 'model-used-by', path: '/staging/schema/parent-models/users', tab: 'Used by' },
  { name: 'model-new', path: '/staging/new/event-models' },
  { name: 'relationship', path: '/staging/schema/model-relationships/users-purchases' },
  { name: 'models', path: '/staging/models' },
  { name: 'syncs', path: '/staging/syncs' },
  { name: 'sync', path: '/staging/syncs/newsletter-audience-to-crm-platform' },
  { name: 'sources', path: '/staging/sources' },
  { name: 'source', path: '/staging/sources/source-001' },
  { name: 'destinations', path: '/staging/destinations' },
  { name: 'connect-credentials', path: '/growth/git/connect?step=credentials' },
  { name: 'connect-repository', path: '/growth/git/connect?step=repository' },
  { name: 'connect-plan', path: '/growth/git/connect?step=plan' },
  { name: 'first-steps', path: '/growth/schema' },
  { name: 'overview', path: '/staging/git' },
  { name: 'overview-held', path: '/orchard/git' },
  { name: 'overview-blocked', path: '/nursery/git' },
  { name: 'runs', path: '/staging/git/runs' },
  { name: 'checklist', path: '/staging/git/checklist' },
  { name: 'conflicts', path: '/garden/git/conflicts' },
  { name: 'conflict', path: '/garden/git/conflicts/related-models/plants' },
  { name: 'deleted', path: '/garden/deleted' },
  { name: 'history', path: '/staging/git/history' },
  { name: 'overview-review', path: '/greenhouse/git' },
  { name: 'environments', path: '/garden/git/environments' },
  { name: 'environments-compare', path: '/garden/git/environments/compare?from=garden&to=staging' },
  { name: 'promote', path: '/garden/git/environments/promote?from=garden&to=orchard' },
  { name: 'aliases', path: '/staging/git/environments/aliases' },
  { name: 'members', path: '/staging/settings/members' },
  { name: 'api-keys', path: '/staging/settings/api-keys' },
  { name: 'audit-log', path: '/staging/settings/audit' },
]

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const

async function signIn(context: BrowserContext): Promise<void> {
  const data = { email: env.TANDEM_ADMIN_EMAIL ?? '', password: env.TANDEM_ADMIN_PASSWORD ?? '' }
  const answer = await context.request.post(`${SERVER}/api/v1/auth/sign-in/email`, {
    data,
    headers: { origin: SERVER },
  })
  if (!answer.ok())
    throw new Error(`Sign-in failed (${answer.status()}): set TANDEM_ADMIN_EMAIL and TANDEM_ADMIN_PASSWORD.`)
}

/** Runs and commits have ids of their own on every server. */
async function withIds(context: BrowserContext): Promise<readonly Picture[]> {
  const ask = async (path: string) =>
    (await context.request.get(`${SERVER}/api/v1/workspaces/${path}`)).json()
  const [runs, held, errors, history] = [
    await ask('staging/git/runs?limit=1'),
    await ask('orchard/git'),
    await ask('nursery/git'),
    await ask('garden/git/history?limit=10'),
  ]
  const [newest, oldest] = [history.items.at(0).commit, history.items.at(-1).commit]
  return [
    { name: 'run', path: `/staging/git/runs/${runs.items[0].id}` },
    { name: 'run-held', path: `/orchard/git/runs/${held.status.heldRun}` },
    { name: 'run-errors', path: `/nursery/git/runs/${errors.status.lastRun}` },
    { name: 'version', path: `/garden/git/history/${newest}` },
    { name: 'compare', path: `/garden/git/compare?from=${oldest}` },
  ]
}

/** Nothing has been loading for a while: one answer often asks for the next, and the canvas fits at last. */
async function settled(page: Page): Promise<void> {
  for (let quiet = 0; quiet < 4; ) {
    await page.waitForTimeout(300)
    quiet = (await page.getByRole('status', { name: 'Loading' }).count()) === 0 ? quiet + 1 : 0
  }
}

async function take(context: BrowserContext, picture: Picture, suffix: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${SERVER}${picture.path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  if (picture.tab !== undefined) await page.getByRole('tab', { name: picture.tab }).click()
  await settled(page)
  await page.screenshot({ path: join(OUT, `${picture.name}-${suffix}.png`), animations: 'disabled' })
  await page.close()
}

const only = argv.slice(2)
mkdirSync(OUT, { recursive: true })
const browser = await chromium.launch({
  executablePath: chromiumProgram(),
  args: CHROMIUM_FLAGS,
})
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of SIZES) {
      const options = { viewport, colorScheme, reducedMotion: 'reduce' } as const
      const [inside, outside] = [await browser.newContext(options), await browser.newContext(options)]
      await signIn(inside)
      await prepareWorkspaces(inside.request, SERVER)
      const suffix = `${colorScheme}-${viewport.width}`
      for (const picture of [...PICTURES, ...(await withIds(inside))]) {
        if (only.length > 0 && !only.includes(picture.name)) continue
        await take(picture.signedOut ? outside : inside, picture, suffix)
      }
      await Promise.all([inside.close(), outside.close()])
    }
  }
} finally {
  await browser.close()
}
