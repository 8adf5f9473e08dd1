import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { getCACertificates } from 'node:tls'
import { resolveAddresses } from '../address.ts'
import { readCaFile } from '../ca-bundle.ts'
import { GitError } from '../git-error.ts'
import type { GitPolicy } from '../policy.ts'
import { DEFAULT_PORTS, webRemote } from '../remote-url.ts'
import { HostError } from './host-error.ts'

const TIMEOUT_MS = 30_000
const ANSWER_BYTES = 32 * 1024 ** 2
const REDIRECTS_MAX = 3

export type PinnedFetch = (url: string, init?: PinnedInit) => Promise<Response>
type PinnedInit = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

/**
 * `fetch` for one service, under the policy for Git (Z3): the name is resolved and checked at every request and
 * the connection goes to an address that passed; a redirect is followed to the same origin only.
 */
export function pinnedFetch(apiUrl: string, policy: GitPolicy, timeoutMs = TIMEOUT_MS): PinnedFetch {
  const { origin } = new URL(apiUrl)
  return async (url, init = {}) => {
    let next = new URL(url)
    for (let i = 0; i <= REDIRECTS_MAX; i++) {
      if (next.origin !== origin) throw elsewhere(next)
      const response = await once(next, init, policy, timeoutMs)
      const location = response.headers.get('location')
      if (location === null || !isFollowed(init.method ?? 'GET', response.status)) return response
      next = new URL(location, next)
    }
    throw new HostError(
      'unexpected-answer',
      `${next.hostname} sends from one address to the next without end.`,
    )
  }
}

/** What changes something is sent again only where the service says that it is to be sent as it was. */
function isFollowed(method: string, status: number): boolean {
  return status === 307 || status === 308 || (method === 'GET' && status >= 301 && status <= 303)
}

function elsewhere({ hostname }: URL): HostError {
  return new HostError(
    'refused-by-policy',
    `The answer sends to another server, ${hostname}, which is not followed. Enter the present address of the repository.`,
  )
}

async function once(url: URL, init: PinnedInit, policy: GitPolicy, timeoutMs: number): Promise<Response> {
  const addresses = await allowedAddresses(url, policy)
  const isSecure = url.protocol === 'https:'
  const { method = 'GET', headers = {}, body } = init
  const stop = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(init.signal ? [init.signal] : [])])
  const options = {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    },
    lookup: pinnedTo(addresses),
    signal: stop,
    agent: false as const,
  }
  const ca = policy.caFile === null ? undefined : trusted(policy.caFile)
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(unreachable(url, error, init.signal))
    const request = isSecure ? httpsRequest(url, { ...options, ca }) : httpRequest(url, options)
    request.on('error', fail)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('error', fail)
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > ANSWER_BYTES) request.destroy(new Error('the answer is too large'))
        else chunks.push(chunk)
      })
      response.on('end', () => {
        const { statusCode: status = 500 } = response
        const hasBody = status !== 204 && status !== 205 && status !== 304
        const answer = new Response(hasBody ? Buffer.concat(chunks) : null, { status })
        for (const [name, value] of Object.entries(response.headers)) {
          if (value !== undefined) answer.headers.set(name, String(value))
        }
        resolve(answer)
      })
    })
    request.end(body)
  })
}

async function allowedAddresses(url: URL, policy: GitPolicy): Promise<readonly string[]> {
  const protocol = url.protocol === 'https:' ? 'https' : 'http'
  if (!policy.protocols.includes(protocol)) {
    throw new HostError(
      'refused-by-policy',
      `The protocol ${protocol} is not allowed here: enter an API address that begins with https, or ask the administrator (TANDEM_GIT_PROTOCOLS).`,
    )
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port === '' ? DEFAULT_PORTS[protocol] : Number(url.port)
  try {
    return await resolveAddresses(webRemote(protocol, host, port, '/'), policy)
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new HostError(
      error.code === 'refused-by-policy' ? 'refused-by-policy' : 'unreachable',
      error.message,
    )
  }
}

/** Whatever the name means by now: the addresses that were checked are the only ones. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_name, { all }, callback) => {
    const [first] = found
    if (all || first === undefined) callback(null, found)
    else callback(null, first.address, first.family)
  }
}

function trusted(caFile: string): string[] {
  return [...getCACertificates('default'), readCaFile(caFile)]
}

function unreachable(url: URL, error: unknown, signal: AbortSignal | undefined): HostError {
  const { name = '', message = '', code = '' } = error as { name?: string; message?: string; code?: string } // any thrown value
  if (signal?.aborted) return new HostError('unreachable', `The request to ${url.hostname} was cancelled.`)
  const reason =
    name === 'AbortError' || name === 'TimeoutError'
      ? 'it did not answer in time'
      : /CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(code)
        ? 'its certificate is not trusted; name the authority in TANDEM_GIT_CA_FILE'
        : code === 'ECONNREFUSED'
          ? 'it takes no connections there'
          : message || 'the connection broke'
  return new HostError('unreachable', `The server ${url.hostname} cannot be asked: ${reason}.`)
}
