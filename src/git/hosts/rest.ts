import type * as z from 'zod'
import { oneLine } from '../hostile-text.ts'
import { scrub } from '../scrub.ts'
import { HostError } from './host-error.ts'
import type { PinnedFetch } from './pinned-fetch.ts'

/** A right at the service: what it is for, and what it is called where it is granted. */
export type RightName = { readonly doing: string; readonly name: string; readonly where: string }

export type RestService = {
  /** As people call it. */
  readonly name: string
  readonly apiUrl: string
  readonly fetch: PinnedFetch
  /** The headers that sign in; asked for at every request. */
  readonly signIn: () => Promise<Readonly<Record<string, string>>>
  /** What must never be shown (Z4); asked for when something is to be shown. */
  readonly secrets: () => readonly string[]
}

export type RestCall<T> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** Already encoded, from the API's root. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: object
  readonly answer: z.ZodType<T>
  /** What refusing means. */
  readonly right: RightName
  /** What a 404 means: services also say so to hide what the credentials may not see. */
  readonly absent: 'right' | 'thing'
  /** The thing, when `absent` is that: "pull request 12". */
  readonly thing?: string
}

export type Rest = {
  call<T>(call: RestCall<T>): Promise<T>
  /** The same with the headers, for what they say of the credentials. */
  callWithHeaders<T>(call: RestCall<T>): Promise<{ readonly value: T; readonly headers: Headers }>
  /** Every element of a list that comes in pages, as long as the service links to a next one. */
  all<T>(call: Omit<RestCall<readonly T[]>, 'method'>): Promise<T[]>
}

const PAGES_MAX = 100
const WORDS_MAX = 500

/** JSON over one service's API. Every fault is a `HostError` in words for whoever can mend it. */
export function restOf(service: RestService): Rest {
  const callWithHeaders: Rest['callWithHeaders'] = async (call) => {
    const { status, headers, body } = await ask(service, call)
    if (status >= 400 || (status >= 300 && status < 400)) throw refusal(service, call, status, headers, body)
    const parsed = call.answer.safeParse(body)
    if (parsed.success) return { value: parsed.data, headers }
    const [issue] = parsed.error.issues
    throw new HostError(
      'unexpected-answer',
      `${service.name} answered something else than its API promises (${issue?.path.join('.') ?? ''}). Check the API address: is it ${service.name}?`,
    )
  }
  const call: Rest['call'] = async (one) => (await callWithHeaders(one)).value
  return {
    callWithHeaders,
    call,
    all: async ({ query, ...rest }) => {
      const found = []
      for (let page = 1; page <= PAGES_MAX; page++) {
        const { value, headers } = await callWithHeaders({
          ...rest,
          method: 'GET',
          query: { ...query, page },
        })
        found.push(...value)
        if (!/rel="?next"?/.test(headers.get('link') ?? '')) break
      }
      return found
    },
  }
}

async function ask(service: RestService, { method, path, query = {}, body }: RestCall<unknown>) {
  const url = new URL(`${service.apiUrl.replace(/\/+$/, '')}${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  const headers = {
    accept: 'application/json',
    'user-agent': 'tandem',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(await service.signIn()),
  }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await service.fetch(url.href, { method, headers, ...sent })
  return { status: response.status, headers: response.headers, body: parse(await response.text()) }
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return text
  }
}

function refusal(
  service: RestService,
  { right, absent, thing }: RestCall<unknown>,
  status: number,
  headers: Headers,
  body: unknown,
): HostError {
  const { name } = service
  const words = wordsOf(body, service.secrets())
  if (status === 429 || (status === 403 && isRateLimit(headers, words))) {
    return new HostError('rate-limited', `${name} takes no more requests for now. Tandem asks again later.`)
  }
  if (status === 401) {
    return new HostError(
      'auth',
      `${name} does not know the credentials: they are wrong, expired or revoked. Make new ones there and enter them under Git → Connection.`,
    )
  }
  if (status === 404 && absent === 'thing') {
    return new HostError('not-found', `${name} shows no ${thing ?? 'such repository'} to these credentials.`)
  }
  if (status === 403 || status === 404) return missingRight(name, right, words)
  if (status >= 400 && status < 500) {
    return new HostError('refused', `${name} will not ${right.doing}: ${words || `status ${status}`}`)
  }
  return new HostError(
    'unexpected-answer',
    `${name} answered with status ${status}. Tandem asks again later.`,
  )
}

export function missingRight(service: string, { doing, name, where }: RightName, words = ''): HostError {
  const said = words === '' ? '' : ` ${service} says: ${words}`
  return new HostError(
    'missing-right',
    `The credentials may not ${doing}. Give them the right “${name}”: ${where}.${said}`,
  )
}

function isRateLimit(headers: Headers, words: string): boolean {
  return (
    headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after') || /rate limit/i.test(words)
  )
}

/** The service's own words on one line. */
function wordsOf(body: unknown, secrets: readonly string[]): string {
  const { message, error, error_description, errors } = (typeof body === 'object' && body ? body : {}) as {
    message?: unknown
    error?: unknown
    error_description?: unknown
    errors?: unknown
  } // any of them may be there, as anything
  const details = Array.isArray(errors)
    ? errors.map((one: unknown) =>
        typeof one === 'object' && one !== null && 'message' in one ? one.message : one,
      )
    : []
  const texts = [message, error_description ?? error, ...details].flatMap(textsOf)
  return oneLine(scrub([...new Set(texts)].join(' '), secrets), WORDS_MAX)
}

/** A text, several, or several by the field that they are about. */
function textsOf(said: unknown): string[] {
  if (typeof said === 'string') return [said]
  if (typeof said !== 'object' || said === null) return []
  return Object.values(said)
    .flat()
    .filter((one) => typeof one === 'string')
}
