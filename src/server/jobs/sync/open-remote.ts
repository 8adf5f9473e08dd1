import { join } from 'node:path'
import type { Host } from '../../../git/hosts/host.ts'
import type { Remote } from '../../../git/remote.ts'
import { openRepository, type Repository } from '../../../git/repository.ts'
import { type Connection, credentialsOf } from '../../../store/connections.ts'
import { gitCredentials } from '../../hosts/git-credentials.ts'
import { hostOf } from '../../hosts/open-host.ts'
import type { JobContext } from '../context.ts'

const swept = new Set<string>()

/** The remote with its secrets, the cache of this connection, and its host, signed in, where that has an API that we speak. */
export async function openRemote(
  context: JobContext,
  connection: Connection,
): Promise<{ remote: Remote; repository: Repository; host: Host | null }> {
  const stored = await credentialsOf(context.db, context.secretKey, connection.id)
  const credentials = await gitCredentials(connection, stored, context.gitPolicy)
  const { url, branch } = connection
  const remote: Remote = { url, branch, credentials, policy: context.gitPolicy }
  const dir = join(context.gitCacheDir, `${connection.id}.git`)
  const repository = await openRepository(dir, context.gitPolicy.limits, { isSwept: swept.has(dir) })
  swept.add(dir)
  return { remote, repository, host: hostOf(connection, stored, context.gitPolicy) }
}
