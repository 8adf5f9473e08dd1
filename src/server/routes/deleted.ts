import { KINDS } from '../../core/model/kind.ts'
import { ListQuery, listOf } from '../../core/wire/list.ts'
import { AnyResource, Deleted, Restore } from '../../core/wire/resource.ts'
import { listDeleted, restoreDeleted } from '../../store/tombstones.ts'
import { decodeNumberCursor, encodeCursor } from '../http/cursor.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { etag } from '../http/if-match.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { refusal } from './outcome.ts'
import { toBody } from './resource-body.ts'
import { displayName } from './resources.ts'

export const deletedEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}/deleted',
    action: 'workspace.read',
    tag: 'Resources',
    summary: 'List what was deleted in the last 30 days, newest first',
    query: ListQuery,
    answers: { 200: { description: 'A page.', schema: listOf(Deleted) } },
    handle: async ({ context, workspace, query }) => {
      const page = { limit: query.limit, cursor: decodeNumberCursor(query.cursor) }
      const { items, nextCursor } = await listDeleted(context.db, workspace.id, page)
      const shown = items.map(({ id, kind, slug, value, deletedAt, deletedBy }) => ({
        id,
        kind,
        slug,
        name: displayName(value, slug),
        deletedAt: deletedAt.toISOString(),
        deletedBy,
      }))
      return { status: 200, body: { items: shown, nextCursor: encodeCursor(nextCursor) } }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/deleted/{id}/restore',
    action: 'resource.write',
    tag: 'Resources',
    summary: 'Restore a deleted resource',
    description: `Where the slug is taken by now, name another one. Kinds: ${KINDS.join(', ')}. A source or destination gets its secrets back.`,
    body: Restore,
    answers: { 201: { description: 'Restored.', schema: AnyResource } },
    handle: async ({ context, workspace, actor, body, param }) => {
      const id = param('id')
      if (!/^\d{1,18}$/.test(id)) throw notFound('deleted resource with this id')
      const outcome = await restoreDeleted(context.db, workspace.id, id, actor, body.slug)
      if (outcome.kind === 'not-found') throw notFound('deleted resource with this id')
      if (outcome.kind === 'stale') {
        throw new ProblemError(
          'slug-taken',
          'The slug is taken by now. Restore it under another: {"slug": "…"}.',
        )
      }
      const show = (resource: Parameters<typeof toBody>[2]) => toBody(context.db, workspace.id, resource)
      if (outcome.kind !== 'saved') throw await refusal(outcome, show)
      const [resource] = outcome.resources
      if (resource === undefined) throw new Error('a restored resource is given back')
      return {
        status: 201,
        body: await show(resource),
        headers: { etag: etag(resource.revision) },
        audit: {
          action: 'resource.restore',
          subject: `${resource.kind}/${resource.slug}`,
          changeSet: outcome.changeSetId,
        },
      }
    },
  }),
]
