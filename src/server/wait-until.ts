import type { WorkspaceEvent } from '../core/wire/events.ts'
import type { Context } from './context.ts'

/** An event can be missed while the connection that hears them is mended: looked at once in a while as well. */
const LOOK_MS = 2_000

export type Waiting<T> = {
  readonly workspaceId: string
  readonly ms: number
  readonly signal?: AbortSignal | undefined
  /** The events after which it is worth looking again. */
  readonly concerns: (event: WorkspaceEvent) => boolean
  readonly look: () => Promise<T>
  readonly isEnough: (seen: T) => boolean
}

/** Looks now and after each event that concerns it; gives what was seen last when it is enough, the time is over or the asker is gone. */
export async function waitUntil<T>({ events }: Pick<Context, 'events'>, waiting: Waiting<T>): Promise<T> {
  const { workspaceId, ms, signal, concerns, look, isEnough } = waiting
  const deadline = Date.now() + ms
  let wake = () => {}
  const unsubscribe = events.subscribe(workspaceId, ({ event }) => {
    if (concerns(event)) wake()
  })
  signal?.addEventListener('abort', () => wake(), { once: true })
  try {
    for (;;) {
      // Heard from before the look on: what happens during it is not missed.
      const heard = new Promise<void>((resolve) => {
        wake = resolve
      })
      const seen = await look()
      const rest = deadline - Date.now()
      if (isEnough(seen) || rest <= 0 || signal?.aborted) return seen
      const timer = setTimeout(() => wake(), Math.min(LOOK_MS, rest))
      await heard
      clearTimeout(timer)
    }
  } finally {
    unsubscribe()
  }
}
