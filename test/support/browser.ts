import { mkdtempSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { CHROMIUM_FLAGS, chromiumProgram } from './chromium.ts'

/** Answers that the page asks for knowing that they may be refused; the browser writes each into its console. */
const ORDINARY = [
  /status of 401 .*\/api\/v1\/me\)/, // nobody is signed in yet
  /status of 404 .*\/git\)/, // no repository is connected yet
  /status of 409 .*\/git\/aliases\)/,
]
/** Two busy cores: what takes longer than this is broken, not slow. */
const PATIENCE_MS = 60_000

export type Visit = {
  readonly page: Page
  /** A message of the browser's console that this test brings about on purpose, such as a refused request. */
  allowInConsole(message: RegExp): void
}

/** Wraps the body of a test: `it('…', inBrowser(async ({ page }) => …))`. */
export type InBrowser = (
  body: (visit: Visit) => Promise<void>,
  options?: BrowserContextOptions,
) => () => Promise<void>

/** One browser for the file, and for each test a person who was never here before. */
export function startBrowser(): InBrowser {
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumProgram(), args: CHROMIUM_FLAGS })
  })
  afterAll(() => browser?.close())
  return (body, options) => async () => {
    if (browser === undefined) throw new Error('the browser is started before the tests')
    await visit(browser, body, options)
  }
}

async function visit(
  browser: Browser,
  body: (visit: Visit) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    // Nothing to wait for where a thing moves to its place.
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const complaints: string[] = []
  const allowed = [...ORDINARY]
  context.on('weberror', (one) => complaints.push(`uncaught: ${one.error().stack ?? one.error().message}`))
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
  })
  const page = await context.newPage()
  try {
    await body({ page, allowInConsole: (message) => allowed.push(message) })
    const unexpected = complaints.filter((complaint) => !allowed.some((one) => one.test(complaint)))
    expect(unexpected, 'errors in the browser').toEqual([])
  } catch (cause) {
    throw await withEvidence(cause, page, complaints)
  } finally {
    await context.close()
  }
}

/** The same failure, naming the folder where the page is kept as it was: picture, text, address, console. */
async function withEvidence(cause: unknown, page: Page, complaints: readonly string[]): Promise<Error> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-failed-page-'))
  const said = cause instanceof Error ? cause : new Error(String(cause))
  try {
    const text = await page.locator('body').ariaSnapshot({ timeout: 2000 })
    await writeFile(join(folder, 'page.txt'), [page.url(), ...complaints, '', text, ''].join('\n'))
    await page.screenshot({ path: join(folder, 'page.png'), timeout: 5000 })
  } catch {
    // A page that is gone shows nothing; the failure itself is what counts.
  }
  said.message = `${said.message}\nThe page as it was: ${folder}`
  return said
}
