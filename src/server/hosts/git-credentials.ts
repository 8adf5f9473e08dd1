import { createHash } from 'node:crypto'
import type { GitCredentials } from '../../git/credentials.ts'
import { findHost } from '../../git/hosts/find-host.ts'
import { type AppSignIn, appSignIn } from '../../git/hosts/github/app-token.ts'
import { HostError } from '../../git/hosts/host-error.ts'
import { pinnedFetch } from '../../git/hosts/pinned-fetch.ts'
import type { GitPolicy } from '../../git/policy.ts'
import type { ConnectionSettings, Credentials } from '../../store/connections.ts'
import { hostSetting } from './open-host.ts'

/** Tokens of installations last an hour: each is asked for once and not at every look at the branch. */
const signIns = new Map<string, AppSignIn>()
const KEPT = 500

/** Credentials as git takes them: an App's are traded for a token of its installation. Throws `HostError`. */
export async function gitCredentials(
  settings: Pick<ConnectionSettings, 'url' | 'host'>,
  credentials: Credentials,
  policy: GitPolicy,
): Promise<GitCredentials> {
  if (credentials.type !== 'github-app') return credentials
  const place = findHost(settings.url, hostSetting(settings), policy)
  if (place?.type !== 'github') {
    throw new HostError(
      'refused',
      'A GitHub App signs in to GitHub alone: choose GitHub as the host of this connection, with an https URL, or enter a token.',
    )
  }
  const { appId, installationId, privateKey } = credentials
  const key = createHash('sha256')
    .update(JSON.stringify([place.apiUrl, appId, installationId, privateKey]))
    .digest('base64')
  const known = signIns.get(key)
  const signIn = known ?? appSignIn(credentials, place.apiUrl, pinnedFetch(place.apiUrl, policy))
  if (!known && signIns.size >= KEPT) signIns.clear()
  signIns.set(key, signIn)
  return { type: 'token', username: 'x-access-token', token: await signIn.installationToken() }
}
