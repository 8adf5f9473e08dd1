import * as z from 'zod'
import { azureDevopsHost } from '../../git/hosts/azure-devops/azure-devops.ts'
import { bitbucketHost } from '../../git/hosts/bitbucket/bitbucket.ts'
import { findHost } from '../../git/hosts/find-host.ts'
import { giteaHost } from '../../git/hosts/gitea/gitea.ts'
import { githubHost } from '../../git/hosts/github/github.ts'
import { gitlabHost } from '../../git/hosts/gitlab/gitlab.ts'
import type { Host } from '../../git/hosts/host.ts'
import type { GitPolicy } from '../../git/policy.ts'
import {
  type Connection,
  type ConnectionSettings,
  type Credentials,
  credentialsOf,
} from '../../store/connections.ts'
import type { JobContext } from '../jobs/context.ts'

/** The service of a connection, signed in. Null: it has no API that we speak, or the credentials are not for one. */
export async function openHost(
  { db, secretKey, gitPolicy }: Pick<JobContext, 'db' | 'secretKey' | 'gitPolicy'>,
  connection: Connection,
): Promise<Host | null> {
  return hostOf(connection, await credentialsOf(db, secretKey, connection.id), gitPolicy)
}

/** The same of settings that are not stored. */
export function hostOf(
  settings: Pick<ConnectionSettings, 'url' | 'host'>,
  credentials: Credentials,
  policy: GitPolicy,
): Host | null {
  const place = findHost(settings.url, hostSetting(settings), policy)
  if (place === null || credentials.type === 'none' || credentials.type === 'ssh') return null
  if (credentials.type === 'github-app') {
    return place.type === 'github' ? githubHost({ ...place, policy, app: credentials }) : null
  }
  const options = { ...place, policy, token: credentials.token.trim() }
  switch (place.type) {
    case 'github':
      return githubHost(options)
    case 'gitea':
      return giteaHost(options)
    case 'azure-devops':
      return azureDevopsHost(options)
    case 'bitbucket':
      return bitbucketHost(options)
    case 'gitlab':
      return gitlabHost(options)
  }
}

const HostSettingSchema = z.object({ type: z.string(), apiUrl: z.string().optional() }).nullable().catch(null)

export function hostSetting({ host }: Pick<ConnectionSettings, 'host'>) {
  return HostSettingSchema.parse(host)
}
