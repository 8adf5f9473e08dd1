import type { SavedSet } from '../../core/plan/commits/draft.ts'
import { planCommits } from '../../core/plan/commits/plan-commits.ts'
import type { Reconciliation } from '../../core/plan/reconcile.ts'
import type { Snapshot } from '../../core/plan/snapshot.ts'
import { flowsOut } from '../../core/plan/standing.ts'
import { branchFor } from '../../core/reviews/branch-name.ts'
import { idOf } from '../../core/reviews/proposal.ts'
import type { NewPullRequest, PullRequest } from '../../git/hosts/host.ts'
import { type ChangeSetInput, type ChangeSetOutcome, commitChangeSetIn } from '../../store/change-sets.ts'
import type { Connection } from '../../store/connections.ts'
import type { Db } from '../../store/database.ts'
import { enqueuePull } from '../../store/pull-plans.ts'
import type { Workspace } from '../../store/workspaces.ts'
import { openHost } from '../hosts/open-host.ts'
import type { JobContext } from './context.ts'
import { looking } from './plan-connection.ts'
import { fetchBranch } from './sync/fetch.ts'
import { makeCommits } from './sync/make-commits.ts'
import { planOf } from './sync/plan.ts'
import { readRepository } from './sync/read.ts'
import { toStored } from './sync/read-own-files.ts'
import { takeSnapshotIn } from './sync/snapshot.ts'
import { SyncError } from './sync/sync-error.ts'
import { type Facts, known, type Work } from './sync/work.ts'

export type Proposing = {
  readonly input: ChangeSetInput
  /** The branch is called by it: `tandem/<workspace>/<name>`. */
  readonly name: string
  readonly words: Pick<NewPullRequest, 'title' | 'body'>
}

export type ProposedOutcome =
  | {
      readonly kind: 'proposed'
      readonly branch: string
      readonly pullRequest: Pick<PullRequest, 'number' | 'url'> | null
    }
  | Exclude<ChangeSetOutcome, { kind: 'saved' }>

/**
 * A change set as commits on a branch of its own, with its pull request (W7). The workspace stays as it is: what is
 * merged comes in like any other commit, through the plan that the request shows (S22). Killed before the request is
 * open it leaves a branch that nothing looks at; asked for again, it makes another one.
 */
export async function proposeChangeSet(
  context: JobContext,
  connection: Connection,
  workspace: Workspace,
  { input, name, words }: Proposing,
  signal: AbortSignal,
): Promise<ProposedOutcome> {
  const host = await openHost(context, connection)
  const work: Work = { ...(await looking(context, connection, workspace, {}, signal)), host }
  const facts: Facts = {}
  await fetchBranch(work, facts)
  await readRepository(work, facts)
  const outcome = await snapshotAsIfSaved(work, facts, input)
  if (outcome.kind !== 'saved') return outcome
  const set = known(facts.sets).find(({ id }) => id === outcome.changeSetId)
  const branch = await pushed(work, facts, set, name)
  const pullRequest =
    (await host?.openPullRequest({ from: branch, into: connection.branch, ...words })) ?? null
  if (pullRequest) await enqueuePull(work.db, connection.id, pullRequest.number)
  return { kind: 'proposed', branch, pullRequest }
}

class TakenBack extends Error {}

/** Saves, looks, and takes the save back, all in one transaction: nobody else ever sees it. */
async function snapshotAsIfSaved(work: Work, facts: Facts, input: ChangeSetInput): Promise<ChangeSetOutcome> {
  let outcome: ChangeSetOutcome | undefined
  const look = async (tx: Db) => {
    outcome = await commitChangeSetIn(tx, input)
    if (outcome.kind === 'saved') await takeSnapshotIn(tx, work, facts)
    throw new TakenBack()
  }
  await work.db
    .transaction()
    .execute(look)
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error
    })
  if (outcome === undefined) throw new Error('the transaction ended before the save')
  return outcome
}

/** Its commits on top of the branch's head, on a new branch; answers the name. */
async function pushed(work: Work, facts: Facts, set: SavedSet | undefined, name: string): Promise<string> {
  const { parent } = known(facts.head)
  const snapshot = known(facts.snapshot)
  const { reconciliation } = await planOf(work, facts)
  if (set === undefined || parent === null || !flowsWhole(snapshot, reconciliation, set)) throw notNow(work)
  const aliases = known(facts.aliases)
  const sets = [set]
  const { drafts, idle } = planCommits({
    snapshot,
    reconciliation,
    sets,
    aliases,
    generated: [],
    batch: false,
    founder: null,
  })
  // What refers to a save that is not in Git yet is no commit of its own.
  const settled = new Set([...idle, ...drafts.flatMap(({ changeIds }) => changeIds)])
  if (drafts.length === 0 || set.changes.some(({ id }) => !settled.has(id))) throw notNow(work)
  const { commits } = await makeCommits(work, { drafts, snapshot, sets, aliases: toStored(aliases), parent })
  const { branches } = await work.repository.lsRemote(work.remote, work.signal)
  const branch = branchFor(work.workspace.slug, name, branches.keys())
  const remote = { ...work.remote, branch }
  const oid = commits.at(-1)?.oid ?? ''
  const outcome = await work.repository.push(remote, oid, null, work.signal)
  if (outcome.kind === 'rejected') {
    const hint = `Let the credentials push to branches that begin with ${branch.replace(/[^/]+$/, '')}.`
    throw new SyncError('push-rejected', `The branch ${branch} was refused: ${outcome.reason}`, { hint })
  }
  if (outcome.kind !== 'pushed') throw notNow(work)
  return branch
}

/** Nothing of it waits for anything, so that the branch gets all of it or nothing. */
function flowsWhole({ pairs }: Snapshot, { standings }: Reconciliation, { changes }: SavedSet): boolean {
  const own = new Set(changes.map(({ resourceId }) => resourceId))
  return pairs.every((pair, i) => {
    const standing = standings[i]
    if (!own.has(idOf(pair) ?? '') || standing === undefined) return true
    return flowsOut(standing) || standing.kind === 'same'
  })
}

function notNow({ workspace: { slug }, connection: { branch } }: Work): SyncError {
  return new SyncError(
    'not-in-step',
    `${slug} and its branch ${branch} are not in step where this belongs, so it cannot be proposed.`,
    { hint: `Sync ${slug}, settle what its Overview shows, and promote again.` },
  )
}
