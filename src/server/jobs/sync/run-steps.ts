import { setTimeout as pause } from 'node:timers/promises'
import { GitError } from '../../../git/git-error.ts'
import { failpoint } from '../failpoint.ts'
import type { Progress } from './progress.ts'
import { STEPS } from './steps.ts'
import { SyncError } from './sync-error.ts'
import type { Facts, StepResult, Work } from './work.ts'

/** Lost races and changes in between are planned again so often, each time after a longer pause (S10). */
const ATTEMPTS_MAX = 8
const PAUSE_MS = 50
const PAUSE_MS_MAX = 3_000

/** Runs the steps in order, from an earlier one again when something moved meanwhile. */
export async function runSteps(work: Work, progress: Progress, facts: Facts): Promise<void> {
  let attempts = 0
  for (let i = 0; i < STEPS.length; ) {
    const step = STEPS[i]
    if (!step) return
    work.signal.throwIfAborted()
    failpoint(`before-${step.name}`)
    const result = await progress.phase(step.name, () => runStep(step, work, facts))
    failpoint(`after-${step.name}`)
    if (result.kind === 'done') return
    if (result.kind === 'next') {
      i += 1
      continue
    }
    if (result.kind === 'on') {
      i = STEPS.findIndex(({ name }) => name === result.to)
      continue
    }
    attempts += 1
    if (attempts >= ATTEMPTS_MAX) {
      const message = 'The branch and the workspace kept moving; the sync gave up for now.'
      throw new SyncError('busy', message, { retry: 'later' })
    }
    const longest = Math.min(PAUSE_MS * 2 ** attempts, PAUSE_MS_MAX)
    await pause(longest * (0.5 + Math.random() / 2))
    i = STEPS.findIndex(({ name }) => name === result.from)
  }
}

async function runStep(step: (typeof STEPS)[number], work: Work, facts: Facts): Promise<StepResult> {
  try {
    return await step.run(work, facts)
  } catch (error) {
    // The cache was lost: everything in it is fetched anew (S26).
    if (error instanceof GitError && error.retry === 'now') return { kind: 'again', from: 'fetch' }
    throw error
  }
}
