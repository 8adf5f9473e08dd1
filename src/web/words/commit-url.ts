import type { Connection, HOST_TYPES } from '../../core/wire/git.ts'

type HostType = Exclude<(typeof HOST_TYPES)[number], 'none'>

/** Hosts whose pages are known by their name alone. */
const WELL_KNOWN: ReadonlyMap<string, HostType> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['codeberg.org', 'gitea'],
  ['bitbucket.org', 'bitbucket'],
  ['dev.azure.com', 'azure-devops'],
])

/** Where a commit lies below its repository's page, and how the path of that page is made. */
const PAGES: Readonly<Record<HostType, { readonly below: string; readonly path: RegExp }>> = {
  github: { below: '/commit/', path: /^\/[^/]+\/[^/]+$/ },
  // Groups lie in groups.
  gitlab: { below: '/-/commit/', path: /^(\/[^/]+){2,}$/ },
  gitea: { below: '/commit/', path: /^(\/[^/]+){2,}$/ },
  bitbucket: { below: '/commits/', path: /^\/[^/]+\/[^/]+$/ },
  'azure-devops': { below: '/commit/', path: /^(\/[^/]+)*\/_git\/[^/]+$/ },
}

export function wellKnownHost(url: string): HostType | undefined {
  return URL.canParse(url) ? WELL_KNOWN.get(new URL(url).hostname) : undefined
}

/**
 * The page of a commit at the repository's host, or null where none is known: the address must be https, and the
 * host one that everybody knows or one whose type the connection names.
 */
export function commitUrl({ url, host }: Pick<Connection, 'url' | 'host'>, oid: string): string | null {
  if (!/^https:\/\//i.test(url) || !URL.canParse(url)) return null
  const address = new URL(url)
  const type = host.type === 'none' ? wellKnownHost(url) : host.type
  if (type === undefined) return null
  const { below, path } = PAGES[type]
  const repository = address.pathname.replace(/\/+$/, '').replace(/\.git$/, '')
  return path.test(repository) ? `${address.origin}${repository}${below}${encodeURIComponent(oid)}` : null
}
