import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PlanWire } from '../../src/core/wire/plan.ts'
import type { GitState } from '../../src/core/wire/resource.ts'
import { fillWorkspace, PURCHASES, USERS } from '../support/api-samples.ts'
import { createBare, plainGit } from '../support/git-bare.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

// Put together here, so that no scanner takes this file for a leak.
const token = (text: string) => ['gh', 'p_', text.repeat(9)].join('')

async function connected(slug: string) {
  await fillWorkspace(server, slug)
  const ws = `/workspaces/${slug}`
  const dir = join(temporaryFolder(), 'r.git')
  await createBare(dir)
  await server.ask('PUT', `${ws}/git`, { body: { url: `file://${dir}`, pollSeconds: 0 } })
  const sync = async () => {
    const { body } = await server.ask('POST', `${ws}/git/sync`, { body: { waitSeconds: 30 } })
    return body as { state: string; waiting: number; plan: PlanWire } // the answer that the contract names
  }
  await sync()
  const put = (path: string, body: object) =>
    server.ask('PUT', `${ws}/${path}`, { body, headers: { 'if-match': '*' } })
  const gitOf = async (path: string) => {
    const { body } = await server.ask('GET', `${ws}/${path}`)
    return (body as { git: GitState }).git
  }
  const stateOf = async (path: string) => (await gitOf(path)).state
  const everCommitted = () => plainGit(dir, ['log', '-p', '--all'])
  return { ws, sync, put, gitOf, stateOf, everCommitted }
}

it('[Z12] a secret keeps its resource out of Git and names the place; the rest flows', async () => {
  const { sync, put, gitOf, stateOf, everCommitted } = await connected('kept')
  const secret = token('a1B2')
  await put('parent-models/users', { ...USERS, description: `Read with ${secret}` })
  await put('related-models/purchases', { ...PURCHASES, description: 'What they bought' })
  const { plan, waiting } = await sync()
  expect(waiting).toBe(1)
  expect(
    plan.waiting.map(({ kind, slug, reason, secret: found }) => ({ kind, slug, reason, found })),
  ).toEqual([
    {
      kind: 'parent-models',
      slug: 'users',
      reason:
        'It holds what looks like a GitHub token, at /description: take it out, or ask an admin to allow it there',
      found: { path: '/description', what: 'a GitHub token' },
    },
  ])
  expect([await gitOf('parent-models/users'), await gitOf('related-models/purchases')]).toMatchObject([
    { state: 'pending', secret: { path: '/description', what: 'a GitHub token' } },
    { state: 'in-git' },
  ])
  expect(await gitOf('related-models/purchases')).not.toHaveProperty('secret')
  expect(await everCommitted()).not.toContain(secret)

  await put('parent-models/users', { ...USERS, description: 'Read with a token' })
  await sync()
  expect(await stateOf('parent-models/users')).toBe('in-git')
  const log = await everCommitted()
  expect([log.includes('Read with a token'), log.includes(secret)]).toEqual([true, false])
})

it('[Z12] an admin allows the place as it is; another text there is asked about anew', async () => {
  const { ws, sync, put, stateOf, everCommitted } = await connected('allowed')
  const [sample, other] = [token('s4Mp'), token('o7Th')]
  const allow = (path: string) =>
    server.ask('POST', `${ws}/git/allow-secret`, {
      body: { kind: 'parent-models', slug: 'users', path, waitSeconds: 30 },
    })
  await put('parent-models/users', { ...USERS, description: sample })
  await sync()
  expect(await allow('/name')).toMatchObject({ status: 404, body: { code: 'not-found' } })
  expect(await everCommitted()).not.toContain(sample)
  expect(await allow('/description')).toMatchObject({ status: 200 })
  await expect.poll(() => stateOf('parent-models/users'), { timeout: 20_000 }).toBe('in-git')
  expect(await everCommitted()).toContain(sample)

  await put('parent-models/users', { ...USERS, description: other })
  const { plan } = await sync()
  expect(plan.waiting.map(({ secret }) => secret)).toEqual([{ path: '/description', what: 'a GitHub token' }])
  expect(await stateOf('parent-models/users')).toBe('pending')
  const { body } = await server.ask('GET', `${ws}/audit`)
  const { items } = body as { items: { action: string; subject: string; detail: object }[] }
  expect(items.filter(({ action }) => action === 'git.allow-secret')).toMatchObject([
    { subject: 'parent-models/users', detail: { path: '/description' } },
  ])
})
