import type { Cache } from './cache.ts'
import { sweepLeftovers } from './leftovers.ts'
import { runLocal } from './local.ts'
import { listIncoming, writeRefs } from './refs.ts'

/** Objects that nothing refers to are kept so long: a run that has just made them still needs them. */
const GRACE = '1.day.ago'

/** Packs the objects that single commits left behind. For a schedule: no run waits for it. */
export async function maintainCache(cache: Cache): Promise<void> {
  await sweepLeftovers(cache.dir)
  const stale = await listIncoming(cache)
  if (stale.length > 0) await writeRefs(cache, new Map(stale.map((ref) => [ref, null])))
  await runLocal(cache, { args: ['gc', '--quiet', `--prune=${GRACE}`] })
}
