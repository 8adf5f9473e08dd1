import { sql } from 'kysely'
import type { HeldEntry } from '../core/plan/plan.ts'
import type { Actor } from './change-sets.ts'
import type { Db } from './database.ts'
import { forgetBase } from './forget-base.ts'
import { lockWorkspace } from './outbox.ts'
import { requestSyncIn } from './runs.ts'

export type ApproveOutcome =
  | { readonly kind: 'approved'; readonly runId: string }
  | { readonly kind: 'not-connected' }
  /** It does not wait, or not any more. */
  | { readonly kind: 'not-held' }
  | { readonly kind: 'other-digest' }

type Row = {
  connection_id: string
  held_run: string | null
  head: string | null
  held: readonly Pick<HeldEntry, 'direction' | 'reason' | 'digest'>[] | null
}

/**
 * Consent to the changes that a held run shows, named by their digest (S16): asks for a run that does them.
 * A branch that is gone is made again from the workspace: connecting anew, which deletes nothing (S29).
 */
export async function approveRun(
  db: Db,
  workspaceId: string,
  runId: string,
  consent: {
    readonly digest: string
    readonly dropped?: 'send' | 'give-up' | undefined
    readonly actor: Actor
  },
): Promise<ApproveOutcome> {
  return db.transaction().execute(async (tx) => {
    await lockWorkspace(tx, workspaceId)
    const { rows } = await sql<Row>`
      select k.id as connection_id, s.held_run, r.head, r.plan->'held' as held
      from connection k join sync_state s on s.connection_id = k.id
      left join run r on r.id = ${runId} and r.connection_id = k.id
      where k.workspace_id = ${workspaceId} for update of s`.execute(tx)
    const row = rows[0]
    if (!row) return { kind: 'not-connected' }
    if (row.held_run !== runId) return { kind: 'not-held' }
    const entry = row.held?.find(({ digest }) => digest === consent.digest)
    if (!entry) return { kind: 'other-digest' }
    const connection = { id: row.connection_id, workspaceId }
    if (entry.reason === 'branch-gone') await forgetBase(tx, connection.id, workspaceId)
    const head = entry.direction === 'inbound' ? row.head : null
    return {
      kind: 'approved',
      runId: await requestSyncIn(tx, connection, {
        trigger: 'manual',
        actor: consent.actor,
        approval: { digest: consent.digest, head, dropped: consent.dropped },
      }),
    }
  })
}
