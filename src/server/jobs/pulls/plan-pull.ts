import { below, pullComment, verdictOf } from '../../../core/pulls/comment.ts'
import { type PullPlan, pullPlanOf } from '../../../core/pulls/pull-plan.ts'
import { GitError } from '../../../git/git-error.ts'
import type { Host, PullRequest } from '../../../git/hosts/host.ts'
import { HostError } from '../../../git/hosts/host-error.ts'
import { type Connection, connectionById } from '../../../store/connections.ts'
import { keepPlanned } from '../../../store/pull-plans.ts'
import { isSynced, type Workspace, workspaceById } from '../../../store/workspaces.ts'
import { openHost } from '../../hosts/open-host.ts'
import type { JobContext } from '../context.ts'
import { looking } from '../plan-connection.ts'
import { fetchBranch } from '../sync/fetch.ts'
import { planOf } from '../sync/plan.ts'
import { readRepository } from '../sync/read.ts'
import { takeSnapshot } from '../sync/snapshot.ts'
import { SyncError } from '../sync/sync-error.ts'
import { type Facts, known, type Work } from '../sync/work.ts'

/** Plans one pull request into the branch, and says at the host what came of it (S22). */
export async function planPull(
  context: JobContext,
  connectionId: string,
  number: number,
  signal: AbortSignal,
): Promise<void> {
  const { db, log } = context
  const connection = await connectionById(db, connectionId)
  const workspace = connection && (await workspaceById(db, connection.workspaceId))
  if (!connection?.activeSince || !workspace || !isSynced(workspace)) return
  const host = await openHost(context, connection)
  if (host === null) return
  try {
    const pull = await host.readPullRequest(number)
    if (pull.state !== 'open' || pull.into !== connection.branch) return
    const made = await makePlan(context, connection, workspace, { pull, signal })
    if (made === null) return
    const report = { ...made, connection, workspace, url: pageOf(context, workspace) }
    const faults = await told([
      // The host knows no commit to hang it on.
      ...(made.plan.kind === 'elsewhere' ? [] : [reportCheck(host, pull, report)]),
      keepComment(host, pull, report),
    ])
    for (const { code, message } of faults) log.warn({ connection: connectionId, number, code }, message)
    // What may not be told is not told by asking again: a right is given by a person.
    if (faults.some(({ code }) => code !== 'missing-right')) return
    await keepPlanned(db, connectionId, number, made)
  } catch (error) {
    // Planned again with the next look.
    if (!(error instanceof HostError || error instanceof GitError || error instanceof SyncError)) throw error
    log.warn({ connection: connectionId, number, code: error.code }, `not planned: ${error.message}`)
  }
}

type Made = { readonly plan: PullPlan; readonly head: string; readonly branchHead: string }

/** Null: there is no branch yet, or nothing was ever synced. */
async function makePlan(
  context: JobContext,
  connection: Connection,
  workspace: Workspace,
  { pull, signal }: { readonly pull: PullRequest; readonly signal: AbortSignal },
): Promise<Made | null> {
  const work = await looking(context, connection, workspace, {}, signal)
  const branch: Facts = {}
  await fetchBranch(work, branch)
  const branchHead = known(branch.head).parent
  if (branchHead === null || known(branch.state).head === null) return null
  // The fork itself is never asked (Z11).
  if (pull.head.ref === null) return { plan: { kind: 'elsewhere' }, head: pull.head.oid, branchHead }
  const { head } = await work.repository.fetchRef(work.remote, pull.head.ref, signal)
  if (head === null) return null
  const merged = await work.repository.mergeCommits(branchHead, head)
  if (merged.kind === 'conflict') {
    return { plan: { kind: 'unmergeable', files: merged.files }, head, branchHead }
  }
  const now = await plannedAt(work, branch, null)
  const later: Facts = {
    state: known(branch.state),
    head: { ...known(branch.head), parent: merged.commit, expected: merged.commit },
  }
  const own = pull.head.isFork ? known(branch.reading).own : null
  const then = await plannedAt(work, later, own)
  return { plan: pullPlanOf(now, then, pull.head.isFork), head, branchHead }
}

/** `own`: the alias file and manifest to read by, in the place of those that are there. */
async function plannedAt(work: Work, facts: Facts, own: NonNullable<Facts['reading']>['own'] | null) {
  await readRepository(work, facts)
  if (own !== null) facts.reading = { ...known(facts.reading), own }
  await takeSnapshot(work, facts)
  return (await planOf(work, facts)).plan
}

type Report = Made & {
  readonly connection: Connection
  readonly workspace: Workspace
  readonly url: string | null
}

function reportCheck(host: Host, pull: PullRequest, { plan, head, connection, workspace, url }: Report) {
  const { state, title } = verdictOf(plan, workspace.name)
  const problems = plan.kind === 'planned' ? plan.problems : []
  return host.reportCheck({
    name: `tandem/${workspace.slug}`,
    oid: head,
    pullRequest: pull.number,
    state,
    title,
    summary: pullComment(plan, { workspace: workspace.name, path: connection.path, head, url }),
    url,
    annotations: problems.map(({ file, line, severity, message, hint }) => ({
      file: below(connection.path, file),
      line,
      severity,
      message: hint === null ? message : `${message} ${hint}`,
    })),
  })
}

function keepComment(host: Host, pull: PullRequest, { plan, head, connection, workspace, url }: Report) {
  const body = pullComment(plan, { workspace: workspace.name, path: connection.path, head, url })
  return host.keepComment(pull.number, `<!-- tandem:${connection.id} -->`, body)
}

async function told(reports: readonly Promise<void>[]): Promise<HostError[]> {
  const results = await Promise.allSettled(reports)
  return results.flatMap((result) => {
    if (result.status === 'fulfilled') return []
    if (result.reason instanceof HostError) return [result.reason]
    throw result.reason
  })
}

function pageOf({ baseUrl }: JobContext, { slug }: Workspace): string | null {
  return baseUrl === undefined ? null : `${baseUrl}/${slug}/git`
}
