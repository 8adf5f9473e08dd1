import type { JsonObject } from '../../core/model/json.ts'
import { Connection, ConnectionInput, GitTest } from '../../core/wire/git.ts'
import {
  connectionOf,
  credentialsOf,
  deleteConnection,
  putConnection,
  type Connection as Stored,
} from '../../store/connections.ts'
import { gitStatus } from '../../store/git-status.ts'
import { isSynced } from '../../store/workspaces.ts'
import type { Context } from '../context.ts'
import { credentialsFor, settingsOf } from '../git-settings.ts'
import { testRemote } from '../git-test.ts'
import { hostSetting } from '../hosts/open-host.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { noRepository, ProblemError } from '../problem-error.ts'
import { connectionBody } from './git-body.ts'

const PATH = '/workspaces/{ws}/git'

export const gitConnectionEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: PATH,
    action: 'git.read',
    tag: 'Git',
    summary: 'The connected repository and its state at a glance',
    description: '404 while none is connected.',
    answers: { 200: { description: 'The connection; no secret is in it.', schema: Connection } },
    handle: async ({ context, workspace }) => {
      const connection = await connectionOf(context.db, workspace.id)
      const status = await gitStatus(context.db, workspace.id)
      if (connection === null || status === null) {
        throw noRepository()
      }
      return { status: 200, body: connectionBody(connection, status, isSynced(workspace)) }
    },
  }),
  workspaceEndpoint({
    method: 'put',
    path: PATH,
    action: 'git.connect',
    tag: 'Git',
    summary: 'Connect a repository, or change how it is connected; the answer holds a test',
    description:
      'What is absent keeps its value. Another url, branch or path forgets what was agreed: the next sync is a first sync again. Nothing is synced before it is asked for.',
    body: ConnectionInput,
    answers: {
      200: { description: 'Changed.', schema: Connection },
      201: { description: 'Connected.', schema: Connection },
    },
    handle: async ({ context, workspace, body, request }) => {
      const before = await connectionOf(context.db, workspace.id)
      const { settings, credentials } = await resolve(context, workspace.id, body)
      const outcome = await putConnection(context.db, context.secretKey, workspace.id, settings, credentials)
      if (outcome.kind === 'not-shared') throw inUse(outcome.with)
      const test = await testRemote(context, settings, credentials, request.signal)
      const status = await gitStatus(context.db, workspace.id)
      if (status === null) throw new ProblemError('not-found', 'It was disconnected meanwhile.')
      return {
        status: outcome.created ? 201 : 200,
        body: connectionBody(outcome.connection, status, isSynced(workspace), test),
        audit: {
          action: 'git.connect',
          subject: settings.url,
          detail: credentials === null ? null : { credentials: 'set anew' },
          values: { before: before && audited(before), after: audited(outcome.connection) },
        },
      }
    },
  }),
  workspaceEndpoint({
    method: 'delete',
    path: PATH,
    action: 'git.connect',
    tag: 'Git',
    summary: 'Disconnect; nothing changes on either side',
    answers: { 204: { description: 'Disconnected.' } },
    handle: async ({ context, workspace }) => {
      const before = await connectionOf(context.db, workspace.id)
      const there = await deleteConnection(context.db, workspace.id)
      if (!there || before === null) throw noRepository()
      const values = { before: audited(before), after: null }
      return { status: 204, audit: { action: 'git.disconnect', subject: before.url, values } }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${PATH}/test`,
    action: 'git.connect',
    tag: 'Git',
    summary: 'Test a connection as it would be saved; nothing is stored',
    body: ConnectionInput,
    answers: { 200: { description: 'What came of it.', schema: GitTest } },
    handle: async ({ context, workspace, body, request }) => {
      const { settings, credentials } = await resolve(context, workspace.id, body)
      return { status: 200, body: await testRemote(context, settings, credentials, request.signal) }
    },
  }),
]

/** What the audit log tells of a connection: every setting, and of credentials their kind only (Z4). */
function audited({ id: _, workspaceId: __, activeSince: ___, credentials, ...settings }: Stored): JsonObject {
  return { ...settings, credentials: credentials.type }
}

async function resolve(context: Context, workspaceId: string, input: ConnectionInput) {
  const stored = await connectionOf(context.db, workspaceId)
  const settings = settingsOf(input, stored, context.gitPolicy)
  const kept = stored && (await withSecrets(context, stored))
  const now = { url: settings.url, apiUrl: hostSetting(settings)?.apiUrl ?? null }
  return { settings, credentials: credentialsFor(input.credentials, kept, now) }
}

async function withSecrets({ db, secretKey }: Context, stored: Stored) {
  const apiUrl = hostSetting(stored)?.apiUrl ?? null
  return { url: stored.url, apiUrl, credentials: await credentialsOf(db, secretKey, stored.id) }
}

function inUse(sharing: {
  readonly workspace: string
  readonly isArchived: boolean
  readonly reason: 'same-path' | 'inside'
}): ProblemError {
  const { workspace, isArchived, reason } = sharing
  const which = isArchived ? `The archived workspace ${workspace}` : `The workspace ${workspace}`
  const detail =
    reason === 'same-path'
      ? `${which} uses this branch and path already. Choose another branch or path, or set shared in both workspaces.`
      : `This path and that of ${which.replace('The', 'the')} lie inside each other's folders. Choose another path.`
  return new ProblemError('branch-in-use', detail, { workspace })
}
