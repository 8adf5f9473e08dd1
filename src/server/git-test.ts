import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { GitTest, HostRights } from '../core/wire/git.ts'
import { GitError } from '../git/git-error.ts'
import { HostError } from '../git/hosts/host-error.ts'
import type { GitPolicy } from '../git/policy.ts'
import { openRepository } from '../git/repository.ts'
import type { ConnectionSettings, Credentials } from '../store/connections.ts'
import type { Context } from './context.ts'
import { gitCredentials } from './hosts/git-credentials.ts'
import { hostOf } from './hosts/open-host.ts'

/** Can this be read, and written? Reaches the remote; writes nothing, there or here. */
export async function testRemote(
  { gitPolicy, gitCacheDir }: Context,
  settings: ConnectionSettings,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<GitTest> {
  const dir = join(gitCacheDir, `test-${randomBytes(6).toString('hex')}`)
  try {
    const forGit = await gitCredentials(settings, credentials, gitPolicy)
    const remote = { url: settings.url, branch: settings.branch, credentials: forGit, policy: gitPolicy }
    const repository = await openRepository(dir, gitPolicy.limits)
    const { branches, defaultBranch } = await repository.lsRemote(remote, signal)
    const { startFrom } = settings
    if (startFrom !== null && !branches.has(settings.branch) && !branches.has(startFrom)) {
      const message = `There is no branch ${startFrom} to start from. Name one that is there, or leave it empty to start from the default branch.`
      return { state: 'failed', code: 'no-start', message }
    }
    await repository.tryPush(remote, signal)
    const host = await askHost(settings, credentials, gitPolicy)
    const head = branches.get(settings.branch) ?? null
    const words =
      head === null ? `The branch ${settings.branch} is made by the first sync` : 'The branch is there'
    return {
      state: 'ok',
      head,
      branches: [...branches.keys()],
      defaultBranch,
      canWrite: true,
      host,
      message: [`The repository can be read and written. ${words}.`, ...missingRights(host)].join(' '),
    }
  } catch (error) {
    if (error instanceof GitError || error instanceof HostError)
      return { state: 'failed', code: error.code, message: error.message }
    throw error
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Git can do without the host's API: what is missing there is told and fails nothing. */
async function askHost(
  settings: ConnectionSettings,
  credentials: Credentials,
  policy: GitPolicy,
): Promise<HostRights | null> {
  const host = hostOf(settings, credentials, policy)
  if (host === null) return null
  try {
    return { type: host.type, rights: [...(await host.rights())], problem: null }
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return { type: host.type, rights: [], problem: error.message }
  }
}

const FOR = {
  'read-files': 'to read files',
  'write-files': 'to write files',
  'pull-requests': 'for pull requests and comments',
  checks: 'to report checks',
  webhooks: 'to register the webhook',
} as const

function missingRights(host: HostRights | null): string[] {
  if (host === null) return []
  if (host.problem !== null) return [`The host's API did not answer as it should: ${host.problem}`]
  return host.rights
    .filter(({ granted }) => granted === false)
    .map(({ right, name }) => `Missing ${FOR[right]}: “${name}”.`)
}
