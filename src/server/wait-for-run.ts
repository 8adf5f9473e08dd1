import { isFinal } from '../core/wire/run.ts'
import { getRun } from '../store/runs.ts'
import type { Context } from './context.ts'

/** An event can be missed while the connection that hears them is mended: looked at once in a while as well. */
const LOOK_MS = 2_000

/** Resolves when the run has ended, the time is over or the asker is gone. */
export async function waitForRun(
  { db, events }: Pick<Context, 'db' | 'events'>,
  workspaceId: string,
  id: string,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + ms
  let wake = () => {}
  const unsubscribe = events.subscribe(workspaceId, ({ event }) => {
    if (event.type === 'run' && event.run === id) wake()
  })
  try {
    while (Date.now() < deadline && !signal?.aborted) {
      const heard = new Promise<void>((resolve) => {
        wake = resolve
      })
      const run = await getRun(db, workspaceId, id)
      if (run === null || isFinal(run.state)) return
      const rest = Math.max(0, Math.min(LOOK_MS, deadline - Date.now()))
      let timer: NodeJS.Timeout | undefined
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, rest)
      })
      await Promise.race([heard, over])
      clearTimeout(timer)
    }
  } finally {
    unsubscribe()
  }
}
