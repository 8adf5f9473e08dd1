import { ApproveRun, Run } from '../../core/wire/run.ts'
import { approveRun } from '../../store/approve-run.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { readRun, startedRun } from './git-runs.ts'

export const gitApproveEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/git/runs/{id}/approve',
    action: 'git.approve',
    tag: 'Git',
    summary: 'Consent to what a held run would do',
    description:
      'Names the digest of the held changes as the run shows them; a new run then does these and nothing else. Refused with 409 when the run waits no more or its changes are others by now.',
    body: ApproveRun,
    answers: {
      200: { description: 'The new run; it ended within `waitSeconds`.', schema: Run },
      202: { description: 'The new run, which goes on.', schema: Run },
    },
    handle: async ({ context, workspace, actor, body, param, request }) => {
      const run = await readRun(context, workspace.id, param('id'))
      const outcome = await approveRun(context.db, workspace.id, run.id, { ...body, actor })
      switch (outcome.kind) {
        case 'approved': {
          const audit = {
            action: 'git.approve',
            subject: run.id,
            run: outcome.runId,
            detail: { digest: body.digest, ...(body.dropped ? { dropped: body.dropped } : {}) },
          }
          return {
            ...(await startedRun(context, workspace, outcome.runId, body.waitSeconds, request.signal)),
            audit,
          }
        }
        case 'not-connected':
          throw notFound('connected repository')
        case 'not-held':
          throw new ProblemError(
            'not-held',
            'This run waits for no consent any more: a later one has taken its place. Look at the newest held run.',
          )
        case 'other-digest':
          throw new ProblemError(
            'approval-stale',
            'The held changes are not the ones that this digest names. Read the run again and approve what it shows.',
          )
      }
    },
  }),
]
