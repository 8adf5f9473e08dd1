import * as z from 'zod'
import { isObject, type Json } from '../../core/model/json.ts'
import { listOf } from '../../core/wire/list.ts'
import { Conflict, ResolveConflict } from '../../core/wire/plan.ts'
import { getConflict, listConflicts, resolveConflict, type Take } from '../../store/conflicts.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { conflictBody } from './git-body.ts'
import { refusal } from './outcome.ts'
import { toBody } from './resource-body.ts'

const PATH = '/workspaces/{ws}/git/conflicts'

export const gitConflictEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: PATH,
    action: 'git.read',
    tag: 'Git',
    summary: 'List the open conflicts',
    answers: { 200: { description: 'All of them. `ours` is the workspace.', schema: listOf(Conflict) } },
    handle: async ({ context, workspace }) => {
      const conflicts = await listConflicts(context.db, workspace.id)
      return { status: 200, body: { items: conflicts.map(conflictBody), nextCursor: null } }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: `${PATH}/{id}`,
    action: 'git.read',
    tag: 'Git',
    summary: 'A conflict',
    answers: { 200: { description: 'The conflict.', schema: Conflict } },
    handle: async ({ context, workspace, param }) => {
      const conflict = await getConflict(context.db, workspace.id, param('id'))
      if (conflict === null) throw notFound('open conflict with this id')
      return { status: 200, body: conflictBody(conflict) }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${PATH}/{id}/resolve`,
    action: 'git.resolve',
    tag: 'Git',
    summary: 'Settle a conflict by taking a side, or with an edited result',
    description:
      'Names the two versions that the choice was made for, as they were read; when a side has moved on it is refused with 412 and the present conflict.',
    body: ResolveConflict,
    answers: { 200: { description: 'Settled.', schema: z.object({ changeSet: z.string() }) } },
    handle: async ({ context, workspace, actor, body, param }) => {
      const id = param('id')
      const outcome = await resolveConflict(context.db, workspace.id, id, {
        take: takeOf(body),
        ours: side(body.ours),
        theirs: side(body.theirs),
        actor,
      })
      switch (outcome.kind) {
        case 'resolved':
          return {
            status: 200,
            body: { changeSet: outcome.changeSetId },
            audit: {
              action: 'git.resolve',
              subject: id,
              detail: { take: body.take },
              changeSet: outcome.changeSetId,
            },
          }
        case 'not-found':
          throw notFound('open conflict with this id; it may be settled already')
        case 'stale':
          throw new ProblemError('stale', 'A side of the conflict has moved on. Look at it again.', {
            conflict: conflictBody(outcome.present),
          })
        default:
          throw await refusal(outcome, (resource) => toBody(context.db, workspace.id, resource))
      }
    },
  }),
]

function takeOf({ take, value }: ResolveConflict): Take {
  if (take !== 'value') return take
  // Bodies are parsed JSON: an object in one is a JsonObject.
  if (isObject(value)) return { value }
  throw new ProblemError('invalid-body', 'With `take: value`, send the edited result as `value`: an object.')
}

function side(value: unknown): Json {
  // Bodies are parsed JSON: an object in one is a JsonObject.
  if (value === null || isObject(value)) return value
  throw new ProblemError('invalid-body', 'Send ours and theirs as they were read: an object each, or null.')
}
