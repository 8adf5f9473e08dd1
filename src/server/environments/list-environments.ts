import { isAlike, type MatrixRow, matrixOf } from '../../core/environments/matrix.ts'
import type { Environments, EnvironmentsQuery, EnvironmentWire } from '../../core/wire/environments.ts'
import { connectionOf } from '../../store/connections.ts'
import type { Db } from '../../store/database.ts'
import { gitStatus } from '../../store/git-status.ts'
import { isSynced, type Workspace } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { roleIn } from '../auth/authorize.ts'
import { gatherEnvironments } from './gather-environments.ts'

export type Filter = Pick<EnvironmentsQuery, 'differing' | 'q' | 'kind' | 'limit'> & { readonly from: number }

/** W7: one row a workspace, and every resource of any of them with how it stands in each. */
export async function listEnvironments(
  db: Db,
  actor: Actor,
  workspaces: readonly Workspace[],
  filter: Filter,
): Promise<Omit<Environments, 'nextCursor'> & { readonly next: number | null }> {
  const environments = await gatherEnvironments(db, workspaces, 'quick')
  const rows = matrixOf(environments)
  const isShown = shows(filter)
  const found = rows.filter(isShown)
  const end = filter.from + filter.limit
  return {
    workspaces: await Promise.all(
      workspaces.map((workspace, i) =>
        workspaceBody(db, actor, workspace, environments[i]?.resources.size ?? 0),
      ),
    ),
    items: found.slice(filter.from, end).map(({ from, cells, ...row }) => ({
      ...row,
      from: workspaces[from]?.slug ?? '',
      cells: [...cells],
    })),
    total: found.length,
    differing: rows.filter((row) => !isAlike(row)).length,
    resources: rows.length,
    next: found.length > end ? end : null,
  }
}

function shows({ differing, q, kind }: Filter): (row: MatrixRow) => boolean {
  const words = q?.trim().toLowerCase() ?? ''
  return (row) =>
    (!differing || !isAlike(row)) &&
    (kind === undefined || row.kind === kind) &&
    (row.slug.toLowerCase().includes(words) || (row.name?.toLowerCase().includes(words) ?? false))
}

async function workspaceBody(
  db: Db,
  actor: Actor,
  workspace: Workspace,
  resources: number,
): Promise<EnvironmentWire> {
  const { id, slug, name, gitSync, archivedAt } = workspace
  const [connection, status] = await Promise.all([connectionOf(db, id), gitStatus(db, id)])
  const git =
    connection && status
      ? {
          url: connection.url,
          branch: connection.branch,
          path: connection.path,
          aliasFile: `aliases-${connection.adopt ?? slug}.yaml`,
          state: isSynced(workspace) ? status.state : ('off' as const),
          syncedCommit: status.syncedCommit,
        }
      : null
  return {
    slug,
    name,
    gitSync,
    archivedAt: archivedAt?.toISOString() ?? null,
    role: roleIn(actor, id) ?? 'viewer',
    git,
    resources,
  }
}
