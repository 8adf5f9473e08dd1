import { AuditEntry, AuditExportQuery, AuditFacets, AuditQuery } from '../../core/wire/audit.ts'
import { listOf } from '../../core/wire/list.ts'
import { type AuditFilter, type AuditRow, auditFacets, listAudit } from '../../store/audit-queries.ts'
import { isAdminEverywhere } from '../auth/authorize.ts'
import { decodeNumberCursor, encodeCursor } from '../http/cursor.ts'
import { type Endpoint, type WorkspaceCall, workspaceEndpoint } from '../http/endpoint.ts'
import { auditExport } from './audit-export.ts'

const PATH = '/workspaces/{ws}/audit'

export const auditEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: PATH,
    action: 'audit.read',
    tag: 'Audit log',
    summary: 'Who changed what, when and from where, newest first',
    description:
      'An admin of all workspaces also sees what belongs to none, such as sign-ins. Nobody changes or takes away an entry; the database refuses it too.',
    query: AuditQuery,
    answers: { 200: { description: 'A page.', schema: listOf(AuditEntry) } },
    handle: async (call) => {
      const page = { limit: call.query.limit, cursor: decodeNumberCursor(call.query.cursor) }
      const found = await listAudit(call.context.db, scopeOf(call), filterOf(call.query), page)
      const items = found.items.map(auditEntry)
      return { status: 200, body: { items, nextCursor: encodeCursor(found.nextCursor) } }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: `${PATH}/facets`,
    action: 'audit.read',
    tag: 'Audit log',
    summary: 'The people and actions that the log can be filtered by',
    answers: { 200: { description: 'All that are in it.', schema: AuditFacets } },
    handle: async (call) => ({ status: 200, body: await auditFacets(call.context.db, scopeOf(call)) }),
  }),
  workspaceEndpoint({
    method: 'get',
    path: `${PATH}/export`,
    action: 'audit.read',
    tag: 'Audit log',
    summary: 'The log as a file, by the same filters',
    description:
      'In CSV, a cell that a spreadsheet would take for a formula begins with an apostrophe. JSON is a list of entries as they are listed.',
    query: AuditExportQuery,
    answers: { 200: { description: 'A CSV or JSON file.' } },
    handle: async (call) => {
      const [scope, filter] = [scopeOf(call), filterOf(call.query)]
      const pages = async (cursor: string | undefined) => {
        const found = await listAudit(call.context.db, scope, filter, { cursor, limit: 1000 })
        return { entries: found.items.map(auditEntry), next: found.nextCursor }
      }
      return { stream: auditExport(call.query.format, `audit-${call.workspace.slug}`, pages) }
    },
  }),
]

// biome-ignore lint/suspicious/noExplicitAny: the scope is the same whatever the query and the body are.
function scopeOf({ workspace, actor }: Pick<WorkspaceCall<any, any>, 'workspace' | 'actor'>) {
  return { workspaceId: workspace.id, ofServer: isAdminEverywhere(actor) }
}

function filterOf(query: Omit<AuditExportQuery, 'format'>): AuditFilter {
  const { person, action, resource, since, until } = query
  const at = (text: string | undefined) => (text === undefined ? undefined : new Date(text))
  return { person, action, resource, since: at(since), until: at(until) }
}

function auditEntry({ actorId, actorName, at, ...row }: AuditRow): AuditEntry {
  const { id, action, subject, detail, origin, address, run, commit, omitted } = row
  return {
    id,
    at: at.toISOString(),
    actor: { id: actorId, name: actorName },
    action,
    subject,
    detail,
    origin,
    address,
    run,
    commit,
    changes: row.changes.map((change) => ({ ...change, fields: [...change.fields] })),
    omitted,
  }
}
