import { appendFile, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { GitChild } from '../../src/git/git-child.ts'
import { startSpawnService } from '../../src/git/spawn-service.ts'

/** A test file that has grown large starts a process slowly: a small one does it. */
const service = startSpawnService()

const QUIET = join(import.meta.dirname, 'gitconfig')

/** Real git with nobody's configuration but this: what servers and people in tests run. */
export function plainGitEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: QUIET,
    GIT_TERMINAL_PROMPT: '0',
    ...extra,
  }
}

export async function startPlainGit(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<GitChild> {
  const small = await service
  if (small === null) throw new Error('the small process did not start')
  const git = small.start(args, plainGitEnvironment(env))
  git.stdin.on('error', () => {})
  return git
}

/** Runs git in a folder and gives what it printed, without the last line end. */
export async function plainGit(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const git = await startPlainGit(['-C', cwd, ...args], env)
  void git.ready.then(() => git.stdin.end())
  const [stdout, stderr, code] = await Promise.all([text(git.stdout), text(git.stderr), git.exited])
  if (code !== 0) {
    const message = `git ${args.join(' ')} ended with ${code}\n${stderr}`
    throw Object.assign(new Error(message), { code, stdout, stderr })
  }
  return stdout.replace(/\n$/, '')
}

/** An empty bare repository whose default branch is `main`. */
export async function createBare(dir: string, branch = 'main'): Promise<void> {
  await mkdir(dirname(dir), { recursive: true })
  await plainGit('/', ['init', '--quiet', '--bare', `--initial-branch=${branch}`, dir])
  // Whoever pushes by file runs the remote's half with an environment of their own.
  await appendFile(join(dir, 'config'), await readFile(QUIET))
}

/** Makes the repository refuse pushes with some words, as a protected branch or a quota does; null allows them. */
export async function refusePushes(dir: string, words: string | null): Promise<void> {
  const hook = join(dir, 'hooks', 'pre-receive')
  if (words === null) return await rm(hook, { force: true })
  await mkdir(dirname(hook), { recursive: true })
  await writeFile(hook, `#!/bin/sh\ncat >&2 <<'WORDS'\n${words}\nWORDS\nexit 1\n`)
  await chmod(hook, 0o755)
}

/** The commit that a branch of a bare repository points at; null when there is none. */
export async function headOf(dir: string, branch = 'main'): Promise<string | null> {
  const head = await plainGit(dir, ['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`])
  return head === '' ? null : head
}
