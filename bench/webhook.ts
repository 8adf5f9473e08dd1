import { createHmac, randomUUID } from 'node:crypto'
import type { WebhookSecret } from '../src/core/wire/webhook.ts'
import type { Bench } from './bench.ts'

const PATIENCE_MS = 120_000
const LOOK_EVERY_MS = 5

/** What a host does when somebody has pushed: a delivery, signed with the workspace's secret. */
export async function startWebhook({ server, workspace }: Bench): Promise<() => Promise<void>> {
  const { url, secret } = await server.ask<WebhookSecret>('POST', `/workspaces/${workspace}/git/webhook`)
  return async () => {
    const body = JSON.stringify({ delivery: randomUUID() })
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` }
    const { status } = await fetch(url, { method: 'POST', headers, body })
    if (status !== 202) throw new Error(`the delivery was answered with ${status}`)
  }
}

/** Looks again and again until it is so. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const start = performance.now(); !(await isSo()); ) {
    if (performance.now() - start > PATIENCE_MS) throw new Error('it did not happen')
    await new Promise((later) => setTimeout(later, LOOK_EVERY_MS))
  }
}
