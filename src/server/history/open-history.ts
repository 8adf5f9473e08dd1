import type { Aliases } from '../../core/environments/aliases.ts'
import { DEFAULT_LIMITS, type Limits } from '../../core/format/limits.ts'
import { GitError } from '../../git/git-error.ts'
import type { Repository } from '../../git/repository.ts'
import { getAliases } from '../../store/aliases.ts'
import type { Connection } from '../../store/connections.ts'
import type { Db } from '../../store/database.ts'
import { syncState } from '../../store/sync-state.ts'
import type { Workspace } from '../../store/workspaces.ts'
import type { Context } from '../context.ts'
import { openRemote } from '../jobs/sync/open-remote.ts'
import { ProblemError } from '../problem-error.ts'
import { connected } from '../routes/git-runs.ts'
import { aliasesOf } from '../routes/new-slug.ts'

/** The branch's past as the cache has it, and what is needed to read it with the eyes of today. */
export type History = {
  readonly db: Db
  readonly context: Context
  readonly workspace: Workspace
  readonly connection: Connection
  readonly repository: Repository
  /** The newest commit that a sync saw. */
  readonly head: string
  /** The commit that the bases speak of: older than the head while one is not applied. */
  readonly agreed: string
  readonly aliases: Aliases
  readonly limits: Limits
}

/** Null: nothing was ever synced. A cache that is lost, or was cleared because it was damaged, is filled anew. */
export async function withHistory<T>(
  context: Context,
  workspace: Workspace,
  read: (history: History) => Promise<T>,
): Promise<T | null> {
  const connection = await connected(context, workspace)
  const state = await syncState(context.db, connection.id)
  const wanted = state?.seen_head ?? state?.head
  if (!state || !wanted) return null
  const { remote, repository } = await openRemote(context, connection)
  const aliases = aliasesOf(await getAliases(context.db, workspace.id))
  const open = async (): Promise<History> => {
    if (!(await repository.hasCommit(wanted))) await repository.fetch(remote)
    if (!(await repository.hasCommit(wanted))) throw movedOn()
    const agreed = state.head ?? wanted
    return {
      db: context.db,
      context,
      workspace,
      connection,
      repository,
      head: wanted,
      agreed,
      aliases,
      limits: DEFAULT_LIMITS,
    }
  }
  try {
    return await read(await open())
  } catch (error) {
    if (!(error instanceof GitError) || error.code !== 'cache') throw error
    return read(await open())
  }
}

function movedOn(): ProblemError {
  return new ProblemError(
    'git-failed',
    'The commits that were synced are not on the branch any more: its history was rewritten. Sync first.',
  )
}

/** A commit of the branch by its id or the beginning of it. */
export async function commitOf({ repository, head }: History, prefix: string): Promise<string> {
  const oid = await repository.findCommit(prefix)
  if (oid !== null && (await repository.isAncestor(oid, head))) return oid
  throw new ProblemError(
    'not-found',
    `The history of the branch has no commit ${prefix}, or several that begin like this. List it under /git/history.`,
  )
}

export function neverSynced(): ProblemError {
  return new ProblemError(
    'not-connected',
    'Nothing was synced yet, so there is no history. Run the first sync.',
  )
}
