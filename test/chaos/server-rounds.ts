import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { JsonObject } from '../../src/core/model/json.ts'
import type { Db } from '../../src/store/database.ts'
import { createBare, plainGit } from '../support/git-bare.ts'
import { clonePerson, type GitPerson } from '../support/git-person.ts'
import type { TestServer } from '../support/server.ts'

/** A workspace on a server that is killed again and again, with what every round of it does. */
export type Kind = {
  readonly slug: string
  /** What is there before the run: a person's push, another remote. */
  prepare(round: number): Promise<void>
  /** What starts the run. It may be cut off with the server, and is then done once more. */
  start(round: number): Promise<void>
  /** The subjects that the branch must hold after the round, the newest first, each once. */
  expected(round: number): readonly string[]
  /** What both sides must have said of the round. */
  check(round: number): Promise<void>
  log(): Promise<string[]>
}

const FIRST_COMMITS = ['Add relationship users-purchases', 'Add 2 models']
const SAVED = 'Update parent model Users: description'
const WITHIN_MS = 40_000

export type Place = { readonly server: TestServer; readonly slug: string; remote: string }

/** A new workspace with three resources and a source. */
export async function fill(server: TestServer, slug: string): Promise<Place> {
  const ask = asker(server)
  await ask('POST', '/workspaces', { slug, name: slug })
  const model = { source: 'warehouse', type: 'table' }
  await ask('POST', `/workspaces/${slug}/changes`, {
    writes: [
      { kind: 'sources', slug: 'warehouse', value: { name: 'Warehouse', type: 'duckdb' } },
      {
        kind: 'parent-models',
        slug: 'users',
        value: { name: 'Users', ...model, tableName: 'users', primaryKey: 'id' },
      },
      {
        kind: 'related-models',
        slug: 'purchases',
        value: { name: 'Purchases', ...model, tableName: 'purchases' },
      },
      { kind: 'model-relationships', slug: 'users-purchases', value: USERS_PURCHASES },
    ],
  })
  return { server, slug, remote: '' }
}

const USERS_PURCHASES = {
  from: { slug: 'users', mergeColumns: false },
  to: { slug: 'purchases', mergeColumns: false },
  cardinality: '1:many',
  mapping: [{ fromColumn: 'id', toColumn: 'user_id' }],
}

export async function connect(place: Place, name: string): Promise<void> {
  place.remote = join(place.server.dataDir, `${name}.git`)
  await createBare(place.remote)
  const body = { url: `file://${place.remote}`, pollSeconds: 0, credentials: { type: 'none' } }
  await asker(place.server)('PUT', `/workspaces/${place.slug}/git`, body)
}

export async function sync({ server, slug }: Place, body: JsonObject = {}): Promise<JsonObject> {
  return asker(server)('POST', `/workspaces/${slug}/git/sync`, body)
}

async function describeUsers({ server, slug }: Place, description: string): Promise<void> {
  const value = { name: 'Users', source: 'warehouse', description, type: 'table', tableName: 'users' }
  const body = { ...value, primaryKey: 'id' }
  const answer = await server.ask('PUT', `/workspaces/${slug}/parent-models/users`, {
    body,
    headers: { 'if-match': '*' },
  })
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
}

/** An empty remote's first sync with a file of somebody's, in another remote each round. */
export async function firstSyncs(server: TestServer): Promise<Kind> {
  const place = await fill(server, 'first')
  return {
    slug: place.slug,
    log: () => logOf(place),
    prepare: async (round) => {
      await connect(place, `first-${round}`)
      const person = await clone(place, `first-person-${round}`)
      await pushModel(person, `theirs-${round}`, 'Theirs')
    },
    start: async () => {
      await sync(place)
    },
    expected: (round) => [FIRST_COMMITS[0] ?? '', `Add ${2 + round} models`, 'Theirs'],
    check: (round) => isThere(place, `theirs-${round}`),
  }
}

/** Only saves, only pushes, or both of them at once. */
export async function moves(
  server: TestServer,
  slug: string,
  by: { readonly save: boolean; readonly push: boolean },
): Promise<Kind> {
  const place = await fill(server, slug)
  await connect(place, slug)
  await sync(place, { waitSeconds: 60 })
  const person = await clone(place, `${slug}-person`)
  const expected: string[][] = []
  return {
    slug,
    log: async () => (await logOf(place)).sort(),
    prepare: async (round) => {
      if (!by.push) return
      await person.pull()
      await pushModel(person, `pushed-${round}`, `Push ${round}`)
    },
    start: async (round) => {
      if (by.save) await describeUsers(place, `round ${round}`)
      else await sync(place)
    },
    expected: (round) => {
      expected[round] = [...(by.save ? [SAVED] : []), ...(by.push ? [`Push ${round}`] : [])]
      return [...expected.flat(), ...FIRST_COMMITS].sort()
    },
    check: async (round) => {
      if (by.push) await isThere(place, `pushed-${round}`)
      if (!by.save) return
      const text = await plainGit(place.remote, ['show', 'main:schema/parent-models/users.yaml'])
      if (!text.includes(`description: round ${round}\n`)) throw new Error(`not in Git: ${text}`)
    },
  }
}

/** Runs that have not ended, and saves that are not in Git. */
export async function openOf({ db }: TestServer, slugs: readonly string[]) {
  const runs = await db
    .selectFrom('run')
    .innerJoin('workspace', 'workspace.id', 'run.workspace_id')
    .select(['workspace.slug', 'run.state'])
    .where('workspace.slug', 'in', slugs)
    .where('run.finished_at', 'is', null)
    .execute()
  const saves = await db
    .selectFrom('change')
    .innerJoin('workspace', 'workspace.id', 'change.workspace_id')
    .innerJoin('connection', 'connection.workspace_id', 'workspace.id')
    .select('workspace.slug')
    .where('workspace.slug', 'in', slugs)
    .where('change.settled_at', 'is', null)
    .execute()
  return { runs, saves }
}

/** When the newest run of a workspace ended. */
export async function lastEnd({ db }: TestServer, slug: string): Promise<number> {
  const { end } = await db
    .selectFrom('run')
    .innerJoin('workspace', 'workspace.id', 'run.workspace_id')
    .select((eb) => eb.fn.max('run.finished_at').as('end'))
    .where('workspace.slug', '=', slug)
    .executeTakeFirstOrThrow()
  return end?.getTime() ?? 0
}

/** Until no run is open and no save waits. */
export async function settled(server: TestServer, slugs: readonly string[]): Promise<void> {
  const { db } = server
  const deadline = Date.now() + WITHIN_MS
  for (;;) {
    const { runs, saves } = await openOf(server, slugs)
    if (runs.length + saves.length === 0) return
    if (Date.now() > deadline) {
      const left = { runs, saves, last: await lastRuns(db), jobs: await jobs(db) }
      throw new Error(`not healed: ${JSON.stringify(left, null, 1)}`)
    }
    await pause(10)
  }
}

function lastRuns(db: Db): Promise<object[]> {
  const columns = ['workspace_id', 'state', 'trigger', 'problem', 'finished_at'] as const
  return db.selectFrom('run').select(columns).orderBy('queued_at', 'desc').limit(6).execute()
}

async function jobs(db: Db): Promise<object[]> {
  const { rows } = await sql<object>`
    select job.key, job.attempts, job.locked_at, job.locked_by, job.run_at, job.last_error, now()
    from graphile_worker._private_jobs job`.execute(db)
  return rows
}

async function isThere({ server, slug }: Place, model: string): Promise<void> {
  await asker(server)('GET', `/workspaces/${slug}/related-models/${model}`)
}

async function logOf({ remote }: Place): Promise<string[]> {
  return (await plainGit(remote, ['log', '--format=%s', 'main'])).split('\n')
}

function clone({ server, remote }: Place, name: string): Promise<GitPerson> {
  return clonePerson({ url: remote, dir: join(server.dataDir, name) })
}

async function pushModel(person: GitPerson, slug: string, message: string): Promise<void> {
  const text = `name: ${slug}\nsource: warehouse\ntype: table\ntableName: ${slug}\n`
  await person.write(`schema/related-models/${slug}.yaml`, text)
  await person.commit(message)
  await person.push()
}

function asker(server: TestServer) {
  return async (method: string, path: string, body?: object): Promise<JsonObject> => {
    const answer = await server.ask(method, path, body ? { body } : {})
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    // Answers of these routes are objects.
    return answer.body as JsonObject
  }
}
