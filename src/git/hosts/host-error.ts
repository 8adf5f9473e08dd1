/** What went wrong at the service, in the words of the person who can mend it: no address, token or answer in it. */
export class HostError extends Error {
  override readonly name = 'HostError'
  readonly code: HostErrorCode

  constructor(code: HostErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

export type HostErrorCode =
  | 'unreachable'
  | 'auth'
  | 'missing-right'
  | 'not-found'
  /** The service understood and will not: a pull request without commits, one that is open already. */
  | 'refused'
  | 'rate-limited'
  | 'unexpected-answer'
  | 'refused-by-policy'
