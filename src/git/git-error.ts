/** What a caller may do by itself: try at once, try after a pause, or wait for a person. */
export type Retry = 'now' | 'later' | 'never'

/** Every fault of the Git layer and whether trying again can help. */
const RETRY = {
  unreachable: 'later',
  timeout: 'later',
  busy: 'later',
  'server-error': 'later',
  disk: 'later',
  failed: 'later',
  /** The cache was lost or damaged and has been cleared: begin again with a fetch. */
  cache: 'now',
  auth: 'never',
  forbidden: 'never',
  'not-found': 'never',
  'host-key': 'never',
  tls: 'never',
  redirected: 'never',
  limit: 'never',
  'refused-by-policy': 'never',
  /** The repository holds something else, a symbolic link for example, where a file is to be written. */
  'path-taken': 'never',
  invalid: 'never',
  aborted: 'never',
  'git-missing': 'never',
  'git-too-old': 'never',
} as const satisfies Record<string, Retry>
export type GitErrorCode = keyof typeof RETRY

/**
 * A fault while talking to git or to a remote. `message` is for people: what happened, why, what to do.
 * `detail` holds git's own words. Neither ever holds a secret.
 */
export class GitError extends Error {
  override readonly name = 'GitError'
  readonly code: GitErrorCode
  readonly retry: Retry
  readonly detail: string

  constructor(code: GitErrorCode, message: string, detail = '', options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.retry = RETRY[code]
    this.detail = detail
  }
}
