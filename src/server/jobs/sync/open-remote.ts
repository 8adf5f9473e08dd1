import { join } from 'node:path'
import type { Remote } from '../../../git/remote.ts'
import { openRepository, type Repository } from '../../../git/repository.ts'
import { type Connection, credentialsOf } from '../../../store/connections.ts'
import { gitCredentials } from '../../hosts/git-credentials.ts'
import type { JobContext } from '../context.ts'

const swept = new Set<string>()

/** The remote with its secrets, and the cache of this connection. */
export async function openRemote(
  context: JobContext,
  connection: Connection,
): Promise<{ remote: Remote; repository: Repository }> {
  const stored = await credentialsOf(context.db, context.secretKey, connection.id)
  const credentials = await gitCredentials(connection, stored, context.gitPolicy)
  const { url, branch } = connection
  const remote: Remote = { url, branch, credentials, policy: context.gitPolicy }
  const dir = join(context.gitCacheDir, `${connection.id}.git`)
  const repository = await openRepository(dir, context.gitPolicy.limits, { isSwept: swept.has(dir) })
  swept.add(dir)
  return { remote, repository }
}
