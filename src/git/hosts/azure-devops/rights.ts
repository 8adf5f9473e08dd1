import type { HostRight } from '../host.ts'
import type { RightName } from '../rest.ts'

const TOKEN = 'User settings → Personal access tokens, as scopes of the token (Show all scopes)'

const NAMES: Record<HostRight['right'], RightName> = {
  'read-files': { doing: 'read the repository', name: 'Code: Read & write', where: TOKEN },
  'write-files': {
    doing: 'write to the repository',
    name: 'Code: Read & write',
    where: `${TOKEN}; its owner needs Contribute in the repository’s Security`,
  },
  'pull-requests': {
    doing: 'open, change or comment on pull requests',
    name: 'Code: Read & write',
    where: `${TOKEN}; its owner needs Contribute to pull requests in the repository’s Security`,
  },
  checks: {
    doing: 'report the status of a pull request',
    name: 'Code (status): Read & write',
    where: TOKEN,
  },
  webhooks: {
    doing: 'register the webhook',
    name: 'Service Hooks: Read & write',
    where: `${TOKEN}; its owner is an administrator of the project`,
  },
}

export function rightName(right: HostRight['right']): RightName {
  return NAMES[right]
}

/** Azure DevOps tells neither scopes nor permissions before they are used. */
export function untoldRights(): HostRight[] {
  return Object.entries(NAMES).map(([right, { name }]) => ({
    right: right as HostRight['right'], // the keys of a record over them
    granted: right === 'read-files' ? true : null,
    name,
  }))
}
