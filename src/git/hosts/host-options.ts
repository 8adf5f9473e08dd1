import type { GitPolicy } from '../policy.ts'

/** Where a repository lies at a service, and how to sign in there. */
export type HostOptions = {
  readonly apiUrl: string
  /** `team/repository`, at some services with more folders before it. */
  readonly repository: string
  readonly token: string
  readonly policy: GitPolicy
}
