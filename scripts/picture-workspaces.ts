import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { APIRequestContext } from 'playwright-core'
import { clonePerson, type GitPerson } from '../test/support/git-person.ts'

const FILE = 'schema/related-models/plants.yaml'
const USERS = 'schema/parent-models/users.yaml'

/** A workspace on a branch of its own, with what is needed to bring it into a state worth a picture. */
type Stage = {
  send(method: string, path: string, data?: object): Promise<void>
  value(path: string): Promise<Record<string, unknown>>
  sync(): Promise<void>
  /** A colleague's commit on the branch. */
  push(message: string, edit: (person: GitPerson) => Promise<void>): Promise<void>
}

/** Workspaces whose states the demo itself does not have; each is made once a server. */
export async function prepareWorkspaces(request: APIRequestContext, server: string): Promise<void> {
  await enliven(request, server)
  // Its first sync is still to come, so its plan has something to show.
  await stageOf(request, server, 'growth', 'Growth')
  const garden = await stageOf(request, server, 'garden', 'Garden')
  if (garden) await makeConflict(garden)
  const orchard = await stageOf(request, server, 'orchard', 'Orchard', { approval: true })
  if (orchard) await makeHeldPlan(orchard)
  const nursery = await stageOf(request, server, 'nursery', 'Nursery')
  if (nursery) await makeErrors(nursery)
  const greenhouse = await stageOf(request, server, 'greenhouse', 'Greenhouse')
  if (greenhouse) await makeReview(greenhouse)
}

/** The demo after some days: a colleague, a key, and a commit of each side. */
async function enliven(request: APIRequestContext, server: string): Promise<void> {
  const at = `${server}/api/v1/workspaces/staging`
  const headers = { origin: server, 'if-match': '*' }
  const send = (path: string, data: object) => request.post(`${at}${path}`, { data, headers })
  const members = await (await request.get(`${at}/members`)).json()
  if (members.items.length > 1) return
  await send('/members', { email: 'bo@example.com', name: 'Bo Berg', role: 'editor' })
  await send('/api-keys', { name: 'Continuous integration', role: 'viewer' })
  const { url } = await (await request.get(`${at}/git`)).json()
  await commitAs({ url, branch: 'main' }, 'Say what a page view is', async (person) => {
    const file = 'schema/event-models/page-viewed.yaml'
    const text = (await person.read(file)).replace(/^description: .*\n/m, '')
    await person.write(file, `${text}description: A page of the shop, seen by somebody who is signed in\n`)
  })
  await send('/git/sync', { waitSeconds: 60 })
}

async function stageOf(
  request: APIRequestContext,
  server: string,
  slug: string,
  name: string,
  settings: object = {},
): Promise<Stage | null> {
  const headers = { origin: server, 'if-match': '*' }
  const api = `${server}/api/v1/workspaces`
  const made = await request.post(api, { data: { slug, name }, headers })
  // Its pictures are taken in four ways, of the same state.
  if (!made.ok()) return null
  const ask = async (method: string, path: string, data?: object) => {
    const answer = await request.fetch(`${api}/${slug}${path}`, {
      method,
      headers,
      ...(data ? { data } : {}),
    })
    if (!answer.ok()) throw new Error(`${method} ${slug}${path}: ${await answer.text()}`)
    return answer
  }
  const { url } = await (await request.get(`${api}/staging/git`)).json()
  const branch = { url, branch: slug, adopt: 'staging', pollSeconds: 0, credentials: { type: 'none' } }
  await ask('PUT', '/git', { ...branch, ...settings })
  return {
    send: async (method, path, data) => void (await ask(method, path, data)),
    value: async (path) => {
      const { slug: _, revision: __, git: ___, ...value } = await (await ask('GET', path)).json()
      return value
    },
    sync: async () => void (await ask('POST', '/git/sync', { waitSeconds: 60 })),
    push: (message, edit) => commitAs({ url, branch: slug }, message, edit),
  }
}

async function commitAs(
  where: { readonly url: string; readonly branch: string },
  message: string,
  edit: (person: GitPerson) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'tandem-pictures-'))
  try {
    const person = await clonePerson({ ...where, dir: join(dir, 'clone') })
    await edit(person)
    await person.commit(message)
    await person.push()
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Both sides changed one model, and something was deleted before. */
async function makeConflict({ send, value, sync, push }: Stage): Promise<void> {
  await sync()
  await send('DELETE', '/model-relationships/plant-viewed-plants')
  await sync()
  await push('Describe plants', async (person) => {
    const lines = sql('price_cents > 0 and not seasonal').split('\n')
    const changed = (await person.read(FILE))
      .replace(/^name: .*$/m, 'name: Plants\ndescription: Plants that may be ordered all year')
      .replace(
        /^rawSql: [\s\S]*?(?=^\S|(?![\s\S]))/m,
        `rawSql: |-\n${lines.map((line) => `  ${line}`).join('\n')}\n`,
      )
    await person.write(FILE, `${changed}folder: Catalogue\n`)
  })
  await send('PUT', '/related-models/plants', {
    ...(await value('/related-models/plants')),
    name: 'Plants on sale',
    description: 'What the shop sells today',
    rawSql: sql('price_cents > 0 and stock > 0'),
  })
  await sync()
}

/** What comes in waits for an admin: another key, which breaks what joins the model, and a deletion. */
async function makeHeldPlan({ sync, push }: Stage): Promise<void> {
  await sync()
  await push('Key users by email and drop a path that nobody takes', async (person) => {
    const text = await person.read(USERS)
    await person.write(USERS, text.replace(/^primaryKey: .*$/m, 'primaryKey: email'))
    await person.remove('schema/model-relationships/plant-viewed-plants.yaml')
  })
  await sync()
}

/** A commit with two files that cannot be applied: a name that is nowhere, and a field that is misspelt. */
async function makeErrors({ sync, push }: Stage): Promise<void> {
  await sync()
  await push('Join users to what they bought', async (person) => {
    const relationship = 'schema/model-relationships/users-purchases.yaml'
    const text = await person.read(relationship)
    await person.write(relationship, text.replaceAll('purchases', 'purchasse'))
    await person.write(USERS, (await person.read(USERS)).replace(/^primaryKey:/m, 'primarykey:'))
  })
  await sync()
}

/** Saves that are looked at before they are on the branch. */
async function makeReview({ send, value, sync }: Stage): Promise<void> {
  await sync()
  const { url, branch, path } = await value('/git')
  await send('PUT', '/git', { url, branch, path, mode: 'review', pollSeconds: 0 })
  const users = await value('/parent-models/users')
  await send('PUT', '/parent-models/users', { ...users, description: 'People with an account of the shop' })
  const plants = await value('/related-models/plants')
  await send('PUT', '/related-models/plants', { ...plants, name: 'Plants of the season' })
  await sync()
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
