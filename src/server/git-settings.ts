import type { JsonObject } from '../core/model/json.ts'
import { type ConnectionInput, type CredentialsInput, POLL_SECONDS_DEFAULT } from '../core/wire/git.ts'
import { parseBranch } from '../git/parse-branch.ts'
import { parsePath } from '../git/parse-path.ts'
import { parseRemoteUrl } from '../git/parse-remote-url.ts'
import type { Parsed } from '../git/parsed.ts'
import type { GitPolicy } from '../git/policy.ts'
import type { Connection, ConnectionSettings, Credentials } from '../store/connections.ts'
import { ProblemError } from './problem-error.ts'

const DEFAULTS: Omit<ConnectionSettings, 'url'> = {
  branch: 'main',
  path: '',
  mode: 'direct',
  pollSeconds: POLL_SECONDS_DEFAULT,
  batchSeconds: 0,
  approval: false,
  shared: false,
  adopt: null,
  startFrom: null,
  firstSync: 'ask',
  author: null,
  host: null,
}

/** What was sent over what is stored, parsed and allowed (Z2); throws what a person must mend. */
export function settingsOf(
  input: ConnectionInput,
  stored: Connection | null,
  policy: GitPolicy,
): ConnectionSettings {
  const { credentials: _, ...given } = input
  const host = given.host as JsonObject | null | undefined // an object of texts is JSON
  const before: Omit<ConnectionSettings, 'url'> = stored ?? DEFAULTS
  const merged = { ...pick(before), ...withoutUndefined({ ...given, host }) }
  must(parseRemoteUrl(input.url, policy))
  if (merged.adopt !== null && /[/\\\0]/.test(merged.adopt)) {
    throw invalid('adopt: expected the slug of another workspace, as in manifest-<slug>.yaml.')
  }
  return {
    ...merged,
    url: input.url.trim(),
    branch: must(parseBranch(merged.branch)),
    path: must(parsePath(merged.path)),
    startFrom: merged.startFrom === null ? null : must(parseBranch(merged.startFrom)),
  }
}

function pick(settings: Omit<ConnectionSettings, 'url'>): Omit<ConnectionSettings, 'url'> {
  const { branch, path, mode, pollSeconds, batchSeconds, approval } = settings
  const { shared, adopt, startFrom, firstSync, author, host } = settings
  return {
    branch,
    path,
    mode,
    pollSeconds,
    batchSeconds,
    approval,
    shared,
    adopt,
    startFrom,
    firstSync,
    author,
    host,
  }
}

/**
 * The credentials to use: a secret that was not sent is the stored one, as long as the address is the
 * same; whoever changes the address must know the secret.
 */
export function credentialsFor(
  given: CredentialsInput | undefined,
  stored: { readonly url: string; readonly apiUrl: string | null; readonly credentials: Credentials } | null,
  now: { readonly url: string; readonly apiUrl: string | null },
): Credentials {
  const isThere = stored?.url === now.url && stored.apiUrl === now.apiUrl
  const kept = isThere ? stored.credentials : null
  if (given === undefined) {
    if (kept) return kept
    if (stored === null || stored.credentials.type === 'none') return { type: 'none' }
    throw invalid('credentials: the address changed, so enter the credentials for it anew.')
  }
  if (given.type === 'none') return given
  if (given.type === 'token') {
    const token = given.token ?? (kept?.type === 'token' ? kept.token : null)
    if (token === null) throw invalid('credentials.token: enter the token.')
    return { type: 'token', token, ...(given.username === undefined ? {} : { username: given.username }) }
  }
  const privateKey = given.privateKey ?? (kept?.type === given.type ? kept.privateKey : null)
  if (privateKey === null) throw invalid('credentials.privateKey: enter the private key.')
  return { ...given, privateKey }
}

function must<T>(parsed: Parsed<T>): T {
  if (parsed.problem !== undefined) throw invalid(parsed.problem)
  return parsed.value
}

function invalid(detail: string): ProblemError {
  return new ProblemError('invalid-setting', detail)
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  // Only keys of T, and none undefined.
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
