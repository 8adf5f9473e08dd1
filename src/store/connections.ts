import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { JsonObject } from '../core/model/json.ts'
import { type Sharing, sharingProblem } from './connection-sharing.ts'
import type { Db } from './database.ts'
import { forgetBase } from './forget-base.ts'
import { notify } from './notify.ts'
import { enqueuePoll } from './outbox.ts'
import { open, type SecretKey, seal } from './secret-box.ts'
import type { RunProblem } from './tables/git.ts'

export type Credentials =
  | { readonly type: 'none' }
  | { readonly type: 'token'; readonly username?: string | undefined; readonly token: string }
  | { readonly type: 'ssh'; readonly privateKey: string; readonly knownHosts: string }
  | {
      readonly type: 'github-app'
      readonly appId: string
      readonly installationId: string
      readonly privateKey: string
    }

export type PublicCredentials =
  | { readonly type: 'none' }
  | { readonly type: 'token'; readonly username?: string | undefined }
  | { readonly type: 'ssh'; readonly knownHosts: string }
  | { readonly type: 'github-app'; readonly appId: string; readonly installationId: string }

export type ConnectionSettings = {
  readonly url: string
  readonly branch: string
  /** The folder of the repository; '' is its root. */
  readonly path: string
  /** To the branch itself, or to a review a person (S21). */
  readonly mode: 'direct' | 'review'
  readonly pollSeconds: number
  readonly batchSeconds: number
  readonly approval: boolean
  readonly shared: boolean
  readonly adopt: string | null
  readonly startFrom: string | null
  readonly firstSync: 'ask' | 'workspace' | 'git'
  readonly author: { readonly name: string; readonly email: string } | null
  readonly host: JsonObject | null
}

export type Connection = ConnectionSettings & {
  readonly id: string
  readonly workspaceId: string
  readonly credentials: PublicCredentials
  /** When the first sync was asked for; null: nothing is synced or polled yet (S29). */
  readonly activeSince: Date | null
}

export type PutOutcome =
  | { readonly kind: 'saved'; readonly connection: Connection; readonly created: boolean }
  | { readonly kind: 'not-shared'; readonly with: Sharing }

export async function connectionOf(db: Db, workspaceId: string): Promise<Connection | null> {
  const row = await selectConnections(db).where('workspace_id', '=', workspaceId).executeTakeFirst()
  return row ? toConnection(row) : null
}

export async function connectionById(db: Db, id: string): Promise<Connection | null> {
  const row = await selectConnections(db).where('id', '=', id).executeTakeFirst()
  return row ? toConnection(row) : null
}

export async function activeConnections(db: Db): Promise<Connection[]> {
  const rows = await selectConnections(db).where('active_since', 'is not', null).execute()
  return rows.map(toConnection)
}

/** `credentials` null keeps the stored ones. Another url, branch or path forgets the base (S29). */
export async function putConnection(
  db: Db,
  key: SecretKey,
  workspaceId: string,
  settings: ConnectionSettings,
  credentials: Credentials | null,
): Promise<PutOutcome> {
  return db.transaction().execute(async (tx): Promise<PutOutcome> => {
    await sql`select pg_advisory_xact_lock(7202603)`.execute(tx)
    const clash = await sharingProblem(tx, workspaceId, settings)
    if (clash) return { kind: 'not-shared', with: clash }
    const old = await connectionOf(tx, workspaceId)
    const id = old?.id ?? randomUUID()
    const sealed = credentials ? sealCredentials(key, workspaceId, credentials) : {}
    const row = { ...toRow(settings), ...sealed, updated_at: new Date() }
    if (old) {
      await tx.updateTable('connection').set(row).where('id', '=', id).execute()
      if (isElsewhere(old, settings)) await forgetBase(tx, id, workspaceId)
    } else {
      const none = { credentials_type: 'none' as const, credentials_public: '{}', credentials: null }
      await tx
        .insertInto('connection')
        .values({ ...none, ...row, id, workspace_id: workspaceId, active_since: null })
        .execute()
      await forgetBase(tx, id, workspaceId)
    }
    await notify(tx, { type: 'connection', workspace: workspaceId })
    const connection = await connectionById(tx, id)
    if (!connection) throw new Error('the connection that was just written is not there')
    if (connection.activeSince && connection.pollSeconds > 0) {
      await enqueuePoll(tx, connection.id, connection.pollSeconds)
    }
    return { kind: 'saved', connection, created: old === null }
  })
}

/** False: there was none. Changes nothing on either side (S29). */
export async function deleteConnection(db: Db, workspaceId: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const old = await connectionOf(tx, workspaceId)
    if (!old) return false
    await forgetBase(tx, old.id, workspaceId)
    await endRuns(tx, old.id)
    await tx.deleteFrom('connection').where('id', '=', old.id).execute()
    await notify(tx, { type: 'connection', workspace: workspaceId })
    return true
  })
}

/** Runs that wait, or were cut off: nobody will take them up again (S24). */
async function endRuns(tx: Db, connectionId: string): Promise<void> {
  const message = 'The workspace was disconnected before this sync came to its end.'
  const problem: RunProblem = { code: 'disconnected', message, hint: 'Connect it again, then sync.' }
  await tx
    .updateTable('run')
    .set({ state: 'failed', problem: JSON.stringify(problem), finished_at: new Date() })
    .where('connection_id', '=', connectionId)
    .where('finished_at', 'is', null)
    .execute()
}

/** With their secrets, for git alone. */
export async function credentialsOf(db: Db, key: SecretKey, connectionId: string): Promise<Credentials> {
  const row = await db
    .selectFrom('connection')
    .select(['workspace_id', 'credentials_type', 'credentials_public', 'credentials'])
    .where('id', '=', connectionId)
    .executeTakeFirst()
  if (!row || row.credentials === null) return { type: 'none' }
  const shown = publicCredentials(row)
  const secret = open(key, row.workspace_id, row.credentials)
  switch (shown.type) {
    case 'none':
      return shown
    case 'token':
      return { ...shown, token: secret }
    case 'ssh':
    case 'github-app':
      return { ...shown, privateKey: secret }
  }
}

function sealCredentials(key: SecretKey, workspaceId: string, credentials: Credentials) {
  if (credentials.type === 'none') {
    return { credentials_type: credentials.type, credentials_public: '{}', credentials: null }
  }
  const [secret, shown] = withoutSecret(credentials)
  return {
    credentials_type: credentials.type,
    credentials_public: JSON.stringify(shown),
    credentials: seal(key, workspaceId, secret),
  }
}

function withoutSecret(credentials: Exclude<Credentials, { type: 'none' }>): [string, JsonObject] {
  switch (credentials.type) {
    case 'token':
      return [credentials.token, credentials.username === undefined ? {} : { username: credentials.username }]
    case 'ssh':
      return [credentials.privateKey, { knownHosts: credentials.knownHosts }]
    case 'github-app': {
      const { appId, installationId, privateKey } = credentials
      return [privateKey, { appId, installationId }]
    }
  }
}

function isElsewhere(old: ConnectionSettings, now: ConnectionSettings): boolean {
  return old.url !== now.url || old.branch !== now.branch || old.path !== now.path || old.adopt !== now.adopt
}

function toRow(settings: ConnectionSettings) {
  return {
    url: settings.url,
    branch: settings.branch,
    path: settings.path,
    mode: settings.mode,
    poll_seconds: settings.pollSeconds,
    batch_seconds: settings.batchSeconds,
    approval: settings.approval,
    shared: settings.shared,
    adopt: settings.adopt,
    start_from: settings.startFrom,
    first_sync: settings.firstSync,
    author: settings.author && JSON.stringify(settings.author),
    host: settings.host && JSON.stringify(settings.host),
  }
}

function selectConnections(db: Db) {
  return db
    .selectFrom('connection')
    .select([
      'id',
      'workspace_id',
      'url',
      'branch',
      'path',
      'mode',
      'poll_seconds',
      'batch_seconds',
      'approval',
    ])
    .select(['shared', 'adopt', 'start_from', 'first_sync', 'author', 'host', 'active_since'])
    .select(['credentials_type', 'credentials_public'])
}
type Row = Awaited<ReturnType<ReturnType<typeof selectConnections>['executeTakeFirstOrThrow']>>

function toConnection(row: Row): Connection {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    url: row.url,
    branch: row.branch,
    path: row.path,
    mode: row.mode,
    pollSeconds: row.poll_seconds,
    batchSeconds: row.batch_seconds,
    approval: row.approval,
    shared: row.shared,
    adopt: row.adopt,
    startFrom: row.start_from,
    firstSync: row.first_sync,
    author: row.author,
    host: row.host,
    credentials: publicCredentials(row),
    activeSince: row.active_since,
  }
}

function publicCredentials({
  credentials_type,
  credentials_public,
}: Pick<Row, 'credentials_type' | 'credentials_public'>): PublicCredentials {
  const { username, knownHosts, appId, installationId } = credentials_public
  if (credentials_type === 'github-app') {
    return { type: 'github-app', appId: String(appId), installationId: String(installationId) }
  }
  if (credentials_type === 'ssh') return { type: 'ssh', knownHosts: String(knownHosts ?? '') }
  if (credentials_type === 'token') {
    return { type: 'token', ...(typeof username === 'string' ? { username } : {}) }
  }
  return { type: 'none' }
}
