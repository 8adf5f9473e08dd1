import { newPath } from '../../../core/format/classify.ts'
import { isInboundBlocked } from '../../../core/plan/plan.ts'
import { advanceCommits } from '../../../store/advance-commits.ts'
import { guardLease } from '../../../store/leases.ts'
import { enqueueSync } from '../../../store/outbox.ts'
import { updateSyncState } from '../../../store/sync-state.ts'
import { type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/** The base moves to what is in Git, and the saves are settled (S2). */
export async function advanceBase(work: Work, facts: Facts): Promise<StepResult> {
  const commits = known(facts.commits)
  const target = commits.at(-1)?.oid ?? known(facts.head).parent
  const isBehind = isInboundBlocked(known(facts.plan))
  await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    await advanceCommits(
      tx,
      work.connection,
      commits.map((commit) => commit.id),
    )
    // While nothing comes in, the last applied commit stays where it is.
    const last = commits.at(-1)
    const applied = isBehind ? {} : { head: target, ...(last ? { last_commit: last.id } : {}) }
    // What somebody put on top meanwhile was not seen: the next poll finds it.
    const seen = facts.verifiedHead === target ? { seen_head: target } : {}
    await updateSyncState(tx, work.connection.id, { ...applied, ...seen })
    // By the next run: each such run has made a commit, so there is an end to them.
    if (hasMadeRoom(facts)) await enqueueSync(tx, work.connection.id)
  })
  return NEXT
}

/** A rename or deletion of this run left the place that a new resource waits for. */
function hasMadeRoom({ drafts, plan }: Facts): boolean {
  const left = new Set(
    known(drafts).flatMap(({ writes }) =>
      writes.flatMap(({ from, path, fileValue }) =>
        from !== null && (from !== path || fileValue === null) ? [from.toLowerCase()] : [],
      ),
    ),
  )
  return known(plan).waiting.some(
    (entry) => entry.direction === 'outbound' && left.has(newPath(entry).toLowerCase()),
  )
}
