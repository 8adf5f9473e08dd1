import { parseRemoteUrl } from '../parse-remote-url.ts'
import type { GitPolicy } from '../policy.ts'
import type { HostType } from './host.ts'

/** Services that are known by their name; any other has to be told. */
const KNOWN: ReadonlyMap<string, HostType> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['bitbucket.org', 'bitbucket'],
  ['dev.azure.com', 'azure-devops'],
  ['codeberg.org', 'gitea'],
  ['gitea.com', 'gitea'],
])

const TYPES: readonly HostType[] = ['github', 'gitlab', 'gitea', 'bitbucket', 'azure-devops']

/** Under the address of the service itself; github.com has one of its own. */
const API_PATHS: Record<Exclude<HostType, 'bitbucket'>, string> = {
  'azure-devops': '',
  github: '/api/v3',
  gitlab: '/api/v4',
  gitea: '/api/v1',
}

export type HostPlace = { readonly type: HostType; readonly apiUrl: string; readonly repository: string }

/** What a connection says of its host; null: by the name of the server. */
export type HostSetting = { readonly type: string; readonly apiUrl?: string | undefined } | null

/** Where the repository's service has its API. Null: it has none that we speak, or is not reached by the web. */
export function findHost(url: string, setting: HostSetting, policy: GitPolicy): HostPlace | null {
  const { value: remote } = parseRemoteUrl(url, policy)
  if (remote === undefined || (remote.protocol !== 'https' && remote.protocol !== 'http')) return null
  const type = setting === null ? knownHost(url) : supported(setting.type)
  if (type === undefined) return null
  const parts = remote.path
    .replace(/\.git$/, '')
    .split('/')
    .filter((part) => part !== '')
  const { own, above } = split(type, parts, setting?.apiUrl)
  if (own.length < 2) return null
  const apiUrl = setting?.apiUrl ?? defaultApi(type, new URL(remote.argument).origin, above)
  if (apiUrl === null) return null
  return {
    type,
    apiUrl,
    repository: own.map(decoded).join('/'),
  }
}

type Split = { readonly own: readonly string[]; readonly above: readonly string[] }

/** The repository's own parts of the path, and the folder of its server that they lie below. */
function split(type: HostType, parts: readonly string[], apiUrl: string | undefined): Split {
  if (type === 'azure-devops') return azureSplit(parts)
  // GitLab has folders in folders.
  const own = type === 'gitlab' ? belowApi(parts, apiUrl) : parts.slice(-2)
  return { own, above: parts.slice(0, parts.length - own.length) }
}

/** `<organization>/<project>/_git/<repository>`; the project is left out where the repository has its name. */
function azureSplit(parts: readonly string[]): Split {
  const at = parts.indexOf('_git')
  const repository = parts[at + 1]
  if (at < 1 || repository === undefined) return { own: [], above: [] }
  const [last = ''] = parts.slice(at - 1, at)
  return at === 1
    ? { own: [repository, repository], above: [last] }
    : { own: [last, repository], above: parts.slice(0, at - 1) }
}

/** A GitLab that itself lies below a folder is known by the address of its API alone. */
function belowApi(parts: readonly string[], apiUrl: string | undefined): readonly string[] {
  const folder = (URL.parse(apiUrl ?? '')?.pathname ?? '').replace(/\/api\/v4\/*$/, '')
  const above = folder.split('/').filter((part) => part !== '')
  return above.every((part, i) => part === parts[i]) ? parts.slice(above.length) : parts
}

/** The service behind an address, by the name of its server alone. */
export function knownHost(url: string): HostType | undefined {
  return KNOWN.get(URL.parse(url)?.hostname.toLowerCase() ?? '')
}

function supported(type: string): HostType | undefined {
  return TYPES.find((one) => one === type)
}

/** Null: the server is of one's own and its API another one, as that of Bitbucket Data Center. */
function defaultApi(type: HostType, origin: string, above: readonly string[]): string | null {
  if (origin === 'https://github.com') return 'https://api.github.com'
  if (type === 'bitbucket') return origin === 'https://bitbucket.org' ? 'https://api.bitbucket.org/2.0' : null
  return `${[origin, ...above].join('/')}${API_PATHS[type]}`
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
