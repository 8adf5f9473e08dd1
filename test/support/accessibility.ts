import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

type Axe = { run(where: object, how: object): Promise<AxeResults> }

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rows of a long table are alike: some of them speak for all. */
const EXCEPT = { exclude: [['tbody tr:nth-child(n+5)']] }

/** Style sheets would be read for one rule alone, which is experimental and not on. */
const QUICK = { resultTypes: ['violations'], preload: { assets: ['media'] } } satisfies RunOptions

/** What axe finds on the page as it stands that keeps people out: one line each, empty when all is well. */
export async function seriousViolations(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  const options: RunOptions = rules === undefined ? {} : { runOnly: [...rules] }
  const { violations } = await page.evaluate(
    // The script above put axe there.
    ([where, how]) => (globalThis as unknown as { axe: Axe }).axe.run(where, how),
    [EXCEPT, { ...QUICK, ...options } satisfies RunOptions] as const,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.any[0]?.message ?? ''}`))
}

/** In both themes, and no wider than its window. */
export async function accessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
    // Colours half-way between two themes are nobody's.
    await page.evaluate('Promise.allSettled(document.getAnimations().map((one) => one.finished))')
    expect(await seriousViolations(page)).toEqual([])
  }
  const overflow = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(overflow).toBe(0)
}
