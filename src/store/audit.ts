import { type AuditChange, changesOfRows, changesOfValues, TOLD_MAX } from '../core/audit/audit-changes.ts'
import type { JsonObject } from '../core/model/json.ts'
import type { Db } from './database.ts'
import type { AuditOrigin } from './tables/auth.ts'

export type AuditNote = {
  /** `<area>.<verb>`. */
  readonly action: string
  readonly subject?: string | null
  readonly detail?: JsonObject | null
  /** Before and after by field: of the resources that a change set wrote, or of something else. */
  readonly changeSet?: string
  readonly values?: { readonly before: JsonObject | null; readonly after: JsonObject | null }
  readonly run?: string
  readonly commit?: string | null
  /** Where they are not those of the request: a new workspace, who has only now signed in. */
  readonly workspaceId?: string
  readonly actor?: { readonly id: string | null; readonly name: string }
}

export type AuditEntryInput = Omit<AuditNote, 'workspaceId' | 'actor'> & {
  readonly workspaceId: string | null
  readonly actor: { readonly id: string | null; readonly name: string }
  readonly origin: AuditOrigin
  readonly address: string | null
}

export async function writeAudit(db: Db, entry: AuditEntryInput): Promise<void> {
  const { changes, omitted, resources } = await whatChanged(db, entry)
  await db
    .insertInto('audit_log')
    .values({
      workspace_id: entry.workspaceId,
      actor_id: entry.actor.id,
      actor_name: entry.actor.name,
      action: entry.action,
      subject: entry.subject ?? null,
      detail: entry.detail ?? null,
      origin: entry.origin,
      address: entry.address,
      run_id: entry.run ?? null,
      commit_oid: entry.commit ?? null,
      change_set_id: entry.changeSet ?? null,
      changes: JSON.stringify(changes),
      omitted,
      resources,
    })
    .execute()
}

/** So many resources of one change set can be filtered for; a larger one is found by person and time. */
const FOUND_MAX = 5000

async function whatChanged(
  db: Db,
  { changeSet, values }: Pick<AuditNote, 'changeSet' | 'values'>,
): Promise<{ changes: readonly AuditChange[]; omitted: number; resources: readonly string[] }> {
  if (changeSet === undefined) {
    const changes = values === undefined ? [] : changesOfValues(values.before, values.after)
    return { changes, omitted: 0, resources: [] }
  }
  const ofSet = db.selectFrom('change').where('change_set_id', '=', changeSet)
  const rows = await ofSet
    .select(['kind', 'slug', 'before', 'after'])
    .orderBy('id')
    .limit(TOLD_MAX + 1)
    .execute()
  const { changes, omitted } = changesOfRows(rows)
  if (omitted === 0) return { changes, omitted, resources: rows.map(({ kind, slug }) => `${kind}/${slug}`) }
  const names = await ofSet.select(['kind', 'slug']).orderBy('id').limit(FOUND_MAX).execute()
  const { n } = await ofSet.select((eb) => eb.fn.countAll<string>().as('n')).executeTakeFirstOrThrow()
  return {
    changes,
    omitted: Number(n) - changes.length,
    resources: names.map(({ kind, slug }) => `${kind}/${slug}`),
  }
}
