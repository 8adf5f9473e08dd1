import { createAppAuth } from '@octokit/auth-app'
import { request } from '@octokit/request'
import { scrub } from '../../scrub.ts'
import { HostError } from '../host-error.ts'
import type { PinnedFetch } from '../pinned-fetch.ts'

/** A GitHub App that is installed where the repository lies. */
export type AppCredentials = {
  readonly appId: string
  readonly installationId: string
  readonly privateKey: string
}

export type AppSignIn = {
  /** A token of the installation, kept until shortly before it expires. */
  installationToken(): Promise<string>
  /** For questions about the App itself. */
  appToken(): Promise<string>
}

/** Signs in as a GitHub App: a token that the App signs itself is traded for one of the installation. */
export function appSignIn(credentials: AppCredentials, apiUrl: string, fetch: PinnedFetch): AppSignIn {
  const { appId, installationId, privateKey } = credentials
  const auth = createAppAuth({
    appId,
    installationId,
    privateKey,
    request: request.defaults({ baseUrl: apiUrl, request: { fetch } }),
    log: { warn: () => {} },
  })
  const token = async (type: 'installation' | 'app'): Promise<string> => {
    try {
      return (await (type === 'app' ? auth({ type }) : auth({ type }))).token
    } catch (error) {
      throw explain(error, credentials)
    }
  }
  return { installationToken: () => token('installation'), appToken: () => token('app') }
}

function explain(error: unknown, { appId, installationId, privateKey }: AppCredentials): HostError {
  const { cause, status, message } = error as { cause?: unknown; status?: number; message?: string } // any thrown value
  if (cause instanceof HostError) return cause
  if (status === 401) {
    return new HostError(
      'auth',
      `GitHub does not take the signature of App ${appId}. Check the App ID, and that the private key is one of this App's (Settings → Developer settings → GitHub Apps → the App → Private keys).`,
    )
  }
  if (status === 404) {
    return new HostError(
      'not-found',
      `App ${appId} has no installation ${installationId}. Install it where the repository lies, and take the number at the end of the installation's address.`,
    )
  }
  if (status !== undefined) {
    return new HostError(
      'unexpected-answer',
      `GitHub answered with status ${status} when App ${appId} signed in.`,
    )
  }
  return new HostError(
    'auth',
    `The private key of App ${appId} cannot be used: ${scrub(message ?? '', [privateKey]).slice(0, 200)}. Paste the whole .pem file that GitHub made.`,
  )
}
