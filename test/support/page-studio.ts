import type { Locator, Page } from 'playwright-core'

/** What a person does in the studio, by role and label only. */

export type Person = { readonly email: string; readonly password: string }

export async function signIn(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(url)
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(person.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('form', { name: 'Sign in' }).waitFor({ state: 'detached' })
}

/** Goes to a page by the rail on the left. */
export async function openPage(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click()
}

/** The way to a new model or relationship from the schema. */
export async function startNew(page: Page, what: string): Promise<void> {
  await openPage(page, 'Schema')
  const menu = page.getByRole('button', { name: 'New', exact: true })
  const first = page.getByRole('link', { name: `New ${what.toLowerCase()}` })
  await menu.or(first).first().waitFor()
  await menu.click()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
  await page.getByRole('heading', { name: `New ${what.toLowerCase()}` }).waitFor()
}

export async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).fill(text)
}

/** Picks one of the choices that a field offers. */
export async function choose(page: Page, label: string, choice: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true })
  await field.click()
  const option = page.getByRole('option', { name: choice, exact: true })
  await option.click()
  await option.waitFor({ state: 'hidden' })
}

export const previewRows = (page: Page): Locator => page.getByRole('region', { name: 'Preview rows' })

/** Presses the button of the bar at the bottom, and waits until the page is that of what is saved. */
export async function create(page: Page, word: string, name: string): Promise<void> {
  await page.getByRole('button', { name: `Create ${word}` }).click()
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
}

export async function save(page: Page): Promise<void> {
  const bar = page.getByRole('region', { name: 'Unsaved changes' })
  await bar.getByRole('button', { name: 'Save', exact: true }).click()
  await bar.waitFor({ state: 'hidden' })
}

/** Waits until the pill beside the open resource's name reads `conflict`, `pending` … */
export async function waitForGitState(page: Page, word: string): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('button', { name: `Git state: ${word}` })
    .waitFor()
}

/** Waits until the open resource is in Git; answers the short id of its commit. */
export async function waitUntilInGit(page: Page): Promise<string> {
  const pill = page.getByRole('main').getByRole('button', { name: /^Git state: in Git · [0-9a-f]{7}$/ })
  await pill.waitFor()
  return (await pill.innerText()).slice(-7)
}
