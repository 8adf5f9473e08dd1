import {
  PromotionAnswer,
  PromotionList,
  PromotionRequest,
  UndoAnswer,
  UndoPromotion,
} from '../../core/wire/environments.ts'
import { listPromotions } from '../../store/promotions.ts'
import { promote } from '../environments/promote.ts'
import { undoPromotion } from '../environments/undo-promotion.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { ProblemError } from '../problem-error.ts'
import { readable } from './environments.ts'

const PATH = '/workspaces/{ws}/promotions'
const SHOWN = 50

/** Below the target: what it takes over is its own change. */
export const promotionEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: PATH,
    action: 'workspace.read',
    tag: 'Environments',
    summary: 'What was promoted to this workspace, the newest first',
    answers: { 200: { description: 'The last fifty.', schema: PromotionList } },
    handle: async ({ context, workspace }) => {
      const found = await listPromotions(context.db, workspace.id, SHOWN)
      const items = found.map((one) => ({ ...one, at: one.at.toISOString() }))
      return { status: 200, body: { items, nextCursor: null } }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: PATH,
    action: 'resource.write',
    tag: 'Environments',
    summary: 'Promote: take resources over from another workspace',
    description:
      'One change set of this workspace, which the next sync commits, or proposes where the branch asks for a review. With `as: review` it goes to a branch and a pull request of its own, and the workspace takes it over once that is merged. What the chosen resources need comes along. `dryRun` says what it would change and break; its `digest` makes sure that this is what is done. Needs the right to read the other workspace.',
    body: PromotionRequest,
    answers: { 200: { description: 'What it changed, or would.', schema: PromotionAnswer } },
    handle: async ({ context, workspace, actor, body, request }) => {
      const from = await readable(context, actor, body.from)
      if (from.id === workspace.id) {
        throw new ProblemError('invalid-setting', 'Promote from another workspace: these are the same.')
      }
      const answer = await promote(context, { from, to: workspace }, actor, body, request.signal)
      if (answer.proposed !== null) {
        const audit = {
          action: 'promotion.propose',
          subject: answer.proposed.branch,
          detail: { from: from.slug },
        }
        return { status: 200, body: answer, audit }
      }
      if (answer.changeSet === null) return { status: 200, body: answer }
      const { changeSet } = answer
      const audit = { action: 'promotion.make', subject: changeSet, changeSet, detail: { from: from.slug } }
      return { status: 200, body: answer, audit }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${PATH}/{id}/undo`,
    action: 'resource.write',
    tag: 'Environments',
    summary: 'Take a promotion back, as a new change set',
    description: 'All of it or nothing: 412 where somebody changed one of its resources since.',
    body: UndoPromotion,
    answers: { 200: { description: 'What it changed, or would.', schema: UndoAnswer } },
    handle: async ({ context, workspace, actor, body, param }) => {
      const answer = await undoPromotion(context.db, workspace, actor, param('id'), body.dryRun ?? false)
      const { changeSet } = answer
      if (changeSet === null) return { status: 200, body: answer }
      return {
        status: 200,
        body: answer,
        audit: { action: 'promotion.undo', subject: param('id'), changeSet },
      }
    },
  }),
]
