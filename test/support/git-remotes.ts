import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GitCredentials } from '../../src/git/credentials.ts'
import { DEFAULT_GIT_POLICY, type GitPolicy } from '../../src/git/policy.ts'
import type { Remote } from '../../src/git/remote.ts'
import { createBare } from './git-bare.ts'
import { startGitHttpServer } from './git-http-server.ts'
import { startGitSshServer } from './git-ssh-server.ts'

export const REMOTE_KINDS = ['file', 'https', 'ssh'] as const
export type RemoteKind = (typeof REMOTE_KINDS)[number]

export type TestRemote = Remote & {
  /** The bare repository itself: what the server serves, for a look behind the curtain. */
  readonly dir: string
}

/** Repositories to connect to, all of one protocol, on a real server. */
export type GitRemotes = {
  readonly kind: RemoteKind
  create(name: string): Promise<TestRemote>
  stop(): Promise<void>
}

export async function startGitRemotes(kind: RemoteKind): Promise<GitRemotes> {
  if (kind === 'https') {
    const server = await startGitHttpServer()
    const credentials: GitCredentials = { type: 'token', token: server.token ?? '' }
    const policy: GitPolicy = { ...DEFAULT_GIT_POLICY, caFile: server.caFile }
    return {
      kind,
      create: async (name) => ({
        ...(await server.createRepository(name)),
        branch: 'main',
        credentials,
        policy,
      }),
      stop: server.stop,
    }
  }
  if (kind === 'ssh') {
    const server = await startGitSshServer()
    const { privateKey, knownHosts } = server
    const credentials: GitCredentials = { type: 'ssh', privateKey, knownHosts }
    return {
      kind,
      create: async (name) => ({
        ...(await server.createRepository(name)),
        branch: 'main',
        credentials,
        policy: DEFAULT_GIT_POLICY,
      }),
      stop: server.stop,
    }
  }
  const root = await mkdtemp(join(tmpdir(), 'tandem-git-file-'))
  return {
    kind,
    create: async (name) => {
      const dir = join(root, `${name}.git`)
      await createBare(dir)
      return {
        url: `file://${dir}`,
        dir,
        branch: 'main',
        credentials: { type: 'none' },
        policy: { ...DEFAULT_GIT_POLICY, fileRoots: [root] },
      }
    },
    stop: () => rm(root, { recursive: true, force: true }),
  }
}
