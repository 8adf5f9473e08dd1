import { isIP } from 'node:net'
import { resolveAddresses } from './address.ts'
import { caBundle } from './ca-bundle.ts'
import { type GitCredentials, grantCredentials } from './credentials.ts'
import type { ConfigEntry } from './environment.ts'
import { explainRemoteFailure } from './explain-failure.ts'
import { GitError } from './git-error.ts'
import { parseBranch } from './parse-branch.ts'
import { parseRemoteUrl } from './parse-remote-url.ts'
import type { Parsed } from './parsed.ts'
import type { GitPolicy } from './policy.ts'
import { type RemoteUrl, remoteName } from './remote-url.ts'

/** A branch of a repository somewhere, as a connection names it. Checked anew by every operation. */
export type Remote = {
  readonly url: string
  readonly branch: string
  readonly credentials: GitCredentials
  readonly policy: GitPolicy
}

/** A remote that passed the policy, with everything that git needs to reach it this once. */
export type RemoteAccess = {
  /** Built by us from the parts of the URL; still only ever used behind `--`. */
  readonly argument: string
  readonly branch: string
  readonly config: readonly ConfigEntry[]
  readonly env: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
  explain(stderr: string): GitError
}

/** Checks the remote against the policy, lends the credentials for as long as `use` runs, and wipes them. */
export async function withRemote<T>(
  remote: Remote,
  doing: 'read' | 'write',
  signal: AbortSignal | undefined,
  use: (access: RemoteAccess) => Promise<T>,
): Promise<T> {
  const { policy } = remote
  const url = accepted(parseRemoteUrl(remote.url, policy))
  const branch = accepted(parseBranch(remote.branch))
  const addresses = await resolveAddresses(url, policy, signal)
  const credentials = grantCredentials(url, remote.credentials, addresses, policy.limits.stallMs)
  try {
    return await use({
      argument: url.argument,
      branch,
      config: [...transportConfig(url, addresses, policy), ...credentials.config],
      env: { ...credentials.env, GIT_ALLOW_PROTOCOL: url.protocol },
      secrets: credentials.secrets,
      explain: (stderr) =>
        explainRemoteFailure(stderr, { remote: remoteName(url), protocol: url.protocol, doing }),
    })
  } finally {
    credentials.release()
  }
}

function transportConfig(
  url: RemoteUrl,
  addresses: readonly string[],
  policy: GitPolicy,
): readonly ConfigEntry[] {
  const allow: ConfigEntry = [`protocol.${url.protocol}.allow`, 'always']
  if (url.protocol !== 'https' && url.protocol !== 'http') return [allow]
  const pin: readonly ConfigEntry[] =
    isIP(url.host) === 0 ? [['http.curloptResolve', `${url.host}:${url.port}:${addresses.join(',')}`]] : []
  const trust: readonly ConfigEntry[] =
    policy.caFile === null ? [] : [['http.sslCAInfo', caBundle(policy.caFile)]]
  return [allow, ['http.lowSpeedTime', String(Math.ceil(policy.limits.stallMs / 1_000))], ...pin, ...trust]
}

function accepted<T>(parsed: Parsed<T>): T {
  if (parsed.problem === undefined) return parsed.value
  throw new GitError('refused-by-policy', parsed.problem)
}
