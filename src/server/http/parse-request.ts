import * as z from 'zod'
import { DEFAULT_LIMITS } from '../../core/format/limits.ts'
import { lineIndex } from '../../core/format/line-index.ts'
import { ProblemError } from '../problem-error.ts'
import { nestsDeeper } from './nesting.ts'
import { readBytes } from './read-bytes.ts'

/** More than a resource may have (F20), so that one a little too deep is told with its diagnostics. */
const LEVELS_MAX = 2 * DEFAULT_LIMITS.depth

export function parseQuery<Q extends z.ZodType>(schema: Q, request: Request): z.output<Q> {
  const asked = new URL(request.url).searchParams
  if (schema instanceof z.ZodObject) refuseUnknown([...asked.keys()], Object.keys(schema.shape))
  const parsed = schema.safeParse(Object.fromEntries(asked))
  if (parsed.success) return parsed.data
  throw new ProblemError('invalid-query', `The query of the address is not right: ${describe(parsed.error)}.`)
}

/** A filter that is misspelt would be no filter, and more would be answered than was asked for. */
function refuseUnknown(asked: readonly string[], known: readonly string[]): void {
  const unknown = asked.filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const names = [...new Set(unknown)].slice(0, 10).join(', ')
  throw new ProblemError(
    'invalid-query',
    `The query of the address is not right: nothing is called ${names} here. Expected ${known.join(', ')}.`,
  )
}

export async function parseBody<B extends z.ZodType>(
  schema: B,
  request: Request,
  limit: number,
): Promise<z.output<B>> {
  const parsed = schema.safeParse(await readJson(request, limit))
  if (parsed.success) return parsed.data
  throw new ProblemError('invalid-body', `The body is not right: ${describe(parsed.error)}.`)
}

function describe(error: z.ZodError): string {
  return error.issues
    .slice(0, 10)
    .map((issue) => (issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`))
    .join('; ')
}

async function readJson(request: Request, limit: number): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  // Nothing sent is nothing said: where every field may be left out, the body may be too.
  if (type === undefined && (await readBytes(request, limit)).length === 0) return {}
  if (type !== 'application/json') {
    throw new ProblemError('unsupported-media-type', 'Send the body as application/json.')
  }
  const text = (await readBytes(request, limit)).toString('utf8')
  const tooDeep = nestsDeeper(text, LEVELS_MAX)
  if (tooDeep !== null) throw nestedTooDeep(text, tooDeep)
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ProblemError('bad-request', `The body is not JSON: ${why}.`)
  }
}

function nestedTooDeep(text: string, offset: number): ProblemError {
  const { line, column } = lineIndex(text)(offset)
  const message = `Lists and mappings lie more than ${LEVELS_MAX} levels deep in one another.`
  const hint = 'Flatten the value, or store it as text.'
  return new ProblemError(
    'invalid-body',
    `The body is nested too deep at line ${line}, column ${column}. ${message} ${hint}`,
    { diagnostics: [{ code: 'limit-depth', severity: 'error', message, file: 'body', line, column, hint }] },
  )
}
