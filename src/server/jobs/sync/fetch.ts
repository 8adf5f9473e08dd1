import { syncState } from '../../../store/sync-state.ts'
import { SyncError } from './sync-error.ts'
import { type Facts, type Head, NEXT, type StepResult, type Work } from './work.ts'

/** Brings the branch here, and finds where our commits will stand. */
export async function fetchBranch(work: Work, facts: Facts): Promise<StepResult> {
  const state = await syncState(work.db, work.connection.id)
  if (!state) throw new SyncError('disconnected', 'The workspace was disconnected meanwhile.')
  facts.state = state
  const { head } = await work.repository.fetch(work.remote, work.signal)
  facts.head =
    head !== null || state.head !== null
      ? { parent: head, expected: head, isNewBranch: false }
      : await startingPoint(work)
  return NEXT
}

/** S11: a missing branch begins at the default branch's head or `startFrom`; an empty repository at nothing. */
async function startingPoint(work: Work): Promise<Head> {
  const { startFrom } = work.connection
  const { branches, defaultBranch } = await work.repository.lsRemote(work.remote, work.signal)
  const origin = startFrom ?? defaultBranch
  if (startFrom !== null && !branches.has(startFrom)) {
    const hint = 'Name a branch that is there, or leave it empty to start from the default branch.'
    throw new SyncError('no-start', `There is no branch ${startFrom} to start from.`, { hint })
  }
  if (origin === null || !branches.has(origin)) return { parent: null, expected: null, isNewBranch: true }
  const { head } = await work.repository.fetch({ ...work.remote, branch: origin }, work.signal)
  return { parent: head, expected: null, isNewBranch: true }
}
