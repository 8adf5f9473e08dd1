import type { WebhookSecret } from '../../core/wire/webhook.ts'
import { HostError } from '../../git/hosts/host-error.ts'
import { connectionOf } from '../../store/connections.ts'
import type { Context } from '../context.ts'
import { openHost } from '../hosts/open-host.ts'

/** Registers the webhook at the host. Where it may not, a person enters it there: no reason to fail. */
export async function registerWebhook(
  context: Context,
  workspaceId: string,
  hook: { readonly url: string; readonly secret: string },
): Promise<WebhookSecret['registration']> {
  const connection = await connectionOf(context.db, workspaceId)
  const host = connection && (await openHost(context, connection))
  if (!host) return null
  try {
    await host.keepWebhook(hook)
    return { host: host.type, problem: null }
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return { host: host.type, problem: error.message }
  }
}
