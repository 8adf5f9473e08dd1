import { advanceCommits } from '../../../store/commit-records.ts'
import { guardLease } from '../../../store/leases.ts'
import { updateSyncState } from '../../../store/sync-state.ts'
import { DONE, type Facts, known, type StepResult, type Work } from './work.ts'

/** The base moves to what is in Git, and the saves are settled (S2). */
export async function advanceBase(work: Work, facts: Facts): Promise<StepResult> {
  const commits = known(facts.commits)
  const target = commits.at(-1)?.oid ?? known(facts.head).parent
  const { stopped } = known(facts.plan)
  await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    await advanceCommits(
      tx,
      work.connection,
      commits.map((commit) => commit.id),
    )
    // While a bad commit stops what comes in, the last good one stays where it is.
    const applied = stopped ? {} : { head: target }
    // What somebody put on top meanwhile was not seen: the next poll finds it.
    const seen = facts.verifiedHead === target ? { seen_head: target } : {}
    await updateSyncState(tx, work.connection.id, { ...applied, ...seen })
  })
  return DONE
}
