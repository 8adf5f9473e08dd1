import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

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
