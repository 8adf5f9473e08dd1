import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { APIRequestContext } from 'playwright-core'
import { clonePerson } from '../test/support/git-person.ts'

const FILE = 'schema/related-models/plants.yaml'
const SLUG = 'garden'

/** A workspace on a branch of its own where both sides changed one model, and where something was deleted. */
export async function prepareConflict(request: APIRequestContext, server: string): Promise<void> {
  const at = `${server}/api/v1/workspaces/${SLUG}`
  const headers = { origin: server, 'if-match': '*' }
  const send = async (method: string, path: string, data?: object) => {
    const answer = await request.fetch(`${at}${path}`, { method, headers, ...(data ? { data } : {}) })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer
  }
  const made = await request.post(`${server}/api/v1/workspaces`, {
    data: { slug: SLUG, name: 'Garden' },
    headers,
  })
  // Its pictures are taken in four ways, of the same conflict.
  if (!made.ok()) return
  const { url } = await (await request.get(`${server}/api/v1/workspaces/staging/git`)).json()
  await send('PUT', '/git', {
    url,
    branch: SLUG,
    adopt: 'staging',
    pollSeconds: 0,
    credentials: { type: 'none' },
  })
  const sync = () => send('POST', '/git/sync', { waitSeconds: 60 })
  await sync()
  await send('DELETE', '/model-relationships/plant-viewed-plants')
  await sync()
  await changeInGit(url)
  const {
    slug: _,
    revision: __,
    git: ___,
    ...plants
  } = await (await send('GET', '/related-models/plants')).json()
  await send('PUT', '/related-models/plants', {
    ...plants,
    name: 'Plants on sale',
    description: 'What the shop sells today',
    rawSql: sql('price_cents > 0 and stock > 0'),
  })
  await sync()
}

async function changeInGit(url: string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'tandem-pictures-'))
  try {
    const person = await clonePerson({ url, dir: join(dir, 'clone'), branch: SLUG })
    const lines = sql('price_cents > 0 and not seasonal').split('\n')
    const text = await person.read(FILE)
    const changed = text
      .replace(/^name: .*$/m, 'name: Plants\ndescription: Plants that may be ordered all year')
      .replace(
        /^rawSql: [\s\S]*?(?=^\S|(?![\s\S]))/m,
        `rawSql: |-\n${lines.map((line) => `  ${line}`).join('\n')}\n`,
      )
    await person.write(FILE, `${changed}folder: Catalogue\n`)
    await person.commit('Describe plants')
    await person.push()
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function sql(where: string): string {
  const columns = ['plant_id', 'name', 'family', 'light', 'water', 'price_cents / 100.0 as price']
  return [
    'select',
    `  ${columns.join(',\n  ')}`,
    'from public.plants',
    `where not discontinued and ${where}`,
  ].join('\n')
}
