import type { HostRight } from '../host.ts'
import type { RightName } from '../rest.ts'

const TOKEN =
  'the project’s Settings → Access tokens, as role and scopes of a new token; a personal token takes the role that its owner has under Manage → Members'

/** Roles as GitLab numbers them. */
const DEVELOPER = 30
const MAINTAINER = 40

type Need = RightName & { readonly scopes: readonly string[]; readonly role: number }

const NEEDS: Record<HostRight['right'], Need> = {
  'read-files': {
    doing: 'read the project',
    name: 'api',
    where: TOKEN,
    scopes: ['api', 'read_api'],
    role: 0,
  },
  'write-files': {
    doing: 'write to the repository',
    name: 'write_repository, with the role Developer',
    where: TOKEN,
    scopes: ['api', 'write_repository'],
    role: DEVELOPER,
  },
  'pull-requests': {
    doing: 'open, change or comment on merge requests',
    name: 'api, with the role Developer',
    where: TOKEN,
    scopes: ['api'],
    role: DEVELOPER,
  },
  checks: {
    doing: 'report a commit status',
    name: 'api, with the role Developer',
    where: TOKEN,
    scopes: ['api'],
    role: DEVELOPER,
  },
  webhooks: {
    doing: 'register the webhook',
    name: 'api, with the role Maintainer',
    where: TOKEN,
    scopes: ['api'],
    role: MAINTAINER,
  },
}

export function rightName(right: HostRight['right']): RightName {
  return NEEDS[right]
}

/**
 * What the token may do: its scopes, within its role. Null: not told, of the scopes by old servers and of the role
 * where it comes from a group above or from a share.
 */
export function tokenRights(scopes: readonly string[] | null, role: number | null): HostRight[] {
  return Object.entries(NEEDS).map(([right, need]) => ({
    right: right as HostRight['right'], // the keys of a record over them
    granted: both(
      scopes === null ? null : need.scopes.some((scope) => scopes.includes(scope)),
      need.role === 0 ? true : role === null ? null : role >= need.role,
    ),
    name: need.name,
  }))
}

function both(scope: boolean | null, role: boolean | null): boolean | null {
  if (scope === false || role === false) return false
  return scope === null || role === null ? null : true
}
