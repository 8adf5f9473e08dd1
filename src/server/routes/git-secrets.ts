import { findSecrets } from '../../core/secrets/find-secrets.ts'
import { AllowSecret, Run } from '../../core/wire/run.ts'
import { allowSecrets } from '../../store/allowed-secrets.ts'
import { getResource } from '../../store/resources.ts'
import { requestSyncIn } from '../../store/runs.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { ProblemError } from '../problem-error.ts'
import { connected, startedRun } from './git-runs.ts'

export const gitSecretEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'post',
    path: '/workspaces/{ws}/git/allow-secret',
    action: 'git.allow-secret',
    tag: 'Git',
    summary: 'Let into Git what looks like a secret, at one place of a resource',
    description:
      "`path` is the JSON pointer that the plan names under `waiting`. What stands there now is allowed, and nothing that comes there later. Never allow a real secret: a repository's history keeps it for ever.",
    body: AllowSecret,
    answers: {
      200: { description: 'The run; it ended within `waitSeconds`.', schema: Run },
      202: { description: 'The run, which goes on.', schema: Run },
    },
    handle: async ({ context, workspace, actor, body, request }) => {
      const { kind, slug, path, waitSeconds } = body
      const connection = await connected(context, workspace)
      const resource = await getResource(context.db, workspace.id, kind, slug)
      const found = resource ? findSecrets(resource.value).filter((secret) => secret.path === path) : []
      if (resource === null || found.length === 0) throw nothingThere(`${kind}/${slug}`, path)
      const secrets = found.map(({ digest }) => ({ resourceId: resource.id, path, digest }))
      const id = await context.db.transaction().execute(async (tx) => {
        await allowSecrets(tx, workspace.id, secrets, actor.id)
        return requestSyncIn(tx, connection, { trigger: 'manual', actor })
      })
      const audit = { action: 'git.allow-secret', subject: `${kind}/${slug}`, detail: { path }, run: id }
      return { ...(await startedRun(context, workspace, id, waitSeconds, request.signal)), audit }
    },
  }),
]

function nothingThere(resource: string, path: string): ProblemError {
  return new ProblemError(
    'not-found',
    `Nothing at ${path} of ${resource} looks like a secret. Take kind, slug and path from the plan's \`waiting\`.`,
  )
}
