import type { Page } from 'playwright-core'
import { fill, openPage } from './page-studio.ts'

/** From the Overview of a workspace without Git to the plan of the first sync. Nothing is synced yet. */
export async function connectRepository(
  page: Page,
  url: string,
  token: string,
  { pollSeconds }: { readonly pollSeconds: number },
): Promise<void> {
  await openPage(page, 'Overview')
  await page.getByRole('link', { name: 'Connect repository' }).click()
  await page.getByRole('radio', { name: 'HTTPS with a token' }).check()
  await fill(page, 'Access token', token)
  await page.getByRole('button', { name: 'Next' }).click()
  await fill(page, 'Repository URL', url)
  await fill(page, 'Look for commits every', String(pollSeconds))
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await page.getByRole('status').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('region', { name: 'Plan' }).waitFor()
}

/** Starts the first sync from the wizard's plan and waits until the page says how it ended. */
export async function runFirstSync(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Start first sync' }).click()
  await page.getByText('succeeded', { exact: true }).waitFor()
  return page.getByRole('main').getByRole('heading', { level: 2 }).first().innerText()
}
