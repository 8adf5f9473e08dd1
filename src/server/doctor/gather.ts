import type {
  ConnectionFacts,
  DoctorFacts,
  OpenWork,
  OtherWorkspace,
  RemoteAnswer,
} from '../../core/environments/doctor/facts.ts'
import { correspondences } from '../../core/environments/environment.ts'
import { listConflicts } from '../../store/conflicts.ts'
import { placeOf } from '../../store/connection-sharing.ts'
import { type Connection, connectionOf, credentialsOf } from '../../store/connections.ts'
import type { Db } from '../../store/database.ts'
import { gitStatus } from '../../store/git-status.ts'
import { type Neighbour, neighboursOn, sameNameOtherSlug } from '../../store/neighbours.ts'
import { getRun } from '../../store/runs.ts'
import { connectionValues } from '../../store/snapshot-queries.ts'
import { openFiles } from '../../store/sync-state.ts'
import { isSynced, type Workspace } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { may } from '../auth/authorize.ts'
import type { Context } from '../context.ts'
import { gatherConnections } from '../environments/gather-environments.ts'
import { testRemote } from '../git-test.ts'
import { fileSlug } from '../jobs/sync/read-own-files.ts'
import { askSources } from './ask-sources.ts'
import { type Look, lookAtRepository } from './look-at-repository.ts'
import { namedSource } from './named-source.ts'
import { within } from './within.ts'

const REMOTE_MS = 15_000
/** More are not told one by one (`firstOf`). */
const OTHER_SLUGS_MAX = 50

/** Everything at once, each part with its own time: remote, files, sources, the other workspaces (S27). */
export async function gatherFacts(
  context: Context,
  workspace: Workspace,
  actor: Actor,
  signal: AbortSignal,
): Promise<DoctorFacts> {
  const stored = await connectionOf(context.db, workspace.id)
  const [sources, connection] = await Promise.all([
    askSources(context, workspace.id, signal),
    stored && connectionFacts(context, workspace, stored, actor, signal),
  ])
  const { slug, archivedAt } = workspace
  return {
    workspace: { slug, gitSync: isSynced(workspace), isArchived: archivedAt !== null },
    sources,
    connection,
  }
}

async function connectionFacts(
  context: Context,
  workspace: Workspace,
  connection: Connection,
  actor: Actor,
  signal: AbortSignal,
): Promise<ConnectionFacts> {
  const { url, branch, path, shared } = connection
  const neighbours = (await neighboursOn(context.db, workspace.id, url)).filter(
    ({ isArchived }) => !isArchived,
  )
  const seen = neighbours.filter(({ id }) => may(actor, 'workspace.read', id))
  const [remote, look, others] = await Promise.all([
    askRemote(context, connection, signal),
    lookAtRepository(context, connection, signal),
    Promise.all(seen.map((other) => lookAtOther(context, workspace, connection, other))),
  ])
  const files = fileSlug({ connection, workspace })
  return {
    url,
    branch,
    path,
    shared,
    aliasFile: `aliases-${files}.yaml`,
    manifestFile: `manifest-${files}.yaml`,
    isSynced: connection.activeSince !== null,
    remote,
    repository: look.repository,
    others,
    hidden: neighbours.length - seen.length,
    work: await openWork(context, workspace, connection, look),
  }
}

async function askRemote(
  context: Context,
  connection: Connection,
  signal: AbortSignal,
): Promise<RemoteAnswer> {
  const credentials = await credentialsOf(context.db, context.secretKey, connection.id)
  const answer = await within(REMOTE_MS, signal, (given) =>
    testRemote(context, connection, credentials, given),
  )
  if ('kind' in answer) return answer
  if (answer.state === 'ok') {
    return { kind: 'ok', branches: answer.branches, defaultBranch: answer.defaultBranch }
  }
  return { kind: 'failed', code: answer.code, message: answer.message }
}

async function lookAtOther(
  { db }: Context,
  workspace: Workspace,
  connection: Connection,
  other: Neighbour,
): Promise<OtherWorkspace> {
  const { id, slug, branch, path, shared, adopt } = other
  const sources = (await connectionValues(db, id)).sources.map(namedSource)
  return {
    slug,
    branch,
    path,
    shared,
    manifestFile: `manifest-${adopt ?? slug}.yaml`,
    place: placeOf(connection, other),
    sources,
    sameByAlias: await sameByAlias(db, workspace.id, id),
    otherSlugs: await sameNameOtherSlug(db, workspace.id, id, OTHER_SLUGS_MAX),
  }
}

async function sameByAlias(db: Db, here: string, there: string): Promise<OtherWorkspace['sameByAlias']> {
  const [ours, theirs] = await gatherConnections(db, [here, there])
  if (ours === undefined || theirs === undefined) return []
  const corresponds = correspondences(ours, theirs)
  return ours.connections.sources.flatMap((a) =>
    theirs.connections.sources
      .filter((b) => corresponds('sources', a.slug, b.slug)?.by === 'alias')
      .map((b) => ({ here: a.slug, there: b.slug })),
  )
}

async function openWork(
  { db }: Context,
  workspace: Workspace,
  connection: Connection,
  { left }: Look,
): Promise<OpenWork> {
  const status = await gitStatus(db, workspace.id)
  const run = status?.lastRun == null ? null : await getRun(db, workspace.id, status.lastRun)
  const open = left === null ? await openFiles(db, connection.id) : []
  return {
    isSyncing: status?.state === 'syncing',
    isBlocked: status?.state === 'blocked',
    heldRun: status?.heldRun ?? null,
    lastRun: status?.lastRun ?? null,
    failure: run?.state === 'failed' ? run.problem : null,
    conflicts: (await listConflicts(db, workspace.id)).map(({ kind, slug }) => ({ kind, slug })),
    aside: left?.aside ?? open.filter((file) => file.state === 'aside'),
    pending: left?.pending ?? open.filter((file) => file.state === 'pending'),
    waiting: status?.waiting ?? 0,
  }
}
