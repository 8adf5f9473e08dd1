import type { Role } from '../../store/tables/auth.ts'
import { ProblemError } from '../problem-error.ts'
import type { Actor } from './actor.ts'

const RANK: Readonly<Record<Role, number>> = { viewer: 0, editor: 1, admin: 2 }

/** What each action needs (Z8): the one table. Workspace actions ask for the role in that workspace. */
export const ACTIONS = {
  'workspace.read': 'viewer',
  'workspace.change': 'admin',
  'resource.write': 'editor',
  /** Any SQL, on the source's own connection. */
  'source.query': 'editor',
  /** Where a source connects to, and with which secrets. */
  'source.connect': 'admin',
  'git.read': 'viewer',
  'git.sync': 'editor',
  'git.resolve': 'editor',
  'git.aliases': 'editor',
  'git.close-review': 'editor',
  /** One resource; the schema as a whole is more. */
  'git.restore': 'editor',
  'git.roll-back': 'admin',
  'git.approve': 'admin',
  'git.put-back': 'editor',
  'git.mend-references': 'editor',
  'git.set-aside': 'admin',
  'git.allow-secret': 'admin',
  'git.connect': 'admin',
  'member.read': 'admin',
  'member.change': 'admin',
  'api-key.read': 'admin',
  'api-key.change': 'admin',
  'audit.read': 'admin',
} as const satisfies Readonly<Record<string, Role>>
export type Action = keyof typeof ACTIONS

/** The actor's role in a workspace: the higher of the one there and the one everywhere. */
export function roleIn(actor: Actor, workspaceId: string): Role | null {
  const roles = actor.grants
    .filter((grant) => grant.workspaceId === null || grant.workspaceId === workspaceId)
    .map((grant) => grant.role)
  return roles.reduce<Role | null>(
    (highest, role) => (highest === null || RANK[role] > RANK[highest] ? role : highest),
    null,
  )
}

/** Admin of everything: may make workspaces. */
export function isAdminEverywhere(actor: Actor): boolean {
  return actor.grants.some((grant) => grant.workspaceId === null && grant.role === 'admin')
}

export function may(actor: Actor, action: Action, workspaceId: string): boolean {
  const role = roleIn(actor, workspaceId)
  return role !== null && RANK[role] >= RANK[ACTIONS[action]]
}

/**
 * The one check, before anything else is read or planned. A workspace in which the actor has no role is
 * answered like one that does not exist.
 */
export function authorize(
  actor: Actor,
  action: Action,
  workspace: { id: string; slug: string } | null,
): void {
  if (workspace === null || roleIn(actor, workspace.id) === null) throw noWorkspace()
  if (may(actor, action, workspace.id)) return
  const needed = ACTIONS[action]
  const has = roleIn(actor, workspace.id)
  throw new ProblemError(
    'forbidden',
    `This needs the role ${needed} in the workspace ${workspace.slug}; you are ${has}. An admin of the workspace can change that under Members.`,
  )
}

export function authorizeEverywhere(actor: Actor): void {
  if (isAdminEverywhere(actor)) return
  throw new ProblemError('forbidden', 'Only an administrator of all workspaces can do this.')
}

function noWorkspace(): ProblemError {
  return new ProblemError('not-found', 'There is no such workspace, or you are not a member of it.')
}
