import type { HostRight } from '../host.ts'
import type { RightName } from '../rest.ts'

/** How one is signed in: the names of the rights, and where they are given, depend on it. */
export type SignedInAs = 'app' | 'token'

const WHERE: Record<SignedInAs, string> = {
  app: 'Settings → Developer settings → GitHub Apps → the App → Permissions & events; the owner of the repository then accepts it under Settings → Installed GitHub Apps',
  token:
    'Settings → Developer settings → Personal access tokens → the token → Repository permissions; a classic token needs the scope repo',
}

const NAMES: Record<
  HostRight['right'],
  { readonly doing: string; readonly app: string; readonly token: string }
> = {
  'read-files': {
    doing: 'read the repository',
    app: 'Contents: Read and write',
    token: 'Contents: Read and write',
  },
  'write-files': {
    doing: 'write to the repository',
    app: 'Contents: Read and write',
    token: 'Contents: Read and write',
  },
  'pull-requests': {
    doing: 'open, change or comment on pull requests',
    app: 'Pull requests: Read and write',
    token: 'Pull requests: Read and write',
  },
  checks: {
    doing: 'report a check',
    app: 'Checks: Read and write',
    token: 'Commit statuses: Read and write',
  },
  webhooks: {
    doing: 'register the webhook',
    app: 'Webhooks: Read and write',
    token: 'Webhooks: Read and write',
  },
}

export function rightName(right: HostRight['right'], as: SignedInAs): RightName {
  const { doing, [as]: name } = NAMES[right]
  return { doing, name, where: WHERE[as] }
}

type Permissions = Readonly<Record<string, string | undefined>>

/** An App knows its rights exactly. */
export function appRights(permissions: Permissions): HostRight[] {
  const writes = (name: string): boolean => permissions[name] === 'write' || permissions[name] === 'admin'
  return list('app', {
    'read-files': writes('contents') || permissions.contents === 'read',
    'write-files': writes('contents'),
    'pull-requests': writes('pull_requests'),
    checks: writes('checks'),
    webhooks: writes('repository_hooks'),
  })
}

/**
 * A classic token says its scopes; of a fine-grained one only what the person behind it may do is known, which
 * is an upper bound.
 */
export function tokenRights(
  scopes: readonly string[] | null,
  person: { readonly admin: boolean; readonly push: boolean },
): HostRight[] {
  const may = (isAllowed: boolean, ...names: string[]): boolean | null => {
    if (!isAllowed) return false
    return scopes === null ? null : names.some((name) => scopes.includes(name))
  }
  return list('token', {
    'read-files': true,
    'write-files': may(person.push, 'repo', 'public_repo'),
    'pull-requests': may(person.push, 'repo', 'public_repo'),
    checks: may(person.push, 'repo', 'repo:status'),
    webhooks: may(person.admin, 'repo', 'admin:repo_hook', 'write:repo_hook'),
  })
}

function list(as: SignedInAs, granted: Record<HostRight['right'], boolean | null>): HostRight[] {
  const rights = Object.keys(NAMES) as HostRight['right'][] // the keys of a record over them
  return rights.map((right) => ({ right, granted: granted[right], name: rightName(right, as).name }))
}
