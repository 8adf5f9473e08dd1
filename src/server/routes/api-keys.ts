import { listOf } from '../../core/wire/list.ts'
import { ApiKey, ApiKeyCreate, ApiKeyCreated } from '../../core/wire/person.ts'
import { createApiKey, listApiKeys, revokeApiKey, type StoredApiKey } from '../../store/api-keys.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { notFound, ProblemError } from '../problem-error.ts'

export const apiKeyEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}/api-keys',
    action: 'api-key.read',
    tag: 'API keys',
    summary: 'List the keys of this workspace',
    answers: { 200: { description: 'All that are not revoked.', schema: listOf(ApiKey) } },
    handle: async ({ context, workspace }) => {
      const keys = await listApiKeys(context.db, workspace.id)
      return { status: 200, body: { items: keys.map(shown), nextCursor: null } }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/api-keys',
    action: 'api-key.change',
    tag: 'API keys',
    summary: 'Make a key',
    description: 'The key itself is in this answer only.',
    body: ApiKeyCreate,
    answers: { 201: { description: 'The key.', schema: ApiKeyCreated } },
    handle: async ({ context, workspace, actor, body }) => {
      const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null
      if (expiresAt !== null && expiresAt <= new Date()) {
        throw new ProblemError(
          'invalid-setting',
          'expiresAt is in the past. Choose a later time, or null for never.',
        )
      }
      const made = await createApiKey(context.db, {
        name: body.name,
        role: body.role,
        workspaceId: workspace.id,
        expiresAt,
        createdBy: actor.id,
      })
      return {
        status: 201,
        body: { ...shown(made), key: made.key },
        audit: {
          action: 'api-key.create',
          subject: made.name,
          values: { before: null, after: audited(made) },
        },
      }
    },
  }),
  workspaceEndpoint({
    method: 'delete',
    path: '/workspaces/{ws}/api-keys/{id}',
    action: 'api-key.change',
    whileArchived: true,
    tag: 'API keys',
    summary: 'Revoke a key',
    answers: { 204: { description: 'It opens nothing any more.' } },
    handle: async ({ context, workspace, param }) => {
      const id = param('id')
      const key = await revokeApiKey(context.db, workspace.id, id)
      if (key === null) throw notFound('API key with this id')
      const values = { before: audited(key), after: null }
      return { status: 204, audit: { action: 'api-key.revoke', subject: key.name, values } }
    },
  }),
]

/** The key itself is nowhere: its beginning tells which it was. */
function audited({ prefix, role, expiresAt }: StoredApiKey) {
  return { prefix, role, expiresAt: expiresAt?.toISOString() ?? null }
}

function shown(key: StoredApiKey): ApiKey {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    role: key.role,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  }
}
