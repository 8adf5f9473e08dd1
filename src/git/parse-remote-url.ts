import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { textProblem } from './hostile-text.ts'
import type { Parsed } from './parsed.ts'
import type { GitPolicy } from './policy.ts'
import {
  DEFAULT_PORTS,
  fileRemote,
  type Protocol,
  type RemoteUrl,
  sshRemote,
  webRemote,
} from './remote-url.ts'

const URL_BYTES = 2_000
const CREDENTIALS_HINT =
  'Leave user name and password out of the URL: the token belongs under credentials, where it is kept encrypted.'

// <scheme>://<rest>
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//
// <user>@<host>:<path>, or <host>:<path> when the host has a dot; a host in brackets is an IPv6 address
const SCP_LIKE = /^(?:([^@/:]+)@|(?=[^/:]*\.))(\[[0-9A-Fa-f:.]+\]|[^@/:[\]]+):(?!\/\/)(.+)$/
const SSH_AUTHORITY = /^(?:([^@/]+)@)?(\[[0-9A-Fa-f:.]+\]|[^@/:[\]]+)(?::(\d{1,5}))?$/
const SSH_USER = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/
const HOST = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?\.?$/

/** Z2: the URL is parsed and built anew; what git gets is never what was typed. */
export function parseRemoteUrl(text: string, policy: GitPolicy): Parsed<RemoteUrl> {
  const typed = text.trim()
  if (typed === '') return { problem: 'The URL is empty: enter the address of a Git repository.' }
  const unfit = textProblem(typed, URL_BYTES)
  if (unfit !== null) return { problem: `The URL ${unfit}.` }
  if (typed.startsWith('-'))
    return { problem: 'The URL begins with "-": enter an address such as https://host/team/repository.git.' }
  if (/\s/.test(typed)) return { problem: 'The URL holds a space: write it as %20.' }
  if (/(^|[/\\:]|%2f|%5c)(\.|%2e){2}($|[/\\]|%2f|%5c)/i.test(typed))
    return { problem: 'The URL holds "..": write the path in full.' }
  const scheme = SCHEME.exec(typed)?.[1]?.toLowerCase()
  if (scheme === 'https' || scheme === 'http') return allowed(scheme, policy) ?? parseWeb(scheme, typed)
  if (scheme === 'ssh') return allowed('ssh', policy) ?? parseSsh(typed)
  if (scheme === 'file') return parseFile(typed.slice('file://'.length), policy, true)
  if (scheme !== undefined || /^[A-Za-z0-9+.-]+::/.test(typed))
    return { problem: unknownProtocol(typed, policy) }
  if (typed.startsWith('/')) return parseFile(typed, policy, false)
  const scp = SCP_LIKE.exec(typed)
  if (scp !== null) return allowed('ssh', policy) ?? parseScpLike(scp)
  return {
    problem:
      'The URL names no protocol: enter an address such as https://host/team/repository.git or git@host:team/repository.git.',
  }
}

function allowed(protocol: Protocol, policy: GitPolicy): { problem: string } | null {
  if (policy.protocols.includes(protocol)) return null
  return { problem: `The protocol ${protocol} is not allowed here. ${allowedProtocols(policy)}` }
}

function unknownProtocol(typed: string, policy: GitPolicy): string {
  const name = typed.slice(0, typed.indexOf(':')).slice(0, 30)
  return `The protocol ${name} is not supported. ${allowedProtocols(policy)}`
}

function allowedProtocols(policy: GitPolicy): string {
  return `Allowed are ${policy.protocols.join(', ')}; the administrator sets them (TANDEM_GIT_PROTOCOLS).`
}

function parseWeb(protocol: 'https' | 'http', typed: string): Parsed<RemoteUrl> {
  if (!URL.canParse(typed))
    return { problem: 'The URL cannot be read: enter an address such as https://host/team/repository.git.' }
  const url = new URL(typed)
  if (url.username !== '' || url.password !== '')
    return { problem: `The URL holds credentials. ${CREDENTIALS_HINT}` }
  if (url.search !== '' || url.hash !== '')
    return { problem: 'The URL holds "?" or "#": enter the address of the repository alone.' }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const path = url.pathname.replace(/\/+$/, '')
  const bad = hostProblem(host) ?? repositoryProblem(path)
  if (bad !== null) return { problem: bad }
  const port = url.port === '' ? DEFAULT_PORTS[protocol] : Number(url.port)
  return { value: webRemote(protocol, host, port, path) }
}

function parseSsh(typed: string): Parsed<RemoteUrl> {
  const rest = typed.slice('ssh://'.length)
  const slash = rest.indexOf('/')
  const authority = SSH_AUTHORITY.exec(slash < 0 ? rest : rest.slice(0, slash))
  if (authority === null)
    return { problem: 'The URL cannot be read: enter an address such as ssh://git@host/team/repository.git.' }
  const [, user = 'git', host = '', port = '22'] = authority
  if (user.includes(':')) return { problem: `The URL holds a password. ${CREDENTIALS_HINT}` }
  return buildSsh(user, host, Number(port), slash < 0 ? '' : rest.slice(slash))
}

function parseScpLike(match: RegExpExecArray): Parsed<RemoteUrl> {
  const [, user = 'git', host = '', path = ''] = match
  return buildSsh(user, host, DEFAULT_PORTS.ssh, path)
}

function buildSsh(user: string, typedHost: string, port: number, typedPath: string): Parsed<RemoteUrl> {
  const bare = typedHost.replace(/^\[|\]$/g, '')
  const host = isIP(bare) ? bare : domainToASCII(bare)
  const path = typedPath.replace(/\/+$/, '')
  if (!SSH_USER.test(user))
    return { problem: 'The user name in the URL may hold letters, digits, ".", "_" and "-" only.' }
  if (port < 1 || port > 65_535)
    return { problem: `The port ${port} does not exist: ports go from 1 to 65535.` }
  if (path.startsWith('-') || path.startsWith('/-'))
    return { problem: 'The path in the URL begins with "-".' }
  if (path.includes('\\')) return { problem: 'The path in the URL holds a backslash: write "/".' }
  const bad = hostProblem(host) ?? repositoryProblem(path)
  return bad === null ? { value: sshRemote(user, host, port, path) } : { problem: bad }
}

function parseFile(rest: string, policy: GitPolicy, encoded: boolean): Parsed<RemoteUrl> {
  const typed = encoded ? decode(rest.replace(/^localhost(?=\/)/, '')) : rest
  if (typed === null) return { problem: 'The URL holds a "%" that is no valid encoding.' }
  if (!typed.startsWith('/'))
    return { problem: 'A file URL names a folder on this server: file:///path/to/repository.git.' }
  const unfit = textProblem(typed, URL_BYTES)
  if (unfit !== null) return { problem: `The path in the URL ${unfit}.` }
  const path = `/${typed
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}`
  if (path.split('/').includes('..')) return { problem: 'The URL holds "..": write the path in full.' }
  if (path === '/') return { problem: 'The URL names no repository.' }
  const inRoot = policy.fileRoots.some((root) => path.startsWith(`${root.replace(/\/+$/, '')}/`))
  return inRoot ? { value: fileRemote(path) } : (allowed('file', policy) ?? { value: fileRemote(path) })
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function hostProblem(host: string): string | null {
  if (isIP(host) !== 0) return null
  if (!HOST.test(host) || host.includes('..') || host.length > 253)
    return 'The host name in the URL is not one that can exist.'
  return null
}

function repositoryProblem(path: string): string | null {
  return path === '' ? 'The URL names a host but no repository: add its path.' : null
}
