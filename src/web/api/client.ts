import type { Problem } from '../../core/wire/problem.ts'

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly problem: Problem
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options)
    this.problem = problem
  }
  get status(): number {
    return this.problem.status
  }
}

export type RequestOptions = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  /** The revision that the change was made on; `*` writes over whatever is there (A2). */
  readonly ifMatch?: string
  readonly signal?: AbortSignal
}

const unreachable: Problem = {
  type: 'about:blank',
  status: 0,
  code: 'unreachable',
  title: 'The server did not answer.',
  detail: 'The server did not answer. Check that it is running and that you are online, then try again.',
}

/** One call of the API. Throws `ApiError` for every answer that is not a success. */
export async function call<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const headers = new Headers({ accept: 'application/json' })
  if (options.body !== undefined) headers.set('content-type', 'application/json')
  if (options.ifMatch !== undefined)
    headers.set('if-match', options.ifMatch === '*' ? '*' : `"${options.ifMatch}"`)
  let response: Response
  try {
    response = await fetch(`/api/v1${path}`, {
      method: options.method ?? 'GET',
      headers,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw new ApiError(unreachable, { cause })
  }
  if (!response.ok) throw new ApiError(await readProblem(response))
  // 204 and an empty 200 carry nothing: the caller asked for `void`.
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

async function readProblem(response: Response): Promise<Problem> {
  const title = `The server answered ${response.status}.`
  const fallback = {
    type: 'about:blank',
    status: response.status,
    code: `http-${response.status}`,
    title,
    detail: title,
  }
  try {
    const body: unknown = await response.json()
    if (typeof body !== 'object' || body === null) return fallback
    // better-auth answers `{code, message}`, everything else RFC 9457.
    const detail = 'message' in body && typeof body.message === 'string' ? { detail: body.message } : {}
    return { ...fallback, ...detail, ...body, status: response.status }
  } catch {
    return fallback
  }
}

/** A path with its parts encoded: a contract event's slug holds a slash. */
export function path(strings: TemplateStringsArray, ...parts: readonly string[]): string {
  return strings.reduce((text, part, i) => text + encodeURIComponent(parts[i - 1] ?? '') + part)
}
