import * as z from 'zod'
import { PlanWire } from '../../core/wire/plan.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { planConnection } from '../jobs/plan-connection.ts'
import { connected } from './git-runs.ts'

const flag = z.enum(['true', 'false', '1', '0', '']).transform((text) => text === 'true' || text === '1')

export const gitPlanEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}/git/plan',
    action: 'git.read',
    tag: 'Git',
    summary: 'What a sync would do; reaches the remote, changes nothing',
    description: '`full` lists both sides anew instead of what moved since the last sync.',
    query: z.object({ full: flag.optional() }),
    answers: { 200: { description: 'The plan.', schema: PlanWire } },
    handle: async ({ context, workspace, query }) => {
      const { id } = await connected(context, workspace)
      return { status: 200, body: await planConnection(context, id, { full: query.full }) }
    },
  }),
]
