import { listOf } from '../../core/wire/list.ts'
import { Workspace, WorkspaceCreate, WorkspaceUpdate } from '../../core/wire/workspace.ts'
import { notify } from '../../store/notify.ts'
import {
  createWorkspace,
  listWorkspaces,
  type Workspace as StoredWorkspace,
  updateWorkspace,
} from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { roleIn } from '../auth/authorize.ts'
import { cloneWorkspace } from '../environments/clone-workspace.ts'
import { type Endpoint, signedInEndpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { readable } from './environments.ts'

export const workspaceEndpoints: readonly Endpoint[] = [
  signedInEndpoint({
    method: 'get',
    path: '/workspaces',
    tag: 'Workspaces',
    summary: 'List the workspaces in which you have a role',
    answers: { 200: { description: 'All of them.', schema: listOf(Workspace) } },
    handle: async ({ context, actor }) => {
      const all = await listWorkspaces(context.db)
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
        throw new ProblemError(
          'slug-taken',
          `There is a workspace ${body.slug} already. Choose another slug.`,
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
]

function shown({ id, slug, name, gitSync }: StoredWorkspace, actor: Actor): Workspace | null {
  const role = roleIn(actor, id)
  return role && { slug, name, gitSync, role }
}
