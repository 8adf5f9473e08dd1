import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

const NICENESS = 3

/**
 * Where a processor is short, requests come before the sync: this thread, and git, which it starts, go after
 * those that answer. Only Linux has threads with a priority of their own, and tells their ids.
 */
export function giveWay(): void {
  try {
    const thread = Number(/\d+$/.exec(readlinkSync('/proc/thread-self'))?.[0])
    if (Number.isInteger(thread)) setPriority(thread, NICENESS)
  } catch {
    // A machine that does not allow it shares its processors as it sees fit.
  }
}
