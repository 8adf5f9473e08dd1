import { randomBytes } from 'node:crypto'
import { Webhook, WebhookAccepted, WebhookSecret } from '../../core/wire/webhook.ts'
import { renewWebhookSecret, takeDelivery, webhookFacts, webhookSecretOf } from '../../store/webhooks.ts'
import { BODY_LIMIT, type Endpoint, publicEndpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { API } from '../http/mount.ts'
import { readBytes } from '../http/read-bytes.ts'
import { noRepository, ProblemError } from '../problem-error.ts'
import { isGenuine } from '../webhooks/is-genuine.ts'
import { registerWebhook } from '../webhooks/register-webhook.ts'

const PATH = '/workspaces/{ws}/git/webhook'

/** Nobody knows it: a connection that is not there, or has no secret, is checked like any other. */
const NOBODYS = randomBytes(32).toString('base64')

export const webhookEndpoints: readonly Endpoint[] = [
  publicEndpoint({
    method: 'post',
    path: '/webhooks/{connectionId}',
    tag: 'Git',
    summary: 'For the host of the repository: the branch may have moved',
    description:
      "Signed with the connection's webhook secret, in the manner of GitHub, GitLab, Gitea, Forgejo, Bitbucket or Azure DevOps. It is a hint only: nothing in the payload is believed, the branch itself is asked. A delivery that comes again does nothing.",
    answers: { 202: { description: 'The branch is looked at soon.', schema: WebhookAccepted } },
    handle: async ({ context, request, param }) => {
      const id = param('connectionId')
      const body = await readBytes(request, BODY_LIMIT)
      const secret = await webhookSecretOf(context.db, context.secretKey, id)
      if (!isGenuine({ headers: request.headers, body }, secret ?? NOBODYS)) throw notGenuine()
      await takeDelivery(context.db, id, body)
      return { status: 202, body: { status: 'accepted' } satisfies typeof WebhookAccepted._output }
    },
  }),
  workspaceEndpoint({
    method: 'get',
    path: PATH,
    action: 'git.read',
    tag: 'Git',
    summary: "The webhook's address, and when something last came",
    description: '404 while no repository is connected.',
    answers: { 200: { description: 'Without its secret.', schema: Webhook } },
    handle: async ({ context, workspace }) => {
      const facts = await webhookFacts(context.db, workspace.id)
      if (facts === null) throw noRepository()
      const body: Webhook = {
        url: address(context.baseUrl, facts.connectionId),
        secretSince: facts.secretSince?.toISOString() ?? null,
        lastDelivery: facts.lastDelivery?.toISOString() ?? null,
      }
      return { status: 200, body }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: PATH,
    action: 'git.connect',
    tag: 'Git',
    summary: 'Make a webhook secret, or another one, and register it at the host where the credentials may',
    description:
      'The secret is in this answer only. The one before it is refused from now on. Where `registration` is null or holds a problem, enter address and secret at the host.',
    answers: { 201: { description: 'What to enter at the host.', schema: WebhookSecret } },
    handle: async ({ context, workspace }) => {
      const made = await renewWebhookSecret(context.db, context.secretKey, workspace.id)
      if (made === null) throw noRepository()
      const hook = { url: address(context.baseUrl, made.connectionId), secret: made.secret }
      const body: WebhookSecret = {
        ...hook,
        registration: await registerWebhook(context, workspace.id, hook),
      }
      return { status: 201, body, audit: { action: 'git.webhook-secret', subject: made.connectionId } }
    },
  }),
]

function address(baseUrl: string, connectionId: string): string {
  return `${baseUrl}${API}/webhooks/${connectionId}`
}

function notGenuine(): ProblemError {
  return new ProblemError(
    'webhook-refused',
    "The signature does not match. Enter the address and the secret from the workspace's connection page at the host, and choose JSON as the content type.",
  )
}
