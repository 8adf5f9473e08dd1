import { rmSync, writeFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import { join } from 'node:path'
import type { ConfigEntry } from './environment.ts'
import { GitError } from './git-error.ts'
import { operationFolder } from './process-folder.ts'
import type { RemoteUrl } from './remote-url.ts'
import { sshConfig } from './ssh-config.ts'

export type GitCredentials =
  | { readonly type: 'none' }
  | { readonly type: 'token'; readonly username?: string | undefined; readonly token: string }
  | { readonly type: 'ssh'; readonly privateKey: string; readonly knownHosts: string }

/** Credentials in the form that one run of git takes them in. `release` wipes what lies on disk for it. */
export type CredentialAccess = {
  readonly config: readonly ConfigEntry[]
  readonly env: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
  release(): void
}

const NOTHING: CredentialAccess = { config: [], env: {}, secrets: [], release: () => {} }

/** Hosts that look at the user name beside a token; the others take any. */
const TOKEN_USERS: ReadonlyMap<string, string> = new Map([['bitbucket.org', 'x-token-auth']])

/** Z4: a secret reaches git through its environment or a file of mode 0600, never an argument or a URL. */
export function grantCredentials(
  url: RemoteUrl,
  credentials: GitCredentials,
  addresses: readonly string[],
  stallMs: number,
): CredentialAccess {
  if (url.protocol === 'ssh') {
    if (credentials.type === 'ssh') return grantKey(url, credentials, addresses, stallMs)
    throw mismatch('An ssh URL needs an SSH key: enter one under credentials, or use the https URL.')
  }
  if (credentials.type === 'ssh') {
    throw mismatch(`An SSH key does not work with a ${url.protocol} URL: use the ssh URL, or enter a token.`)
  }
  if (credentials.type === 'none' || url.protocol === 'file') return NOTHING
  return grantToken(url, credentials)
}

function grantToken(
  url: Extract<RemoteUrl, { protocol: 'https' | 'http' }>,
  { username, token }: { readonly username?: string | undefined; readonly token: string },
): CredentialAccess {
  const user = username ?? TOKEN_USERS.get(url.host) ?? 'x-access-token'
  const clean = token.trim()
  // A line break would end the header and begin another one.
  if (/[\r\n\0]/.test(clean + user) || user.includes(':')) {
    throw mismatch('The token or its user name holds a character that cannot be sent: enter it again.')
  }
  const basic = Buffer.from(`${user}:${clean}`, 'utf8').toString('base64')
  const origin = new URL(url.argument).origin
  return {
    config: [[`http.${origin}/.extraHeader`, `Authorization: Basic ${basic}`]],
    env: {},
    secrets: [clean, encodeURIComponent(clean), basic],
    release: () => {},
  }
}

function grantKey(
  url: Extract<RemoteUrl, { protocol: 'ssh' }>,
  { privateKey, knownHosts }: { readonly privateKey: string; readonly knownHosts: string },
  addresses: readonly string[],
  stallMs: number,
): CredentialAccess {
  const folder = operationFolder()
  const write = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
    return path
  }
  const key = write('key', lines(privateKey))
  const hosts = write('known_hosts', lines(knownHosts))
  const config = write(
    'config',
    sshConfig({ url, key, knownHosts: hosts, address: sshAddress(addresses), stallMs }),
  )
  return {
    config: [],
    // Git hands this text to a shell. It holds nothing but a path that this process made itself.
    env: { GIT_SSH_COMMAND: `ssh -F '${config.replaceAll("'", String.raw`'\''`)}'`, GIT_SSH_VARIANT: 'ssh' },
    secrets: [
      ...privateKey
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.length >= 16),
      folder,
    ],
    release: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** ssh is pinned to one address: the fourth version first, which a half-configured network still reaches. */
function sshAddress(addresses: readonly string[]): string | undefined {
  return addresses.find((address) => isIPv4(address)) ?? addresses[0]
}

/** OpenSSH refuses a key without a last line end or with those of Windows; both come from copying and pasting. */
function lines(text: string): string {
  return `${text.replaceAll('\r\n', '\n').trim()}\n`
}

function mismatch(message: string): GitError {
  return new GitError('invalid', message)
}
