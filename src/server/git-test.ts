import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { GitTest } from '../core/wire/git.ts'
import { GitError } from '../git/git-error.ts'
import { openRepository } from '../git/repository.ts'
import type { ConnectionSettings, Credentials } from '../store/connections.ts'
import type { Context } from './context.ts'

/** Can this be read, and written? Reaches the remote; writes nothing, there or here. */
export async function testRemote(
  { gitPolicy, gitCacheDir }: Context,
  settings: ConnectionSettings,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<GitTest> {
  const dir = join(gitCacheDir, `test-${randomBytes(6).toString('hex')}`)
  const remote = { url: settings.url, branch: settings.branch, credentials, policy: gitPolicy }
  try {
    const repository = await openRepository(dir, gitPolicy.limits)
    const { branches, defaultBranch } = await repository.lsRemote(remote, signal)
    const { startFrom } = settings
    if (startFrom !== null && !branches.has(settings.branch) && !branches.has(startFrom)) {
      const message = `There is no branch ${startFrom} to start from. Name one that is there, or leave it empty to start from the default branch.`
      return { state: 'failed', code: 'no-start', message }
    }
    await repository.tryPush(remote, signal)
    const head = branches.get(settings.branch) ?? null
    const words =
      head === null ? `The branch ${settings.branch} is made by the first sync` : 'The branch is there'
    return {
      state: 'ok',
      head,
      branches: [...branches.keys()],
      defaultBranch,
      canWrite: true,
      message: `The repository can be read and written. ${words}.`,
    }
  } catch (error) {
    if (error instanceof GitError) return { state: 'failed', code: error.code, message: error.message }
    throw error
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
