import { Changes, ChangesSaved } from '../../core/wire/changes.ts'
import { CHANGES_BODY_LIMIT, type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { toBodies, valueOfBody } from './resource-body.ts'
import { saveChanges } from './save-changes.ts'

export const changesEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/changes',
    action: 'resource.write',
    tag: 'Resources',
    summary: 'Save many changes as one change set, all or nothing',
    description:
      'A stale `revision` refuses the whole with 412, none writes over; a write that would dangle is 422. At most 64 MiB.',
    body: Changes,
    bodyLimit: CHANGES_BODY_LIMIT,
    answers: { 200: { description: 'Saved.', schema: ChangesSaved } },
    handle: async (call) => {
      const { context, workspace, body } = call
      const { message, writes, deletes, renames } = body
      const done = await saveChanges(context, call, {
        kind: 'batch',
        message: message ?? null,
        writes: writes.map((write) => ({ ...write, value: valueOfBody(write.value, write.kind) })),
        deletes,
        renames,
      })
      const bodies = await toBodies(context.db, workspace.id, done.resources)
      const resources = bodies.map((resource, i) => ({ ...resource, kind: done.resources[i]?.kind }))
      return {
        status: 200,
        body: { changeSet: done.changeSetId, resources },
        audit: {
          action: 'resource.batch',
          changeSet: done.changeSetId,
          ...(done.secrets ? { detail: done.secrets } : {}),
        },
      }
    },
  }),
]
