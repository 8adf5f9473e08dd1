import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectedWorkspace } from '../support/connected-workspace.ts'
import { plainGit } from '../support/git-bare.ts'
import { programEnvironment } from '../support/program-environment.ts'
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')
const FILE = 'schema/parent-models/users.yaml'

let server: TestServer
let remote: string
let oids: string[]
beforeAll(async () => {
  server = await startTestServer()
  const workspace = await connectedWorkspace(server, 'staging')
  remote = workspace.remote
  const { person } = workspace
  await person.write(FILE, (await person.read(FILE)).replace(/^name: .*$/m, '$&\ndescription: All of them'))
  await person.commit('Describe users')
  await person.push()
  await workspace.sync()
  oids = (await plainGit(remote, ['log', '--format=%H', 'main'])).split('\n')
})
afterAll(() => server.stop())

type Ran = { code: number; stdout: string; stderr: string }
function tandem(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const settings = { TANDEM_SERVER: server.url, TANDEM_TOKEN: ADMIN_TOKEN, TANDEM_WORKSPACE: 'staging' }
  return new Promise((resolve) => {
    const options = { env: programEnvironment({ ...settings, ...env }) }
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
}

it('[C2][S23] history lists the versions of the schema and of a resource', async () => {
  const all = await tandem(['history'])
  expect(all).toMatchObject({ code: 0, stderr: '' })
  const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d`
  expect(all.stdout.split('\n').slice(0, 3)).toEqual([
    expect.stringMatching(
      new RegExp(`^${oids[0]?.slice(0, 7)}  ${time}  Pat Person  Describe users  \\(~1\\)$`),
    ),
    expect.stringMatching(/ {2}Admin token {2}Add relationship users-purchases {2}\(\+1\)$/),
    expect.stringMatching(/ {2}Admin token {2}Add 2 models {2}\(\+2\)$/),
  ])
  const one = await tandem(['history', 'parent-models/users'])
  expect(one.stdout.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/Describe users {2}\(changed: description\)$/),
    expect.stringMatching(/Add 2 models {2}\(added\)$/),
  ])
  const json = await tandem(['history', '--json', '--limit', '1'])
  expect(JSON.parse(json.stdout)).toMatchObject({
    items: [{ commit: oids[0], author: { email: 'pat@example.com' } }],
    nextCursor: expect.any(String),
  })
  const { nextCursor } = JSON.parse(json.stdout) as { nextCursor: string }
  const next = await tandem(['history', '--json', '--limit', '1', '--cursor', nextCursor])
  expect(JSON.parse(next.stdout)).toMatchObject({ items: [{ commit: oids[1] }] })
})

it('[C2][S23] rollback says what it would do, does it, and finds nothing to do again', async () => {
  const to = oids[1] ?? ''
  const args = ['rollback', to.slice(0, 7), 'parent-models/users']
  const dry = await tandem([...args, '--dry-run'])
  expect(dry).toEqual({
    code: 1,
    stdout: [
      '~ parent model users changed',
      '    description: "All of them" → (absent)'.replaceAll('"', ''),
      '',
      '1 resource: 1 changed.',
      '',
      `1 resource would go back to ${to.slice(0, 7)}.`,
      '',
    ].join('\n'),
    stderr: '',
  })
  const done = await tandem([...args, '--json'])
  expect([done.code, JSON.parse(done.stdout)]).toMatchObject([
    0,
    { commit: to, dryRun: false, changeSet: expect.any(String), changes: [{ slug: 'users' }] },
  ])
  await tandem(['sync'])
  expect(await plainGit(remote, ['log', '-1', '--format=%an: %s', 'main'])).toBe(
    `Admin token: Roll back parent model Users to ${to.slice(0, 7)}`,
  )
  expect(await tandem(['rollback', to])).toEqual({
    code: 0,
    stdout: `Nothing differs from ${to.slice(0, 7)}.\n`,
    stderr: '',
  })
})

it('[C2] what cannot come back is told with its errors: 1 for a dry run, 3 for a refusal; wrong usage is 2', async () => {
  const to = oids[1] ?? ''
  const admin = (method: string, path: string) => server.ask(method, `/workspaces/staging/${path}`)
  const ifMatch = { headers: { 'if-match': '*' } }
  for (const path of ['model-relationships/users-purchases', 'related-models/purchases']) {
    expect((await server.ask('DELETE', `/workspaces/staging/${path}`, ifMatch)).status).toBe(204)
  }
  expect((await admin('GET', 'related-models/purchases')).status).toBe(404)
  await tandem(['sync'])
  const args = ['rollback', to, 'model-relationships/users-purchases']
  const dry = await tandem([...args, '--dry-run'])
  expect([dry.code, dry.stdout]).toEqual([1, expect.stringContaining('It would be refused: 1 error.')])
  const refused = await tandem(args)
  expect([refused.code, refused.stdout]).toEqual([3, ''])
  expect(refused.stderr).toMatch(/model-relationships\/users-purchases \/to\/slug: .*\(unresolved-model\)\n/)
  const codes: number[] = []
  for (const wrong of [
    ['rollback', 'HEAD'],
    ['rollback'],
    ['rollback', to, 'users'],
    ['history', 'sources/warehouse'],
    ['history', '--limit', '0'],
  ]) {
    codes.push((await tandem(wrong)).code)
  }
  expect(codes).toEqual([2, 2, 2, 2, 2])
  expect((await tandem(['rollback', 'deadbeef'])).code).toBe(3)
  for (const command of ['history', 'rollback']) {
    expect((await tandem([command, '--help'])).stdout).toContain(`Examples:\n  $ tandem ${command}`)
  }
})
