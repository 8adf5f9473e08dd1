import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { GitError } from './git-error.ts'
import type { GitPolicy } from './policy.ts'
import type { RemoteUrl } from './remote-url.ts'

/** Never the address of a Git host: link-local, the clouds' metadata services, and what is no single host. */
const DENIED = [
  '0.0.0.0/8',
  '169.254.0.0/16',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  '224.0.0.0/4',
  '255.255.255.255',
  '::',
  'fe80::/10',
  'fd00:ec2::254',
  'ff00::/8',
  // The same through a NAT64 gateway, a 6to4 relay, and as an IPv6 address that only carries an IPv4 one.
  '64:ff9b::a9fe:0/112',
  '64:ff9b:1::/48',
  '2002:a9fe::/32',
  '::a9fe:0/112',
]

/** What DNS says of a name. */
type Ask = (host: string) => Promise<readonly { readonly address: string }[]>

/**
 * Z3: the addresses that this operation may connect to, resolved now and checked. Git is pinned to them, so
 * that a name cannot point elsewhere by the time git looks it up. Empty for a `file` remote.
 */
export async function resolveAddresses(
  url: RemoteUrl,
  policy: GitPolicy,
  signal?: AbortSignal,
  ask: Ask = (host) => lookup(host, { all: true, order: 'verbatim' }),
): Promise<readonly string[]> {
  if (url.protocol === 'file') return []
  checkHost(url.host, policy)
  const addresses = isIP(url.host) === 0 ? await resolve(url.host, policy, ask, signal) : [url.host]
  const allowed = addressFilter(policy)
  const usable = addresses.filter(allowed)
  if (usable.length > 0) return usable
  throw new GitError(
    'refused-by-policy',
    `The server may not connect to ${url.host}: its address ${addresses.join(', ')} is in a denied range. Use another host, or ask the administrator to allow the address.`,
  )
}

function checkHost(host: string, policy: GitPolicy): void {
  const { allow, deny } = policy.hosts
  const matches = (pattern: string): boolean => matchesHost(host, pattern)
  if (!deny.some(matches) && (allow.length === 0 || allow.some(matches))) return
  throw new GitError(
    'refused-by-policy',
    `The server may not connect to ${host}: the administrator's list of hosts does not allow it.`,
  )
}

/** `example.com` is that name, `*.example.com` every name below it. */
function matchesHost(host: string, pattern: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  const wanted = pattern.toLowerCase()
  return wanted.startsWith('*.') ? name.endsWith(wanted.slice(1)) : name === wanted
}

async function resolve(
  host: string,
  policy: GitPolicy,
  ask: Ask,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const expired = AbortSignal.timeout(policy.limits.listMs)
  const stop = signal === undefined ? expired : AbortSignal.any([signal, expired])
  const stopped = Promise.withResolvers<never>()
  const abort = (): void => stopped.reject(stop.reason)
  stop.addEventListener('abort', abort, { once: true })
  try {
    const found = await Promise.race([ask(host), stopped.promise])
    return found.map(({ address }) => address)
  } catch (error) {
    if (signal?.aborted) throw new GitError('aborted', 'The Git operation was cancelled.')
    throw new GitError(
      'unreachable',
      `The host ${host} was not found: its name does not resolve to an address. Check the spelling of the URL and the server's DNS.`,
      '',
      { cause: error },
    )
  } finally {
    stop.removeEventListener('abort', abort)
  }
}

/** Ranges as `10.0.0.0/8`, `fd00::/8` or a single address. An IPv4 address in IPv6 clothes counts as itself. */
export function addressFilter(policy: GitPolicy): (address: string) => boolean {
  const allow = blockList(policy.addresses.allow)
  const deny = blockList([...DENIED, ...policy.addresses.deny])
  return (address) => {
    // A zone (`fe80::1%eth0`) says through which interface, not to where.
    const [bare = ''] = address.split('%')
    const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4'
    return allow.check(bare, family) || !deny.check(bare, family)
  }
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return list
}
