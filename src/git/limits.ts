/** Bounds on what a remote may cost us (Z6). Each error that a bound causes names it. */
export type GitLimits = {
  /** Reading refs, a connection test. */
  readonly listMs: number
  readonly fetchMs: number
  readonly pushMs: number
  /** Work on the local cache: listing, reading, committing. */
  readonly localMs: number
  /** A transfer that moves nothing for so long is given up. */
  readonly stallMs: number
  readonly packBytes: number
  readonly files: number
  readonly refs: number
}

export const DEFAULT_GIT_LIMITS: GitLimits = {
  listMs: 60_000,
  fetchMs: 600_000,
  pushMs: 600_000,
  localMs: 120_000,
  stallMs: 60_000,
  packBytes: 2 * 1024 ** 3,
  files: 1_000_000,
  refs: 50_000,
}
