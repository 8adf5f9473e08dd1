import { EventSourceParserStream } from 'eventsource-parser/stream'
import type * as z from 'zod'
import { Problem } from '../../core/wire/problem.ts'
import { CliError, EXIT } from '../exit.ts'
import type { Target } from './options.ts'

export type Client = {
  readonly workspace: string
  get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>>
  post<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<z.output<S>>
  /** Null for 404 and 409: what was asked for is not there. */
  find<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | null>
  /** The data of each server-sent event, until the server ends the stream. */
  follow<S extends z.ZodType>(path: string, schema: S): AsyncGenerator<z.output<S>>
}

/** A server said no. */
export class RefusedError extends CliError {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(EXIT.refused, `The server refused: ${problem.detail}`, `(${problem.code})`)
    this.problem = problem
  }
}

/** Paths are below the workspace. */
export function createClient(target: Target): Client {
  const { workspace } = target
  return { workspace, ...requests(target, `/workspaces/${encodeURIComponent(workspace)}`) }
}

/** Paths are below the API: what is about several workspaces. */
export function createApi(target: Pick<Target, 'server' | 'token'>): Omit<Client, 'workspace'> {
  return requests(target, '')
}

function requests(
  { server, token }: Pick<Target, 'server' | 'token'>,
  below: string,
): Omit<Client, 'workspace'> {
  const base = `${server}/api/v1${below}`
  const send = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await reach(server, `${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        // The audit log names the command line by it.
        'user-agent': 'tandem-cli',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw await refusal(server, response)
    return response
  }
  const read = async <S extends z.ZodType>(response: Response, schema: S): Promise<z.output<S>> => {
    const parsed = schema.safeParse(await json(response))
    if (parsed.success) return parsed.data
    throw notTandem(server)
  }
  return {
    get: async (path, schema) => read(await send('GET', path), schema),
    post: async (path, body, schema) => read(await send('POST', path, body), schema),
    find: async (path, schema) => {
      try {
        return await read(await send('GET', path), schema)
      } catch (error) {
        if (error instanceof RefusedError && [404, 409].includes(error.problem.status)) return null
        throw error
      }
    },
    async *follow(path, schema) {
      const { body } = await send('GET', path)
      const events = body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
      for await (const { data } of events ?? []) {
        const parsed = schema.safeParse(JSON.parse(data))
        if (parsed.success) yield parsed.data
      }
    },
  }
}

async function reach(server: string, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    throw new CliError(
      EXIT.refused,
      `The server ${server} cannot be reached.`,
      'Check the address (--server or TANDEM_SERVER), and that `tandem serve` runs there.',
      { cause },
    )
  }
}

async function refusal(server: string, response: Response): Promise<CliError> {
  const parsed = Problem.safeParse(await json(response))
  return parsed.success ? new RefusedError(parsed.data) : notTandem(server, response.status)
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

function notTandem(server: string, status?: number): CliError {
  const answer = status === undefined ? 'something else than Tandem' : `${status}, and not as Tandem does`
  return new CliError(EXIT.refused, `${server} answers ${answer}.`, 'Check the address and its version.')
}
