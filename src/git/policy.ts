import { DEFAULT_GIT_LIMITS, type GitLimits } from './limits.ts'
import type { Protocol } from './remote-url.ts'

/** Where the server may connect and what a remote may cost (Z2, Z3, Z6). Set by the administrator. */
export type GitPolicy = {
  readonly protocols: readonly Protocol[]
  /** Folders that a `file` remote may lie in even when the protocol `file` is not allowed everywhere. */
  readonly fileRoots: readonly string[]
  /** Host names, `*.example.com` for every name below. A non-empty `allow` admits nothing else. */
  readonly hosts: { readonly allow: readonly string[]; readonly deny: readonly string[] }
  /** Addresses and ranges (`10.0.0.0/8`). `deny` adds to link-local and metadata addresses; `allow` lifts both. */
  readonly addresses: { readonly allow: readonly string[]; readonly deny: readonly string[] }
  /** Certificates to trust beside those of the machine. */
  readonly caFile: string | null
  readonly limits: GitLimits
}

export const DEFAULT_GIT_POLICY: GitPolicy = {
  protocols: ['https', 'ssh'],
  fileRoots: [],
  hosts: { allow: [], deny: [] },
  addresses: { allow: [], deny: [] },
  caFile: null,
  limits: DEFAULT_GIT_LIMITS,
}
