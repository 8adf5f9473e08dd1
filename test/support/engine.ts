import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { JsonObject } from '../../src/core/model/json.ts'
import type { Kind } from '../../src/core/model/kind.ts'
import { DEFAULT_GIT_POLICY, type GitPolicy } from '../../src/git/policy.ts'
import type { JobContext } from '../../src/server/jobs/context.ts'
import { syncConnection } from '../../src/server/jobs/sync-connection.ts'
import {
  type Actor,
  type ChangeSetInput,
  type ChangeSetOutcome,
  commitChangeSet,
} from '../../src/store/change-sets.ts'
import {
  type Connection,
  type ConnectionSettings,
  type Credentials,
  connectionOf,
  putConnection,
} from '../../src/store/connections.ts'
import type { Db } from '../../src/store/database.ts'
import { getResource, type StoredResource } from '../../src/store/resources.ts'
import { getRun, type Run, type RunRequest, requestSync } from '../../src/store/runs.ts'
import { deriveKey } from '../../src/store/secret-box.ts'
import { createWorkspace, type Workspace } from '../../src/store/workspaces.ts'
import { lendTestDatabase } from './database.ts'
import { ENGINE_KEY } from './engine-key.ts'
import { createBare, headOf, plainGit } from './git-bare.ts'
import { clonePerson, type GitPerson } from './git-person.ts'

export const ANN: Actor = { id: 'ann', name: 'Ann Lee', email: 'ann@example.com' }
export const BOB: Actor = { id: 'bob', name: 'Bob Roe', email: 'bob@example.com' }

const SETTINGS: Omit<ConnectionSettings, 'url'> = {
  branch: 'main',
  path: '',
  mode: 'direct',
  pollSeconds: 0,
  batchSeconds: 0,
  approval: false,
  shared: false,
  adopt: null,
  startFrom: null,
  firstSync: 'ask',
  author: null,
  host: null,
}

const ENGINE_POLICY: GitPolicy = { ...DEFAULT_GIT_POLICY, protocols: ['file', 'http', 'https', 'ssh'] }

/** A workspace, an empty bare repository beside it, and everything to save, push and sync. */
export type Engine = Awaited<ReturnType<typeof createEngine>>

export async function createEngine(slug = 'staging', policy: GitPolicy = ENGINE_POLICY) {
  const database = await lendTestDatabase()
  const dir = await mkdtemp(join(tmpdir(), 'tandem-engine-'))
  const remoteDir = join(dir, 'remote.git')
  await createBare(remoteDir)
  const context: JobContext = {
    db: database.db,
    databaseUrl: database.url,
    secretKey: deriveKey(ENGINE_KEY),
    gitPolicy: policy,
    gitCacheDir: join(dir, 'cache'),
    log: pino({ level: process.env.TANDEM_TEST_LOG ?? 'silent' }),
  }
  const workspace = await createWorkspace(database.db, { slug, name: slug })
  if (!workspace) throw new Error('the slug is taken')
  let people = 0
  return {
    ...side(context, workspace),
    dir,
    remoteDir,
    url: `file://${remoteDir}`,
    clone: (): Promise<GitPerson> => {
      people += 1
      return clonePerson({ url: remoteDir, dir: join(dir, `person-${people}`) })
    },
    head: () => headOf(remoteDir),
    /** Subjects on the branch, the newest first, or another format. */
    log: async (format = '%s') => {
      const text = (await headOf(remoteDir))
        ? await plainGit(remoteDir, ['log', `--format=${format}`, 'main'])
        : ''
      return text === '' ? [] : text.split('\n')
    },
    show: (path: string) => plainGit(remoteDir, ['show', `main:${path}`]),
    files: async (commit = 'main') => {
      const text = await plainGit(remoteDir, ['ls-tree', '-r', '--name-only', commit])
      return text === '' ? [] : text.split('\n')
    },
    changedIn: async (commit: string) => {
      const text = await plainGit(remoteDir, [
        'diff-tree',
        '--root',
        '-r',
        '--no-commit-id',
        '--name-status',
        '--no-renames',
        commit,
      ])
      return text === '' ? [] : text.split('\n').map((line) => line.replace('\t', ' '))
    },
    close: async () => {
      await database.drop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** The workspace's side; a second workspace on the same server has its own. */
export function side(context: JobContext, workspace: Workspace) {
  const { db } = context
  return {
    context,
    db,
    workspace,
    connect: (
      settings: Partial<ConnectionSettings> & { url: string },
      credentials: Credentials = { type: 'none' },
    ) => connect(context, workspace, settings, credentials),
    save: (changes: Changes, actor: Actor = ANN) => save(db, workspace.id, changes, actor),
    saved: async (changes: Changes, actor: Actor = ANN) => {
      const outcome = await save(db, workspace.id, changes, actor)
      if (outcome.kind !== 'saved') throw new Error(JSON.stringify(outcome))
      return outcome
    },
    sync: (request: Partial<RunRequest> = {}) => sync(context, workspace, request),
    /** What the job does after a save, without anybody asking. */
    job: async () => {
      const { id } = await connectionIn(db, workspace)
      await syncConnection(context, randomUUID(), id, 'save', new AbortController().signal)
    },
    get: (kind: Kind, slug: string): Promise<StoredResource | null> =>
      getResource(db, workspace.id, kind, slug),
    value: async (kind: Kind, slug: string): Promise<JsonObject | null> =>
      (await getResource(db, workspace.id, kind, slug))?.value ?? null,
    list: async (): Promise<string[]> => {
      const rows = await db
        .selectFrom('resource')
        .select(['kind', 'slug'])
        .where('workspace_id', '=', workspace.id)
        .execute()
      return rows.map((row) => `${row.kind}/${row.slug}`).sort()
    },
    outbox: async (): Promise<number> => {
      const rows = await db
        .selectFrom('change')
        .select('id')
        .where('workspace_id', '=', workspace.id)
        .where('settled_at', 'is', null)
        .execute()
      return rows.length
    },
  }
}

export type Changes = Partial<Omit<ChangeSetInput, 'workspaceId' | 'actor'>>

function save(db: Db, workspaceId: string, changes: Changes, actor: Actor): Promise<ChangeSetOutcome> {
  return commitChangeSet(db, {
    workspaceId,
    actor,
    kind: 'save',
    message: null,
    writes: [],
    deletes: [],
    renames: [],
    ...changes,
  })
}

async function connect(
  { db, secretKey }: JobContext,
  workspace: Workspace,
  settings: Partial<ConnectionSettings> & { url: string },
  credentials: Credentials,
): Promise<Connection> {
  const outcome = await putConnection(db, secretKey, workspace.id, { ...SETTINGS, ...settings }, credentials)
  if (outcome.kind !== 'saved') throw new Error(JSON.stringify(outcome))
  return outcome.connection
}

async function connectionIn(db: Db, workspace: Workspace): Promise<Connection> {
  const connection = await connectionOf(db, workspace.id)
  if (!connection) throw new Error('not connected')
  return connection
}

async function sync(context: JobContext, workspace: Workspace, request: Partial<RunRequest>): Promise<Run> {
  const connection = await connectionIn(context.db, workspace)
  const id = await requestSync(context.db, connection, { trigger: 'manual', actor: ANN, ...request })
  await syncConnection(context, randomUUID(), connection.id, 'save', new AbortController().signal)
  const run = await getRun(context.db, workspace.id, id)
  if (!run) throw new Error('the run is gone')
  return run
}
