import type { HostRight } from '../host.ts'
import type { RightName } from '../rest.ts'

const TOKEN = 'Repository settings → Access tokens, as permissions of a new token'

type Need = RightName & { readonly scopes: readonly string[] }

const WRITES = ['repository:write', 'repository:admin']
const NEEDS: Record<HostRight['right'], Need> = {
  'read-files': {
    doing: 'read the repository',
    name: 'Repositories: Read',
    where: TOKEN,
    scopes: ['repository', ...WRITES],
  },
  'write-files': {
    doing: 'write to the repository',
    name: 'Repositories: Write',
    where: TOKEN,
    scopes: WRITES,
  },
  'pull-requests': {
    doing: 'open, change or comment on pull requests',
    name: 'Pull requests: Write',
    where: TOKEN,
    scopes: ['pullrequest:write'],
  },
  checks: {
    doing: 'report a build status',
    name: 'Repositories: Write',
    where: TOKEN,
    scopes: WRITES,
  },
  webhooks: {
    doing: 'register the webhook',
    name: 'Webhooks: Read and write',
    where: TOKEN,
    scopes: ['webhook'],
  },
}

/** Bitbucket shows the restrictions of branches to nobody else. */
export const RESTRICTIONS: RightName = {
  doing: 'read the restrictions of branches',
  name: 'Repositories: Admin',
  where: TOKEN,
}

export function rightName(right: HostRight['right']): RightName {
  return NEEDS[right]
}

/** By the scopes that Bitbucket names with an answer; null: it named none. */
export function tokenRights(scopes: readonly string[] | null): HostRight[] {
  return Object.entries(NEEDS).map(([right, need]) => ({
    right: right as HostRight['right'], // the keys of a record over them
    granted: scopes === null ? null : need.scopes.some((scope) => scopes.includes(scope)),
    name: need.name,
  }))
}
