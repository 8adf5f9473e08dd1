import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { argv, env } from 'node:process'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { CHROMIUM_FLAGS, chromiumProgram } from '../test/support/chromium.ts'
import { prepareConflict } from './picture-conflict.ts'

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
  { name: 'schema', path: '/staging/schema' },
  { name: 'schema-focus', path: '/staging/schema?focus=users' },
  { name: 'schema-list', path: '/staging/schema?view=list' },
  { name: 'model', path: '/staging/schema/parent-models/users' },
  { name: 'model-sql', path: '/staging/schema/related-models/plants' },
  { name: 'model-yaml', path: '/staging/schema/parent-models/users', tab: 'YAML' },
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
  { name: 'overview', path: '/staging/git' },
  { name: 'runs', path: '/staging/git/runs' },
  { name: 'conflicts', path: '/garden/git/conflicts' },
  { name: 'conflict', path: '/garden/git/conflicts/related-models/plants' },
  { name: 'deleted', path: '/garden/deleted' },
  { name: 'history', path: '/staging/git/history' },
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

/** A workspace whose first sync is still to come, on a branch of its own: its plan has something to show. */
async function prepareGrowth(context: BrowserContext): Promise<void> {
  const headers = { origin: SERVER }
  const api = `${SERVER}/api/v1/workspaces`
  const connection = await (await context.request.get(`${api}/staging/git`)).json()
  await context.request.post(api, { data: { slug: 'growth', name: 'Growth' }, headers })
  const { url } = connection
  const data = { url, branch: 'growth', adopt: 'staging', credentials: { type: 'none' } }
  const answer = await context.request.put(`${api}/growth/git`, {
    data,
    headers: { ...headers, 'if-match': '*' },
  })
  if (!answer.ok()) throw new Error(`The workspace for the wizard was not connected: ${await answer.text()}`)
}

/** The newest run has an id of its own on every server. */
async function withRun(context: BrowserContext): Promise<readonly Picture[]> {
  const answer = await context.request.get(`${SERVER}/api/v1/workspaces/staging/git/runs?limit=1`)
  const { items }: { items: { id: string }[] } = await answer.json()
  return items.map(({ id }) => ({ name: 'run', path: `/staging/git/runs/${id}` }))
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
      await prepareGrowth(inside)
      await prepareConflict(inside.request, SERVER)
      const suffix = `${colorScheme}-${viewport.width}`
      for (const picture of [...PICTURES, ...(await withRun(inside))]) {
        if (only.length > 0 && !only.includes(picture.name)) continue
        await take(picture.signedOut ? outside : inside, picture, suffix)
      }
      await Promise.all([inside.close(), outside.close()])
    }
  }
} finally {
  await browser.close()
}
