import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { plainGit } from './git-bare.ts'

export type PersonOptions = {
  readonly url: string
  /** Where the clone goes; it is made. */
  readonly dir: string
  readonly name?: string
  readonly email?: string
  readonly branch?: string
  /** How the person reaches the remote, as git's environment: see `tokenAccess`. */
  readonly env?: Readonly<Record<string, string>>
}

/** Somebody with a clone, an editor and git: the other side of every sync. */
export type GitPerson = {
  readonly dir: string
  git(...args: string[]): Promise<string>
  read(path: string): Promise<string>
  write(path: string, text: string | Uint8Array): Promise<void>
  remove(path: string): Promise<void>
  /** Commits everything that changed and gives the commit's id. */
  commit(message: string): Promise<string>
  push(...options: string[]): Promise<void>
  /** Takes over what is new on the remote, dropping nothing of one's own. */
  pull(): Promise<void>
  /** Subjects of the branch's commits, the newest first, or another `--format`. */
  log(format?: string): Promise<readonly string[]>
}

export async function clonePerson(options: PersonOptions): Promise<GitPerson> {
  const { url, dir, name = 'Pat Person', email = 'pat@example.com', branch = 'main' } = options
  const env = {
    ...options.env,
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  }
  const git = (...args: string[]): Promise<string> => plainGit(dir, args, env)
  await mkdir(dirname(dir), { recursive: true })
  await plainGit('/', ['clone', '--quiet', url, dir], env)
  const known = await git('branch', '--remotes', '--list', `origin/${branch}`)
  await git('checkout', '--quiet', '-B', branch, ...(known === '' ? [] : [`origin/${branch}`]))
  return {
    dir,
    git,
    read: (path) => readFile(join(dir, path), 'utf8'),
    write: async (path, text) => {
      await mkdir(dirname(join(dir, path)), { recursive: true })
      await writeFile(join(dir, path), text)
    },
    remove: (path) => rm(join(dir, path), { recursive: true }),
    commit: async (message) => {
      await git('add', '--all')
      await git('commit', '--quiet', '--message', message)
      return git('rev-parse', 'HEAD')
    },
    push: async (...args) => {
      await git('push', '--quiet', ...args, 'origin', `HEAD:refs/heads/${branch}`)
    },
    pull: async () => {
      await git('pull', '--quiet', '--no-rebase', '--no-edit', 'origin', branch)
    },
    log: async (format = '%s') => {
      const lines = await git('log', `--format=${format}`)
      return lines === '' ? [] : lines.split('\n')
    },
  }
}

/** The environment with which git reaches an https remote by a token and a private authority. */
export function tokenAccess(token: string, caFile: string | null, username = 'pat'): Record<string, string> {
  const basic = Buffer.from(`${username}:${token}`).toString('base64')
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
    ...(caFile === null ? {} : { GIT_SSL_CAINFO: caFile }),
  }
}
