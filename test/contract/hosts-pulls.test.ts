import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startJobs } from '../../src/server/jobs/start-jobs.ts'
import type { Credentials } from '../../src/store/connections.ts'
import { createEngine, type Engine } from '../support/engine.ts'
import { clonePerson, type GitPerson } from '../support/git-person.ts'
import { bitbucketService } from '../support/hosts/bitbucket/program.ts'
import { APP, APP_KEY, githubService } from '../support/hosts/github/program.ts'
import { ALL_RIGHTS, type HostProgram, type Service, startHostProgram } from '../support/hosts/program.ts'
import type { Repo } from '../support/hosts/pulls.ts'
import { SERVICES } from '../support/hosts/services.ts'
import { parent, source } from '../support/resources.ts'

const TOKEN = 'a-token-of-the-person-who-connected'
const USERS = 'schema/parent-models/users.yaml'
const ORDERS = 'schema/related-models/orders.yaml'
const orders = (from: string) => `name: Orders\nsource: ${from}\ntype: table\ntableName: orders\n`
const BROKEN = 'name: Carts\nsource: warehouse\ntype: tables\ntableName: carts\n'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

type World = { readonly program: HostProgram; readonly engine: Engine; readonly person: GitPerson }

/** A workspace in sync with a repository at a host, and a person with a clone of it. */
async function connected(service: Service, credentials: Credentials): Promise<World> {
  const program = await startHostProgram(service)
  stops.push(async () => {
    await program.stop()
    expect(program.problems).toEqual([])
  })
  program.tokens.set(TOKEN, new Set(ALL_RIGHTS))
  program.tokens.set(githubService().installationToken, new Set(ALL_RIGHTS))
  const engine = await createEngine('staging', program.policy)
  stops.push(engine.close)
  await engine.saved({ writes: [source(), parent('users')] })
  const host = { type: service.type, apiUrl: program.apiUrl }
  await engine.connect({ url: program.url, host, pollSeconds: 1 }, credentials)
  expect(await engine.sync()).toMatchObject({ state: 'succeeded' })
  const env = program.gitAccess(TOKEN)
  const dir = join(program.state.repo.dir, '../clone')
  const jobs = await startJobs(engine.context)
  stops.push(jobs.stop)
  return { program, engine, person: await clonePerson({ url: program.url, dir, env }) }
}

async function opened({ program }: World, repo: Repo, branch: string): Promise<number> {
  const from = { repo, branch }
  const pull = await program.state.pulls.open({ title: branch, body: '', author: 'pat', from, into: 'main' })
  if (pull === null) throw new Error('there is nothing to take')
  return pull.number
}

async function pushed({ person }: World, branch: string, files: Readonly<Record<string, string>>) {
  await person.git('checkout', '--quiet', '-B', branch)
  for (const [path, text] of Object.entries(files)) await person.write(path, text)
  const oid = await person.commit(`Change ${branch}`)
  await person.git('push', '--quiet', 'origin', branch)
  return oid
}

const commentsOf = ({ program }: World, number: number) =>
  program.state.comments
    .filter((one) => one.number === number)
    .map(({ body }) => body.split('\n').slice(1).join('\n'))

const checkOf = ({ program }: World, oid: string) => {
  const check = program.state.checks.find((one) => one.oid === oid)
  return check && { name: check.name, state: check.state, title: check.title, annotations: check.annotations }
}

const app: Credentials = { type: 'github-app', ...APP, privateKey: APP_KEY }
const token: Credentials = { type: 'token', token: TOKEN }

describe.each(SERVICES)('a pull request at $name', ({ service }) => {
  // GitHub as an App: only that can note things at lines.
  const isApp = service().type === 'github'
  it('[S22] gets a check and one comment with the plan, kept up to date as both branches move', async () => {
    const world = await connected(service(), isApp ? app : token)
    const { program, person, engine } = world
    const text = await person.read(USERS)
    const first = await pushed(world, 'change', {
      [USERS]: text.replace('primaryKey: id', 'primaryKey: user_id'),
    })
    const number = await opened(world, program.state.repo, 'change')
    await expect
      .poll(() => checkOf(world, first), { timeout: 30_000 })
      .toEqual({
        name: 'tandem/staging',
        state: 'success',
        title: '1 resource changes: 1 breaking',
        annotations: [],
      })
    await expect
      .poll(() => commentsOf(world, number), { timeout: 10_000 })
      .toEqual([expect.stringContaining('- **breaking** Change parent model `users`: `primaryKey`')])

    // What was merged into the branch meanwhile, and has been applied, is no part of it.
    await person.git('checkout', '--quiet', 'main')
    await person.write(ORDERS, orders('warehouse'))
    await person.commit('Add orders')
    await person.push()
    await expect.poll(() => engine.get('related-models', 'orders'), { timeout: 30_000 }).not.toBeNull()
    await person.git('checkout', '--quiet', 'change')
    const second = await pushed(world, 'change', { 'schema/related-models/carts.yaml': BROKEN })
    await expect.poll(() => checkOf(world, second)?.state, { timeout: 30_000 }).toBe('failure')
    const { annotations, title } = checkOf(world, second) ?? {}
    expect(title).toBe('1 new error: nothing would come in')
    expect(annotations).toEqual(
      isApp
        ? [
            expect.objectContaining({
              path: 'schema/related-models/carts.yaml',
              start_line: 3,
              annotation_level: 'failure',
            }),
          ]
        : [],
    )
    await expect
      .poll(() => commentsOf(world, number), { timeout: 10_000 })
      .toEqual([expect.stringContaining('error at `schema/related-models/carts.yaml:3`')])
    expect(commentsOf(world, number)[0]).not.toContain('orders.yaml')
    expect(await engine.value('parent-models', 'users')).toMatchObject({ primaryKey: 'id' })
  })
})

describe('a pull request', () => {
  it('[S22] does not fail for an error that the branch has already, and says what cannot be merged', async () => {
    const world = await connected(githubService(), token)
    const { person, program } = world
    await person.write(ORDERS, BROKEN)
    await person.commit('Break the branch')
    await person.push()
    const text = await person.read(USERS)
    const harmless = await pushed(world, 'harmless', { [USERS]: `${text}description: People\n` })
    await opened(world, program.state.repo, 'harmless')
    await expect.poll(() => checkOf(world, harmless)?.state, { timeout: 30_000 }).toBe('success')
    await person.git('checkout', '--quiet', 'main')
    await person.write(USERS, text.replace('tableName: users', 'tableName: people'))
    await person.commit('Move')
    await person.push()
    await person.git('checkout', '--quiet', '-B', 'clash', 'main~1')
    const clash = await pushed(world, 'clash', {
      [USERS]: text.replace('tableName: users', 'tableName: accounts'),
    })
    const number = await opened(world, program.state.repo, 'clash')
    await expect.poll(() => checkOf(world, clash)?.state, { timeout: 30_000 }).toBe('pending')
    await expect
      .poll(() => commentsOf(world, number), { timeout: 10_000 })
      .toEqual([expect.stringContaining(`- \`${USERS}\``)])
  })

  it('[Z11] of a fork is planned by the alias file of the branch, from the repository alone', async () => {
    const world = await connected(githubService(), token)
    const { program, person, engine } = world
    await person.write('aliases-staging.yaml', 'sources:\n  main_db: warehouse\n')
    await person.commit('Name the source')
    await person.push()
    await expect
      .poll(async () => (await engine.sync()).head, { timeout: 30_000 })
      .toBe(await person.git('rev-parse', 'HEAD'))
    const repo = await program.fork('someone/schema')
    const fork = await clonePerson({ url: repo.dir, dir: join(repo.dir, '../fork') })
    await fork.write('aliases-staging.yaml', 'sources:\n  theirs: warehouse\n  main_db: warehouse\n')
    await fork.write(ORDERS, orders('main_db'))
    await fork.write('schema/related-models/carts.yaml', orders('theirs'))
    const oid = await fork.commit('Mine')
    await fork.push()
    const number = await opened(world, repo, 'main')
    await expect.poll(() => checkOf(world, oid)?.state, { timeout: 30_000 }).toBe('success')
    await expect.poll(() => commentsOf(world, number), { timeout: 10_000 }).toHaveLength(1)
    const [comment = ''] = commentsOf(world, number)
    expect(comment).toContain('- **safe** Add related model `orders`')
    expect(comment).toContain('- `schema/related-models/carts.yaml`: ')
    expect(comment).toContain('It comes from a fork')
    expect(comment).not.toContain(TOKEN)
    expect([...program.asked]).toEqual(['/team/schema'])
  })

  it('[Z11] of a fork that keeps its commits to itself has no plan, and says so', async () => {
    const world = await connected(bitbucketService(), token)
    const repo = await world.program.fork('someone/schema')
    const fork = await clonePerson({ url: repo.dir, dir: join(repo.dir, '../fork') })
    await fork.write(ORDERS, orders('warehouse'))
    const oid = await fork.commit('Mine')
    await fork.push()
    const number = await opened(world, repo, 'main')
    await expect
      .poll(() => commentsOf(world, number), { timeout: 30_000 })
      .toEqual([expect.stringContaining('no fork is asked')])
    expect([checkOf(world, oid), [...world.program.asked]]).toEqual([undefined, ['/team/schema']])
  })
})
