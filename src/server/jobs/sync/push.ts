import { isBranchProtection } from '../../../core/reviews/protection.ts'
import { loseCommits } from '../../../store/commit-records.ts'
import { guardLease } from '../../../store/leases.ts'
import { SyncError } from './sync-error.ts'
import { type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/** One push for all commits of the run, never forced (S9). A lost race is planned again on the new head (S10). */
export async function pushCommits(work: Work, facts: Facts): Promise<StepResult> {
  const { parent, expected } = known(facts.head)
  const target = known(facts.commits).at(-1)?.oid ?? parent
  if (target === null) return NEXT
  const outcome = await work.repository.push(work.remote, target, expected, work.signal)
  if (outcome.kind === 'pushed') return NEXT
  await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    await loseCommits(
      tx,
      known(facts.commits).map((commit) => commit.id),
    )
  })
  if (outcome.kind === 'rejected-race') return { kind: 'again', from: 'fetch' }
  if (work.host !== null && isBranchProtection(outcome.reason)) {
    // What was to go to the branch goes to a review (S21).
    facts.isProtected = true
    return { kind: 'again', from: 'snapshot' }
  }
  throw pushRefused(outcome.reason)
}

/** In the server's own words. */
export function pushRefused(reason: string): SyncError {
  const hint = 'The changes stay in the outbox. Allow the push on the host, then sync again.'
  return new SyncError('push-rejected', `The remote refused the push: ${reason}`, { hint })
}
