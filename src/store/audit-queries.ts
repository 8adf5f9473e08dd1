import { sql } from 'kysely'
import type { AuditChange } from '../core/audit/audit-changes.ts'
import type { JsonObject } from '../core/model/json.ts'
import { isKind, KINDS } from '../core/model/kind.ts'
import type { Db } from './database.ts'
import type { AuditOrigin } from './tables/auth.ts'

export type AuditRow = {
  readonly id: string
  readonly actorId: string | null
  readonly actorName: string
  readonly action: string
  readonly subject: string | null
  readonly detail: JsonObject | null
  readonly origin: AuditOrigin | null
  readonly address: string | null
  readonly run: string | null
  readonly commit: string | null
  readonly changes: readonly AuditChange[]
  readonly omitted: number
  readonly at: Date
}

/** Of one workspace; `ofServer`: with what belongs to none, such as sign-ins. */
export type AuditScope = { readonly workspaceId: string; readonly ofServer: boolean }

export type AuditFilter = {
  /** The actor's id, or the name of one without. */
  readonly person?: string | undefined
  /** `resource.save`, or the area `resource`. */
  readonly action?: string | undefined
  /** `<kind>/<slug>`, a slug of any kind, or another subject. */
  readonly resource?: string | undefined
  readonly since?: Date | undefined
  readonly until?: Date | undefined
}

/** Newest first. The commit and run of a save are those that took it to Git, once they did. */
export async function listAudit(
  db: Db,
  scope: AuditScope,
  filter: AuditFilter,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: AuditRow[]; nextCursor: string | null }> {
  const { person, action, resource, since, until } = filter
  const { rows } = await sql<AuditRow>`
    select a.id, a.actor_id as "actorId", a.actor_name as "actorName", a.action, a.subject, a.detail, a.origin,
      a.address, a.changes, a.omitted, a.created_at as at,
      coalesce(a.commit_oid, went.oid) as commit, coalesce(a.run_id, went.run_id) as run
    from audit_log a
    left join lateral (
      select c.commit_oid as oid, r.run_id from change c
      left join commit_record r on r.oid = c.commit_oid and r.state = 'pushed'
      where c.change_set_id = a.change_set_id and c.commit_oid is not null order by c.id limit 1
    ) went on a.change_set_id is not null and a.commit_oid is null
    where ${within(scope)}
      and ${person === undefined ? sql`true` : sql`(a.actor_id = ${person} or (a.actor_id is null and a.actor_name = ${person}))`}
      and ${action === undefined ? sql`true` : sql`(a.action = ${action} or starts_with(a.action, ${`${action}.`}))`}
      and ${resource === undefined ? sql`true` : sql`(a.subject = ${resource} or a.subject = any(${namesOf(resource)}::text[]) or a.resources && ${namesOf(resource)}::text[])`}
      and ${since === undefined ? sql`true` : sql`a.created_at >= ${since}`}
      and ${until === undefined ? sql`true` : sql`a.created_at < ${until}`}
      and ${page.cursor === undefined ? sql`true` : sql`a.id < ${page.cursor}`}
    order by a.id desc limit ${page.limit + 1}`.execute(db)
  const shown = rows.slice(0, page.limit)
  return { items: shown, nextCursor: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null }
}

/** What can be filtered by: everybody who is in the log, by the latest name, and every action. */
export async function auditFacets(
  db: Db,
  scope: AuditScope,
): Promise<{ people: { id: string; name: string }[]; actions: string[] }> {
  const [people, actions] = await Promise.all([
    sql<{ id: string; name: string }>`
      select distinct on (coalesce(a.actor_id, a.actor_name)) coalesce(a.actor_id, a.actor_name) as id, a.actor_name as name
      from audit_log a where ${within(scope)} order by coalesce(a.actor_id, a.actor_name), a.id desc`.execute(
      db,
    ),
    sql<{
      action: string
    }>`select distinct a.action from audit_log a where ${within(scope)} order by 1`.execute(db),
  ])
  return {
    people: people.rows.toSorted((a, b) => a.name.localeCompare(b.name)),
    actions: actions.rows.map((row) => row.action),
  }
}

function namesOf(resource: string): string[] {
  const isWhole = isKind(resource.slice(0, resource.indexOf('/')))
  return isWhole ? [resource] : KINDS.map((kind) => `${kind}/${resource}`)
}

function within({ workspaceId, ofServer }: AuditScope) {
  return ofServer
    ? sql`(a.workspace_id = ${workspaceId} or a.workspace_id is null)`
    : sql`a.workspace_id = ${workspaceId}`
}
