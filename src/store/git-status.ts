import { sql } from 'kysely'
import type { Db } from './database.ts'

export type GitStatus = {
  readonly state:
    | 'never-synced'
    | 'in-sync'
    | 'ahead'
    | 'behind'
    | 'syncing'
    | 'conflicts'
    | 'held'
    | 'blocked'
    | 'failed'
  readonly syncedCommit: string | null
  readonly syncedAt: Date | null
  readonly lastOutbound: {
    readonly oid: string
    readonly subject: string
    readonly author: string
    readonly at: Date
  } | null
  readonly lastInbound: { readonly head: string; readonly at: Date } | null
  readonly waiting: number
  readonly conflicts: number
  readonly pending: number
  readonly aside: number
  /** Files that use the old name of a renamed resource (S18). */
  readonly forwards: number
  /** Open reviews (S21). */
  readonly reviews: number
  readonly lastRun: string | null
  /** The run whose plan waits for consent (S16). */
  readonly heldRun: string | null
}

type Row = {
  active: boolean
  head: string | null
  seen_head: string | null
  stopped: boolean
  synced_at: Date | null
  waiting: number
  conflicts: number
  pending: number
  aside: number
  forwards: number
  reviews: number
  last_run: string | null
  held_run: string | null
  last_state: string | null
  running: boolean
  inbound_head: string | null
  inbound_at: Date | null
  oid: string | null
  subject: string | null
  author: string | null
  committed_at: Date | null
}

/** State at a glance (W5), in one query. Null: no connection. */
export async function gitStatus(db: Db, workspaceId: string): Promise<GitStatus | null> {
  const { rows } = await sql<Row>`
    select k.active_since is not null as active, s.head, s.seen_head, s.stopped, s.held_run,
      (select max(finished_at) from run where connection_id = k.id and state in ('succeeded', 'nothing-to-do')) as synced_at,
      (select count(distinct resource_id)::int from change where workspace_id = k.workspace_id and settled_at is null) as waiting,
      (select count(*)::int from conflict where connection_id = k.id) as conflicts,
      (select count(*)::int from open_file where connection_id = k.id and state = 'pending') as pending,
      (select count(*)::int from open_file where connection_id = k.id and state = 'aside') as aside,
      (select count(*)::int from base where connection_id = k.id and forwards <> '[]') as forwards,
      (select count(*)::int from review where connection_id = k.id and state in ('new', 'open')) as reviews,
      last.id as last_run, last.state as last_state,
      exists (select from run where connection_id = k.id and state in ('queued', 'running')) as running,
      inb.head as inbound_head, inb.finished_at as inbound_at,
      outb.oid, outb.subject, outb.author_name as author, outb.finished_at as committed_at
    from connection k join sync_state s on s.connection_id = k.id
    left join lateral (
      select id, state from run where connection_id = k.id and finished_at is not null
        and not (options->>'dryRun')::boolean order by queued_at desc limit 1
    ) last on true
    left join lateral (
      select head, finished_at from run where connection_id = k.id and state = 'succeeded'
        and (counts->>'inbound')::int > 0 order by queued_at desc limit 1
    ) inb on true
    left join lateral (
      select c.oid, c.subject, c.author_name, r.finished_at from commit_record c join run r on r.id = c.run_id
      where c.connection_id = k.id and c.state = 'pushed' and c.review_id is null order by c.id desc limit 1
    ) outb on true
    where k.workspace_id = ${workspaceId}`.execute(db)
  const row = rows[0]
  return row ? toStatus(row) : null
}

function toStatus(row: Row): GitStatus {
  const { oid, subject, author } = row
  return {
    state: stateOf(row),
    syncedCommit: row.head,
    syncedAt: row.synced_at,
    lastOutbound:
      oid && subject !== null && author !== null
        ? { oid, subject, author, at: row.committed_at ?? new Date(0) }
        : null,
    lastInbound: row.inbound_head && row.inbound_at ? { head: row.inbound_head, at: row.inbound_at } : null,
    waiting: row.waiting,
    conflicts: row.conflicts,
    pending: row.pending,
    aside: row.aside,
    forwards: row.forwards,
    reviews: row.reviews,
    lastRun: row.last_run,
    heldRun: row.held_run,
  }
}

function stateOf(row: Row): GitStatus['state'] {
  if (!row.active) return 'never-synced'
  if (row.running) return 'syncing'
  if (row.stopped) return 'blocked'
  if (row.held_run !== null) return 'held'
  if (row.last_state === 'failed') return 'failed'
  if (row.conflicts > 0) return 'conflicts'
  if (row.waiting > 0 || row.reviews > 0) return 'ahead'
  return row.seen_head !== row.head ? 'behind' : 'in-sync'
}
