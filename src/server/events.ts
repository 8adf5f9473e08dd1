import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { WorkspaceEvent } from '../core/wire/events.ts'
import { APPLICATION_NAME } from '../store/database.ts'
import { EVENT_CHANNEL } from '../store/notify.ts'

export type NumberedEvent = { readonly id: string; readonly event: WorkspaceEvent }
export type Listener = (event: NumberedEvent) => void

export type Events = {
  /** Called for every event of the workspace; returns how to stop. */
  readonly subscribe: (workspaceId: string, listener: Listener) => () => void
  /** What came after this id, or null when that is not known any more: the reader must read anew. */
  readonly since: (workspaceId: string, id: string) => readonly NumberedEvent[] | null
  /** Called when the server goes down, so that streams end instead of hanging. */
  readonly onStop: (listener: () => void) => () => void
  readonly closeStreams: () => void
  readonly stop: () => Promise<void>
}

const REMEMBERED = 1000
const RECONNECT_MS = 500

/** One LISTEN for the whole process; every server of a database hears every event. */
export async function startEvents(databaseUrl: string, log: Logger): Promise<Events> {
  const boot = randomBytes(4).toString('hex')
  const listeners = new Map<string, Set<Listener>>()
  const recent: (NumberedEvent & { readonly n: number })[] = []
  const stopListeners = new Set<() => void>()
  let n = 0
  let stopped = false
  let client: pg.Client | null = null

  const publish = (event: WorkspaceEvent) => {
    n += 1
    const numbered = { id: `${boot}-${n}`, n, event }
    recent.push(numbered)
    if (recent.length > REMEMBERED) recent.shift()
    for (const listener of listeners.get(event.workspace) ?? []) listener(numbered)
  }

  const connect = async () => {
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: APPLICATION_NAME,
      keepAlive: true,
    })
    next.on('notification', ({ payload }) => {
      const parsed = WorkspaceEvent.safeParse(parseJson(payload ?? ''))
      if (parsed.success) publish(parsed.data)
      else log.warn('an event of another version was left out')
    })
    next.on('error', (error) => log.warn({ err: error }, 'the connection that hears events was lost'))
    await next.connect()
    await next.query(`listen ${EVENT_CHANNEL}`)
    client = next
    // Heard only from here on: an attempt that fails ends too, and is repeated by the loop that made it.
    next.once('end', () => {
      client = null
      void reconnect()
    })
  }

  const reconnect = async () => {
    while (!stopped && client === null) {
      await sleep(RECONNECT_MS)
      await connect().catch((error) => log.debug({ err: error }, 'the database does not answer yet'))
    }
    if (stopped) return
    // What happened meanwhile was not heard: everybody reads anew.
    for (const workspace of listeners.keys()) publish({ type: 'resources', workspace })
  }

  await connect()
  return {
    subscribe(workspaceId, listener) {
      const set = listeners.get(workspaceId) ?? new Set()
      listeners.set(workspaceId, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0) listeners.delete(workspaceId)
      }
    },
    since(workspaceId, id) {
      const from = id.startsWith(`${boot}-`) ? Number(id.slice(boot.length + 1)) : Number.NaN
      const oldest = recent[0]?.n ?? n + 1
      if (!Number.isInteger(from) || from > n || from < oldest - 1) return null
      return recent.filter((event) => event.n > from && event.event.workspace === workspaceId)
    },
    onStop(listener) {
      stopListeners.add(listener)
      return () => stopListeners.delete(listener)
    },
    closeStreams() {
      for (const listener of [...stopListeners]) listener()
    },
    async stop() {
      stopped = true
      await client?.end()
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
