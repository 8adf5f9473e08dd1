import { listOf } from '../../core/wire/list.ts'
import { Workspace, WorkspaceCreate, WorkspacesQuery, WorkspaceUpdate } from '../../core/wire/workspace.ts'
import { archiveWorkspace, restoreWorkspace } from '../../store/archive-workspace.ts'
import { notify } from '../../store/notify.ts'
import {
  createWorkspace,
  listArchived,
  listWorkspaces,
  type Workspace as StoredWorkspace,
  updateWorkspace,
  workspaceBySlug,
} from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { roleIn } from '../auth/authorize.ts'
import { cloneWorkspace } from '../environments/clone-workspace.ts'
import { type Endpoint, signedInEndpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { archived, notFound, ProblemError } from '../problem-error.ts'
import { readable } from './environments.ts'

export const workspaceEndpoints: readonly Endpoint[] = [
  signedInEndpoint({
    method: 'get',
    path: '/workspaces',
    tag: 'Workspaces',
    summary: 'List the workspaces in which you have a role',
    query: WorkspacesQuery,
    answers: { 200: { description: 'All of them.', schema: listOf(Workspace) } },
    handle: async ({ context, actor, query }) => {
      const all = await (query.archived ? listArchived : listWorkspaces)(context.db)
      const items = all.flatMap((workspace) => shown(workspace, actor) ?? [])
      return { status: 200, body: { items, nextCursor: null } }
    },
  }),
  signedInEndpoint({
    method: 'post',
    path: '/workspaces',
    access: 'everywhere-admin',
    tag: 'Workspaces',
    summary: 'Create a workspace',
    description:
      'With `cloneOf` it begins with the resources of another one. Its sources and destinations come along without their secrets, or with `connections: names` by name and type alone.',
    body: WorkspaceCreate,
    answers: { 201: { description: 'Created.', schema: Workspace } },
    handle: async ({ context, actor, body }) => {
      const { slug, name = slug, cloneOf, connections = 'copy' } = body
      const made =
        cloneOf === undefined
          ? await createWorkspace(context.db, { slug, name })
          : await cloneWorkspace(context.db, await readable(context, actor, cloneOf), actor, {
              slug,
              name,
              connections,
            })
      if (made === null) {
        const isArchived = (await workspaceBySlug(context.db, slug))?.archivedAt != null
        throw new ProblemError(
          'slug-taken',
          `There is ${isArchived ? 'an archived' : 'a'} workspace ${slug} already. Choose another slug${isArchived ? ', or restore that one' : ''}.`,
        )
      }
      return {
        status: 201,
        body: shown(made, actor),
        headers: { location: `/api/v1/workspaces/${made.slug}` },
        audit: { action: 'workspace.create', subject: made.slug, workspaceId: made.id },
      }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}',
    action: 'workspace.read',
    tag: 'Workspaces',
    summary: 'Read a workspace',
    answers: { 200: { description: 'The workspace.', schema: Workspace } },
    handle: async ({ workspace, actor }) => ({ status: 200, body: shown(workspace, actor) }),
  }),
  workspaceEndpoint({
    method: 'patch',
    path: '/workspaces/{ws}',
    action: 'workspace.change',
    tag: 'Workspaces',
    summary: 'Rename a workspace, or switch Git Sync on or off',
    body: WorkspaceUpdate,
    answers: { 200: { description: 'The workspace.', schema: Workspace } },
    handle: async ({ context, workspace, actor, body }) => {
      const changed = await updateWorkspace(context.db, workspace.id, body)
      if (changed === null) throw notFound('such workspace')
      await notify(context.db, { type: 'connection', workspace: workspace.id })
      const { name, gitSync } = changed
      return {
        status: 200,
        body: shown(changed, actor),
        audit: {
          action: 'workspace.change',
          subject: workspace.slug,
          values: { before: { name: workspace.name, gitSync: workspace.gitSync }, after: { name, gitSync } },
        },
      }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/archive',
    action: 'workspace.change',
    tag: 'Workspaces',
    summary: 'Archive a workspace',
    description:
      'It is left out of lists and environments, nothing is synced, and what would change something in it is refused with `workspace-archived`; members, invitations, sessions and API keys can still be removed. All of it is kept.',
    answers: { 200: { description: 'As it is now.', schema: Workspace } },
    handle: async ({ context, workspace, actor }) => {
      const done = await archiveWorkspace(context.db, workspace.id)
      if (done === null) throw archived(workspace)
      return {
        status: 200,
        body: shown(done, actor),
        audit: { action: 'workspace.archive', subject: workspace.slug },
      }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/restore',
    action: 'workspace.change',
    whileArchived: true,
    tag: 'Workspaces',
    summary: 'Restore an archived workspace',
    description:
      'Everything is as it was. What was saved before goes to Git, and what came to Git meanwhile is taken in. Of one that is in use nothing changes.',
    answers: { 200: { description: 'As it is now.', schema: Workspace } },
    handle: async ({ context, workspace, actor }) => {
      const restored = await restoreWorkspace(context.db, workspace.id)
      if (restored === null) return { status: 200, body: shown(workspace, actor) }
      return {
        status: 200,
        body: shown(restored, actor),
        audit: { action: 'workspace.restore', subject: workspace.slug },
      }
    },
  }),
]

function shown({ id, slug, name, gitSync, archivedAt }: StoredWorkspace, actor: Actor): Workspace | null {
  const role = roleIn(actor, id)
  return role && { slug, name, gitSync, archivedAt: archivedAt?.toISOString() ?? null, role }
}
