import { ListQuery, listOf } from '../../core/wire/list.ts'
import { AuditEntry } from '../../core/wire/person.ts'
import { listAudit } from '../../store/audit.ts'
import { decodeNumberCursor, encodeCursor } from '../http/cursor.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'

export const auditEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}/audit',
    action: 'audit.read',
    tag: 'Audit log',
    summary: 'Who changed what, newest first',
    query: ListQuery,
    answers: { 200: { description: 'A page.', schema: listOf(AuditEntry) } },
    handle: async ({ context, workspace, query }) => {
      const page = { limit: query.limit, cursor: decodeNumberCursor(query.cursor) }
      const { items, nextCursor } = await listAudit(context.db, workspace.id, page)
      const shown = items.map(({ id, at, actorId, actorName, action, subject, detail }) => ({
        id,
        at: at.toISOString(),
        actor: { id: actorId, name: actorName },
        action,
        subject,
        detail,
      }))
      return { status: 200, body: { items: shown, nextCursor: encodeCursor(nextCursor) } }
    },
  }),
]
