import { runGit } from './command.ts'
import { GitError } from './git-error.ts'

export type GitVersion = {
  readonly version: string
  /** From 2.37 on git can be pinned to a checked address (`http.curloptResolve`, Z3). */
  readonly pinsAddresses: boolean
}

/** `GIT_CONFIG_COUNT`, through which all configuration goes, came with 2.31. */
const OLDEST = [2, 31] as const
const PINNING = [2, 37] as const

/** Finds git and its version; a missing or too old one is a fault that says what to do. */
export async function checkGit(): Promise<GitVersion> {
  const { stdout } = await runGit({ gitDir: null, args: ['version'], timeoutMs: 10_000 })
  return readGitVersion(stdout.toString('utf8'))
}

/** Reads `git version 2.39.5 (Apple Git-154)`. */
export function readGitVersion(output: string): GitVersion {
  const match = /(\d+)\.(\d+)(?:\.[0-9a-z.]+)?/.exec(output)
  const found = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)] as const
  const version = match?.[0] ?? output.trim()
  if (atLeast(found, OLDEST)) return { version, pinsAddresses: atLeast(found, PINNING) }
  throw new GitError(
    'git-too-old',
    `git ${version} is too old: ${OLDEST.join('.')} or newer is needed. Update git and start again.`,
  )
}

function atLeast(found: readonly [number, number], wanted: readonly [number, number]): boolean {
  return found[0] > wanted[0] || (found[0] === wanted[0] && found[1] >= wanted[1])
}
