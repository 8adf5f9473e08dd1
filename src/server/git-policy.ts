import { isRange } from '../git/address-patterns.ts'
import { DEFAULT_GIT_LIMITS } from '../git/limits.ts'
import { DEFAULT_GIT_POLICY, type GitPolicy } from '../git/policy.ts'
import type { Config } from './config.ts'

const MEBIBYTE = 1024 ** 2
const SECOND = 1000

/** What the administrator set, in git's terms (Z2, Z3, Z6). `fileRoots`: where `file` remotes may lie besides. */
export function gitPolicyOf(config: Config, fileRoots: readonly string[]): GitPolicy {
  const { gitHosts, gitDeny, gitAllow, gitMaxPackMib, gitMaxFiles, gitMaxRefs, gitTimeoutSeconds } = config
  const timeout = gitTimeoutSeconds * SECOND
  return {
    ...DEFAULT_GIT_POLICY,
    protocols: config.gitProtocols,
    fileRoots,
    hosts: { allow: gitHosts, deny: gitDeny.filter((entry) => !isRange(entry)) },
    addresses: { allow: gitAllow, deny: gitDeny.filter(isRange) },
    caFile: config.gitCaFile,
    limits: {
      ...DEFAULT_GIT_LIMITS,
      fetchMs: timeout,
      pushMs: timeout,
      packBytes: gitMaxPackMib * MEBIBYTE,
      files: gitMaxFiles,
      refs: gitMaxRefs,
    },
  }
}
