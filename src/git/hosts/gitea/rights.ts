import type { HostRight } from '../host.ts'
import type { RightName } from '../rest.ts'

const TOKEN = 'Settings → Applications → Access tokens, as scopes of a new token'
const REPOSITORY = 'the repository’s Settings → Collaborators'

const NAMES: Record<HostRight['right'], RightName> = {
  'read-files': { doing: 'read the repository', name: 'read:repository', where: TOKEN },
  'write-files': {
    doing: 'write to the repository',
    name: 'write:repository',
    where: `${TOKEN}; its owner needs Write access in ${REPOSITORY}`,
  },
  'pull-requests': {
    doing: 'open, change or comment on pull requests',
    name: 'write:repository and write:issue',
    where: `${TOKEN}; its owner needs Write access in ${REPOSITORY}`,
  },
  checks: {
    doing: 'report a commit status',
    name: 'write:repository',
    where: `${TOKEN}; its owner needs Write access in ${REPOSITORY}`,
  },
  webhooks: {
    doing: 'register the webhook',
    name: 'write:repository',
    where: `${TOKEN}; its owner needs Administrator access in ${REPOSITORY}`,
  },
}

export function rightName(right: HostRight['right']): RightName {
  return NAMES[right]
}

/** What the owner of the token may do; the scopes of the token show only when they are used. */
export function ownerRights({
  push,
  admin,
}: {
  readonly push: boolean
  readonly admin: boolean
}): HostRight[] {
  const granted: Record<HostRight['right'], boolean | null> = {
    'read-files': true,
    'write-files': push ? null : false,
    'pull-requests': push ? null : false,
    checks: push ? null : false,
    webhooks: admin ? null : false,
  }
  const rights = Object.keys(NAMES) as HostRight['right'][] // the keys of a record over them
  return rights.map((right) => ({ right, granted: granted[right], name: NAMES[right].name }))
}
