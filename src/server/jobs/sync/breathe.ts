import { setImmediate } from 'node:timers/promises'

/** Requests wait no longer than this for a step that computes. */
const HOLD_MS = 20

/** To be called between the parts of a long computation: now and then it lets everything else have a turn. */
export function breather(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < HOLD_MS) return
    await setImmediate()
    last = performance.now()
  }
}
