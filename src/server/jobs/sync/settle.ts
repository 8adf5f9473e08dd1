import { advanceCommits } from '../../../store/advance-commits.ts'
import { loseCommits, recordedCommits } from '../../../store/commit-records.ts'
import { guardLease } from '../../../store/leases.ts'
import { type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/**
 * What a cut-off push came to (S10, S26): a recorded commit in the branch's history counts as pushed, on
 * whatever came on top of it. One that the branch has passed by can never arrive any more; any other may
 * still be on its way and stays recorded.
 */
export async function settleCommits(work: Work, facts: Facts): Promise<StepResult> {
  const { parent, isNewBranch } = known(facts.head)
  // A run that builds on the last head has looked already: there are none.
  if (facts.isFetched !== true) return NEXT
  const recorded = await recordedCommits(work.db, work.connection.id)
  if (recorded.length === 0 || parent === null || isNewBranch) return NEXT
  const pushed: string[] = []
  const lost: string[] = []
  for (const { id, oid } of recorded) {
    if (await work.repository.isAncestor(oid, parent)) pushed.push(id)
    else if (!(await work.repository.isAncestor(parent, oid))) lost.push(id)
  }
  await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    await advanceCommits(tx, work.connection, pushed)
    await loseCommits(tx, lost)
  })
  return NEXT
}
