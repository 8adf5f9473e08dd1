import type { Db } from '../../../store/database.ts'
import { notify } from '../../../store/notify.ts'
import type { Run } from '../../../store/runs.ts'
import type { RunDirection, RunProblem, RunState } from '../../../store/tables/git.ts'
import type { Progress } from './progress.ts'
import type { Facts } from './work.ts'

export type Ending = {
  readonly state: RunState
  readonly direction: RunDirection
  readonly problem: RunProblem | null
}

/** What a run that met no fault came to (S24). */
export function endingOf(facts: Facts, dryRun: boolean): Ending {
  const incoming = facts.applied?.incoming ?? 0
  const commits = (facts.commits?.length ?? 0) + (facts.proposed ?? 0)
  // What was put back, and an alias's new name, was pushed before the steps that count (S14, E6).
  const before = [facts.putBackCommit, facts.aliasCommit].filter((commit) => commit !== undefined)
  const outgoing = commits + before.length
  const direction =
    incoming > 0 && outgoing > 0 ? 'BOTH' : outgoing > 0 ? 'OUTBOUND' : incoming > 0 ? 'INBOUND' : 'BOTH'
  if (dryRun) return { state: 'succeeded', direction, problem: null }
  const errors = facts.plan?.diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length ?? 0
  if (facts.plan?.stopped && commits === 0) {
    const message = `The last commit has ${errors} ${errors === 1 ? 'error' : 'errors'}; nothing of it was applied. The workspace stays on the last good commit.`
    const hint = 'Mend the files and push, or put the last good version back.'
    return { state: 'failed', direction: 'INBOUND', problem: { code: 'broken-commit', message, hint } }
  }
  if (facts.plan && facts.plan.held.length > 0) return { state: 'held', direction, problem: null }
  // A branch that was made without a commit of ours is something too (S11).
  const made = facts.head?.isNewBranch && facts.verifiedHead !== undefined ? 1 : 0
  const moved = incoming + outgoing + made + (facts.applied?.moved ?? 0) + (facts.endedReviews ?? 0)
  return { state: moved > 0 ? 'succeeded' : 'nothing-to-do', direction, problem: null }
}

/** A run always ends in a final state. */
export async function finishRun(db: Db, run: Run, progress: Progress, ending: Ending): Promise<void> {
  await db
    .updateTable('run')
    .set({
      state: ending.state,
      direction: ending.direction,
      problem: ending.problem && JSON.stringify(ending.problem),
      phases: JSON.stringify(progress.phases),
      finished_at: new Date(),
    })
    .where('id', '=', run.id)
    .execute()
  await notify(db, [
    { type: 'run', workspace: run.workspace_id, run: run.id, state: ending.state },
    { type: 'connection', workspace: run.workspace_id },
  ])
}
