import { lastPushed, recordedCommits } from '../../../store/commit-records.ts'
import { type SyncState, syncState } from '../../../store/sync-state.ts'
import { SyncError } from './sync-error.ts'
import { type Facts, type Head, NEXT, type StepResult, type Work } from './work.ts'

/** Brings the branch here, and finds where our commits will stand. */
export async function fetchBranch(work: Work, facts: Facts): Promise<StepResult> {
  const state = await syncState(work.db, work.connection.id)
  if (!state) throw new SyncError('disconnected', 'The workspace was disconnected meanwhile.')
  facts.state = state
  if (facts.head === undefined && (await canBuildOn(work, state))) {
    const { head } = state
    facts.head = { parent: head, expected: head, isNewBranch: false, isApproved: false }
    return NEXT
  }
  const { head, tip } = await work.repository.fetch(work.remote, work.signal)
  facts.isFetched = true
  facts.tip = tip
  const isSynced = head !== null || state.head !== null
  const now = isSynced
    ? { parent: head, expected: head, isNewBranch: false, isApproved: false }
    : await startingPoint(work)
  facts.head = (await approvedHead(work, facts, now)) ?? now
  return NEXT
}

/**
 * A save goes on top of the head that was read back last, without asking for it again: the push moves the
 * branch from there or not at all, and where it has moved, the run begins anew with a fetch (S10).
 */
async function canBuildOn(
  { db, connection, run, repository, remote }: Work,
  state: SyncState,
): Promise<boolean> {
  const { head, seen_head, stopped, held_run } = state
  const { full, verify, dryRun, approval } = run.options
  if (run.trigger !== 'save' || full || verify || dryRun || approval) return false
  if (head === null || seen_head !== head || stopped || held_run !== null) return false
  if ((await recordedCommits(db, connection.id)).length > 0) return false
  return repository.holdsHead(remote, head)
}

/** What somebody approved is the state of one commit: later ones wait for their own plan (S16). */
async function approvedHead(
  { db, connection, run, repository }: Work,
  facts: Facts,
  now: Head,
): Promise<Head | null> {
  const approved = run.options.approval?.head ?? null
  if (approved === null || facts.approvedIn || now.parent === null || approved === now.parent) return null
  if (await repository.isAncestor(approved, now.parent)) {
    // Saves that went out meanwhile stand on top of it, and the bases speak of them.
    const ours = await lastPushed(db, connection.id)
    const isOursLater =
      ours !== null && (await repository.hasCommit(ours)) && (await repository.isAncestor(approved, ours))
    const parent = isOursLater ? ours : approved
    if (parent === now.parent) return null
    return { parent, expected: now.expected, isNewBranch: false, isApproved: true }
  }
  const hint = 'Sync again and look at the new plan.'
  throw new SyncError('approval-stale', 'The approved commit is not in the branch any more.', { hint })
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
  if (origin === null || !branches.has(origin))
    return { parent: null, expected: null, isNewBranch: true, isApproved: false }
  const { head } = await work.repository.fetch({ ...work.remote, branch: origin }, work.signal)
  return { parent: head, expected: null, isNewBranch: true, isApproved: false }
}
