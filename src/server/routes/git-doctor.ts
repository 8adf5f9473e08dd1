import { judge } from '../../core/environments/doctor/judge.ts'
import { Doctor } from '../../core/wire/doctor.ts'
import { gatherFacts } from '../doctor/gather.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'

export const gitDoctorEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'get',
    path: '/workspaces/{ws}/git/doctor',
    action: 'git.read',
    tag: 'Git',
    summary: 'The checklist: is everything ready for Git Sync, and if not, what to do',
    description:
      'Live: reaches the repository and every source with what is stored for them, and changes nothing. Other workspaces are compared as far as the asker is a member of them. `mend` is a fix that is one call away.',
    answers: { 200: { description: 'The items, in a fixed order.', schema: Doctor } },
    handle: async ({ context, workspace, actor, request }) => {
      const items = judge(await gatherFacts(context, workspace, actor, request.signal))
      return { status: 200, body: { items } }
    },
  }),
]
