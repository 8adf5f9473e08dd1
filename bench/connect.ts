import type { Bench } from './bench.ts'
import type { Remote } from './remotes.ts'

export type Run = {
  readonly state: string
  readonly error: unknown
  readonly counts: { readonly inbound: number; readonly outbound: number }
  readonly commits: readonly { readonly oid: string }[]
  readonly phases: readonly { readonly name: string; readonly ms: number }[]
}

/** Connects the workspace anew: what it agreed on with another repository is forgotten. Syncs nothing. */
export async function connectTo(
  { server, workspace }: Bench,
  remote: Remote,
  host: { readonly type: string; readonly apiUrl: string } | null = null,
): Promise<void> {
  const { url, credentials } = remote
  await server.ask('PUT', `/workspaces/${workspace}/git`, {
    url,
    credentials,
    branch: 'main',
    path: '',
    pollSeconds: 0,
    host,
  })
}

/** Asks for a sync and waits for its answer, which comes with the finished run. */
export async function syncAndWait(
  { server, workspace }: Bench,
  options: { readonly full?: boolean } = {},
): Promise<Run> {
  const run = await server.ask<Run>('POST', `/workspaces/${workspace}/git/sync`, {
    ...options,
    waitSeconds: 600,
  })
  if (run.state !== 'succeeded' && run.state !== 'nothing-to-do')
    throw new Error(`the run ended ${run.state}: ${JSON.stringify(run.error)}`)
  return run
}
