import type { JsonObject } from '../core/model/json.ts'
import type { Db } from './database.ts'

export type AuditNote = {
  /** `<area>.<verb>`. */
  readonly action: string
  readonly subject?: string | null
  readonly detail?: JsonObject | null
}

export async function writeAudit(
  db: Db,
  entry: AuditNote & {
    readonly workspaceId: string | null
    readonly actor: { readonly id: string | null; readonly name: string }
  },
): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      workspace_id: entry.workspaceId,
      actor_id: entry.actor.id,
      actor_name: entry.actor.name,
      action: entry.action,
      subject: entry.subject ?? null,
      detail: entry.detail ?? null,
    })
    .execute()
}

export type AuditRow = {
  readonly id: string
  readonly actorId: string | null
  readonly actorName: string
  readonly action: string
  readonly subject: string | null
  readonly detail: JsonObject | null
  readonly at: Date
}

/** Newest first. */
export async function listAudit(
  db: Db,
  workspaceId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: AuditRow[]; nextCursor: string | null }> {
  const items = await db
    .selectFrom('audit_log')
    .select([
      'id',
      'actor_id as actorId',
      'actor_name as actorName',
      'action',
      'subject',
      'detail',
      'created_at as at',
    ])
    .where('workspace_id', '=', workspaceId)
    .$if(page.cursor !== undefined, (query) => query.where('id', '<', page.cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const shown = items.slice(0, page.limit)
  return { items: shown, nextCursor: items.length > page.limit ? (shown.at(-1)?.id ?? null) : null }
}
