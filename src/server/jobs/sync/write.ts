import { planCommits } from '../../../core/plan/commits/plan-commits.ts'
import { type NewCommit, recordCommits } from '../../../store/commit-records.ts'
import { guardLease } from '../../../store/leases.ts'
import { settleChanges } from '../../../store/settle-changes.ts'
import { failpoint } from '../failpoint.ts'
import { generatedFiles } from './generated-files.ts'
import { makeCommits } from './make-commits.ts'
import { askerOf } from './queue-unsaved.ts'
import { toStored } from './read-own-files.ts'
import { shareOut } from './share-out.ts'
import { type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/** Lays out the branch's commits, writes them into the cache, and records them before anybody sees them (S7, S8, S10). */
export async function writeCommits(work: Work, facts: Facts): Promise<StepResult> {
  const { parent, isNewBranch } = known(facts.head)
  const aliases = known(facts.aliases)
  const snapshot = known(facts.snapshot)
  const generated = await generatedFiles(work, facts)
  facts.generated = generated
  const { branch } = await shareOut(work, facts)
  const { drafts, idle } = planCommits({
    snapshot,
    reconciliation: branch.reconciliation,
    sets: branch.sets,
    aliases,
    generated,
    batch: work.connection.batchSeconds > 0,
    founder: isNewBranch ? { author: askerOf(work.run), at: Date.now() } : null,
  })
  facts.drafts = drafts
  const { commits, records } = await makeCommits(work, {
    drafts,
    snapshot,
    sets: branch.sets,
    aliases: toStored(aliases),
    parent,
  })
  failpoint('committed')
  const ids = records.length + idle.length === 0 ? [] : await record(work, records, idle)
  facts.commits = ids.map((id, i) => ({ id, oid: commits[i]?.oid ?? '' }))
  await work.count(commits.length, commits.length)
  const isBranchMissing = isNewBranch && parent !== null
  return commits.length > 0 || isBranchMissing ? NEXT : { kind: 'on', to: 'propose' }
}

async function record(
  { db, connection, lease, run }: Work,
  records: readonly NewCommit[],
  idle: readonly string[],
): Promise<readonly string[]> {
  return db.transaction().execute(async (tx) => {
    await guardLease(tx, lease)
    await settleChanges(tx, idle)
    return recordCommits(tx, { connectionId: connection.id, runId: run.id }, records)
  })
}
