import type { Rest } from '../rest.ts'
import { Done, listOf, type Repository, Subscription } from './answers.ts'
import { rightName } from './rights.ts'

const EVENTS = ['git.push', 'git.pullrequest.created', 'git.pullrequest.updated']
const VERSION = '7.1'

/** The user name beside the secret: Azure DevOps signs nothing, but signs in where it delivers. */
export const WEBHOOK_USER = 'tandem'

/** A subscription tells one kind of event, so that there are several with one address. */
export async function keepSubscriptions(
  rest: Rest,
  { id: repository, project }: Repository,
  { url, secret }: { readonly url: string; readonly secret: string },
): Promise<void> {
  const right = { right: rightName('webhooks'), absent: 'right' } as const
  const path = '/_apis/hooks/subscriptions'
  const query = { 'api-version': VERSION }
  const there = { ...query, publisherId: 'tfs', consumerId: 'webHooks' }
  const answer = listOf(Subscription)
  const { value } = await rest.call({ ...right, method: 'GET', path, query: there, answer })
  for (const eventType of EVENTS) {
    const ours = value.find((one) => one.eventType === eventType && one.consumerInputs?.url === url)
    await rest.call({
      ...right,
      ...(ours === undefined
        ? { method: 'POST', path }
        : { method: 'PUT', path: `${path}/${encodeURIComponent(ours.id)}` }),
      query,
      body: {
        publisherId: 'tfs',
        eventType,
        resourceVersion: '1.0',
        consumerId: 'webHooks',
        consumerActionId: 'httpRequest',
        publisherInputs: { projectId: project.id, repository },
        consumerInputs: {
          url,
          basicAuthUsername: WEBHOOK_USER,
          basicAuthPassword: secret,
          // It is a hint only: what changed is asked of the branch itself.
          resourceDetailsToSend: 'minimal',
          messagesToSend: 'none',
          detailedMessagesToSend: 'none',
        },
      },
      answer: Done,
    })
  }
}
