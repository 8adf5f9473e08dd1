import { type Kysely, sql } from 'kysely'
import type { WorkspaceEvent } from '../core/wire/events.ts'
import type { Database } from './schema.ts'

export const EVENT_CHANNEL = 'tandem_event'

/** Beyond this many, one `resources` event a workspace tells the page to read again. */
const MANY = 200

/**
 * Tells every server's listeners, when the transaction commits (at once outside of one). `workspace` in
 * an event is the workspace's id; the stream's reader knows it by that.
 */
export async function notify(
  db: Kysely<Database>,
  events: WorkspaceEvent | readonly WorkspaceEvent[],
): Promise<void> {
  const list: readonly WorkspaceEvent[] = 'type' in events ? [events] : events
  const payloads = coalesce(list).map((event) => JSON.stringify(event))
  if (payloads.length === 0) return
  await sql`select pg_notify(${EVENT_CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`.execute(
    db,
  )
}

export function coalesce(events: readonly WorkspaceEvent[]): readonly WorkspaceEvent[] {
  const resources = events.filter((event) => event.type === 'resource')
  if (resources.length <= MANY) return events
  const workspaces = new Set(resources.map((event) => event.workspace))
  return [
    ...[...workspaces].map((workspace) => ({ type: 'resources' as const, workspace })),
    ...events.filter((event) => event.type !== 'resource'),
  ]
}
