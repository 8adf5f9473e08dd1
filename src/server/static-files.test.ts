import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadStaticFiles } from './static-files.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'static-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets', 'main-abc.js'), 'x'.repeat(5000))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = loadStaticFiles(folder).serve(new Request(`http://tandem${path}`, { method, headers }))
  if (response === null) return null
  const { status } = response
  return [status, response.headers.get('cache-control'), (await response.arrayBuffer()).byteLength]
}

it('[W1] every page has a URL: the app answers it, and is asked for again each time', async () => {
  const page = [200, 'no-cache', '<!doctype html>'.length]
  expect(await get('/')).toEqual(page)
  expect(await get('/staging/schema/users')).toEqual(page)
})

it('[W1] what is named by its content is kept forever; what is missing stays missing', async () => {
  const forever = 'public, max-age=31536000, immutable'
  expect(await get('/assets/main-abc.js')).toEqual([200, forever, 5000])
  expect(await get('/assets/main-old.js')).toBeNull()
  const zipped = await get('/assets/main-abc.js', { 'accept-encoding': 'gzip, br' })
  expect(zipped?.[2]).toBeLessThan(100)
})

it('[W1] nothing outside the folder is served, and nothing is changed', async () => {
  expect(await get('/..%2f..%2fetc/passwd.js')).toBeNull()
  expect(await get('/assets/../../etc/passwd.js')).toBeNull()
  expect(await get('/', {}, 'POST')).toBeNull()
})
