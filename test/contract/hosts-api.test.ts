import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WebhookSecret } from '../../src/core/wire/webhook.ts'
import { fillWorkspace } from '../support/api-samples.ts'
import { clonePerson, type GitPerson } from '../support/git-person.ts'
import { APP, APP_KEY, githubService } from '../support/hosts/github/program.ts'
import { ALL_RIGHTS, type HostProgram, type Right, startHostProgram } from '../support/hosts/program.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const TOKEN = 'ghp_the-token-of-a-person'

let program: HostProgram
let server: TestServer
let person: GitPerson
beforeAll(async () => {
  program = await startHostProgram(githubService(new Set<Right>(['files', 'pull-requests'])))
  program.tokens.set(TOKEN, new Set(ALL_RIGHTS))
  program.tokens.set(githubService().installationToken, new Set<Right>(['files', 'pull-requests']))
  server = await startTestServer({ env: { TANDEM_GIT_CA_FILE: program.policy.caFile ?? '' } })
  const dir = join(program.state.repo.dir, '../clone')
  person = await clonePerson({ url: program.url, dir, env: program.gitAccess(TOKEN) })
})
afterAll(async () => {
  await server.stop()
  await program.stop()
  expect(program.problems).toEqual([])
})

const app = { type: 'github-app', ...APP, privateKey: APP_KEY }
const token = { type: 'token', token: TOKEN }

async function connected(ws: string, credentials: object): Promise<Record<string, unknown>> {
  await fillWorkspace(server, ws)
  const host = { type: 'github', apiUrl: program.apiUrl }
  const body = { url: program.url, path: ws, pollSeconds: 0, host, credentials }
  const answer = await server.ask('PUT', `/workspaces/${ws}/git`, { body })
  expect(answer.status).toBe(201)
  return answer.body as Record<string, unknown>
}

describe('a connection to a host', () => {
  it('[A4] [Z4] signs in as a GitHub App, keeps its key, and its test names the rights that are missing', async () => {
    const body = await connected('as-app', app)
    expect(body).toMatchObject({
      credentials: { type: 'github-app', ...APP },
      host: { type: 'github', apiUrl: program.apiUrl },
      test: {
        state: 'ok',
        canWrite: true,
        message: expect.stringContaining(
          'Missing to report checks: “Checks: Read and write”. Missing to register the webhook: “Webhooks: Read and write”.',
        ),
      },
    })
    const again = await server.ask('GET', '/workspaces/as-app/git')
    const logged = await server.ask('GET', '/workspaces/as-app/audit')
    for (const text of [body, again.body, logged.body, server.output()].map((one) => JSON.stringify(one))) {
      expect(text).not.toMatch(/PRIVATE KEY|ghs_/)
      expect(text).not.toContain(APP_KEY.split('\n')[1])
    }
    // The stored key serves as long as it goes to the same API, and is not handed to another one.
    const { privateKey: _, ...withoutKey } = app
    const test = (host: object) =>
      server.ask('POST', '/workspaces/as-app/git/test', {
        body: { url: program.url, host, credentials: withoutKey },
      })
    expect(await test({ type: 'github', apiUrl: program.apiUrl })).toMatchObject({ body: { state: 'ok' } })
    expect(await test({ type: 'github', apiUrl: 'https://elsewhere.example.com' })).toMatchObject({
      status: 422,
      body: { code: 'invalid-setting' },
    })
    const sync = await server.ask('POST', '/workspaces/as-app/git/sync', { body: { waitSeconds: 30 } })
    expect(sync).toMatchObject({ body: { state: 'succeeded' } })
  })

  it('[S13] [S22] registers its webhook, through which a pull request is planned and a push comes in', async () => {
    await connected('hooked', token)
    await server.ask('POST', '/workspaces/hooked/git/sync', { body: { waitSeconds: 30 } })
    const made = (await server.ask('POST', '/workspaces/hooked/git/webhook')).body as WebhookSecret
    expect(made.registration).toEqual({ host: 'github', problem: null })
    expect(program.state.hooks.map(({ url, secret }) => ({ url, secret }))).toEqual([
      { url: made.url, secret: made.secret },
    ])
    const file = 'hooked/schema/related-models/hooked.yaml'
    await person.git('pull', '--quiet', 'origin', 'main')
    await person.git('checkout', '--quiet', '-B', 'change')
    await person.write(file, 'name: Hooked\nsource: wh\ntype: table\ntableName: t\n')
    const oid = await person.commit('Add')
    await person.git('push', '--quiet', 'origin', 'change')
    const host = { repo: program.state.repo, branch: 'change' }
    const pull = await program.state.pulls.open({
      title: 'Add',
      body: '',
      author: 'pat',
      from: host,
      into: 'main',
    })
    // Another push, so that the host has something to tell.
    await person.git('push', '--quiet', 'origin', 'change:other')
    const check = () => program.state.checks.find((one) => one.oid === oid && one.name === 'tandem/hooked')
    await expect.poll(() => check()?.state, { timeout: 30_000 }).toBe('success')
    if (pull === null) throw new Error('it was not opened')
    await program.merge(pull, 'squash')
    const name = async () => (await server.ask('GET', '/workspaces/hooked/related-models/hooked')).status
    await expect.poll(name, { timeout: 30_000 }).toBe(200)
  })

  it('[S13] shows what to enter where a right is missing, and names the right', async () => {
    await connected('by-hand', app)
    const { status, body } = await server.ask('POST', '/workspaces/by-hand/git/webhook')
    expect([status, body]).toEqual([
      201,
      {
        url: expect.stringContaining('/api/v1/webhooks/'),
        secret: expect.stringMatching(/^whsec_/),
        registration: { host: 'github', problem: expect.stringContaining('“Webhooks: Read and write”') },
      },
    ])
  })
})
