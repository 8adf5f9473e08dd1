import { createHmac, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Webhook, WebhookSecret } from '../../src/core/wire/webhook.ts'
import { fillWorkspace } from '../support/api-samples.ts'
import { createBare } from '../support/git-bare.ts'
import { clonePerson, type GitPerson } from '../support/git-person.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

type Hooked = {
  readonly ws: string
  readonly url: string
  readonly secret: string
  readonly person: GitPerson
}

/** A workspace that is connected, synced, polled by nobody, and has a webhook. */
async function hooked(slug: string): Promise<Hooked> {
  await fillWorkspace(server, slug)
  const ws = `/workspaces/${slug}`
  const dir = join(temporaryFolder(), 'r.git')
  await createBare(dir)
  await server.ask('PUT', `${ws}/git`, { body: { url: `file://${dir}`, pollSeconds: 0 } })
  await server.ask('POST', `${ws}/git/sync`, { body: { waitSeconds: 30 } })
  const { body } = await server.ask('POST', `${ws}/git/webhook`)
  const { url, secret } = body as WebhookSecret // the answer that the contract names
  const person = await clonePerson({ url: dir, dir: join(temporaryFolder(), 'clone') })
  return { ws, url, secret, person }
}

async function push(person: GitPerson, name: string): Promise<void> {
  await person.write(
    'schema/related-models/hooked.yaml',
    `name: ${name}\nsource: wh\ntype: table\ntableName: t\n`,
  )
  await person.commit(name)
  await person.push()
}

/** As GitHub sends it. */
async function deliver(url: string, secret: string, payload: object, headers: Record<string, string> = {}) {
  const body = JSON.stringify(payload)
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature, ...headers },
    body,
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function triggers(ws: string): Promise<readonly string[]> {
  const { body } = await server.ask('GET', `${ws}/git/runs`)
  return (body as { items: { trigger: string }[] }).items.map(({ trigger }) => trigger)
}

async function nameHere(ws: string): Promise<unknown> {
  const { body } = await server.ask('GET', `${ws}/related-models/hooked`)
  return (body as { name?: unknown }).name
}

describe('a webhook', () => {
  it('[S13] [Z5] brings in what was pushed; the same delivery again does nothing', async () => {
    const { ws, url, secret, person } = await hooked('pushed')
    await push(person, 'One')
    expect(await deliver(url, secret, { after: 'one' })).toEqual({
      status: 202,
      body: { status: 'accepted' },
    })
    await expect.poll(() => nameHere(ws), { timeout: 20_000 }).toBe('One')
    expect(await triggers(ws)).toEqual(['webhook', 'first'])
    await push(person, 'Two')
    expect(await deliver(url, secret, { after: 'one' })).toEqual({
      status: 202,
      body: { status: 'accepted' },
    })
    const waiting = await server.db
      .selectFrom('webhook_delivery')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow()
    expect(waiting.n).toBe('1')
    expect(await deliver(url, secret, { after: 'two' })).toMatchObject({ status: 202 })
    await expect.poll(() => nameHere(ws), { timeout: 20_000 }).toBe('Two')
    expect(await triggers(ws)).toEqual(['webhook', 'webhook', 'first'])
  })

  it('[S13] comes late, twice, in any order and before its push: both sides end equal, nothing runs for nothing', async () => {
    const { ws, url, secret, person } = await hooked('late')
    await deliver(url, secret, { after: 'nothing yet' })
    for (const name of ['One', 'Two', 'Three']) await push(person, name)
    const late = ['three', 'one', 'two'].map((after) => deliver(url, secret, { after }))
    expect((await Promise.all(late)).map(({ status }) => status)).toEqual([202, 202, 202])
    await expect.poll(() => nameHere(ws), { timeout: 20_000 }).toBe('Three')
    expect((await triggers(ws)).filter((trigger) => trigger === 'webhook').length).toBeLessThanOrEqual(3)
    const { body } = await server.ask('POST', `${ws}/git/sync`, { body: { waitSeconds: 30, full: true } })
    expect(body).toMatchObject({ state: 'nothing-to-do' })
  })

  it('[Z5] is refused alike without a secret, with a wrong one, for a connection that is not there', async () => {
    const { ws, url, secret, person } = await hooked('refused')
    await push(person, 'Never')
    const nowhere = [randomUUID(), 'none', "x' or true--"].map((id) =>
      url.replace(/[^/]+$/, encodeURIComponent(id)),
    )
    const tries = [
      deliver(url, `${secret}x`, {}),
      deliver(url, '', {}),
      deliver(url, secret, {}, { 'x-hub-signature-256': '' }),
      deliver(url, secret, {}, { 'x-gitlab-token': 'guess' }),
      ...nowhere.map((address) => deliver(address, secret, {})),
    ]
    const answers = await Promise.all(tries)
    const [first] = answers
    expect(first).toMatchObject({
      status: 401,
      body: { code: 'webhook-refused', title: 'The delivery is refused' },
    })
    expect(answers).toEqual(answers.map(() => first))
    const renewed = await server.ask('POST', `${ws}/git/webhook`)
    expect(renewed.status).toBe(201)
    expect(await deliver(url, secret, { after: 'with the old secret' })).toEqual(first)
    expect(await triggers(ws)).toEqual(['first'])
  })

  it('[Z5] is refused when its body is beyond the limit, before the signature counts', async () => {
    const { url, secret } = await hooked('large')
    const { status, body } = await deliver(url, secret, { text: 'x'.repeat(9 * 1024 ** 2) })
    expect([status, body.code]).toEqual([413, 'body-too-large'])
  })

  it('[S13] [Z4] tells its address and when something last came, and its secret once', async () => {
    const { ws, url, secret } = await hooked('told')
    const before = await server.ask('GET', `${ws}/git/webhook`)
    const since = (before.body as Webhook).secretSince
    expect(before.body).toEqual({ url, secretSince: expect.any(String), lastDelivery: null })
    await deliver(url, secret, {})
    const after = await server.ask('GET', `${ws}/git/webhook`)
    expect(after.body).toEqual({ url, secretSince: since, lastDelivery: expect.any(String) })
    expect(server.output()).not.toContain(secret)
    const { body } = await server.ask('GET', `${ws}/audit`)
    const [last] = (body as { items: { action: string }[] }).items
    expect(last?.action).toBe('git.webhook-secret')
    await fillWorkspace(server, 'bare')
    expect(await server.ask('POST', '/workspaces/bare/git/webhook')).toMatchObject({ status: 404 })
  })
})
