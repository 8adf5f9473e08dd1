import * as z from 'zod'
import { classifyPath } from '../../core/format/classify.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { ProblemError } from '../problem-error.ts'
import type { History } from './open-history.ts'

const oid = z.string().regex(/^[0-9a-f]{40}$/)
const skip = z.int().min(0)
const SchemaPlace = z.strictObject({ head: oid, skip })
const ResourcePlace = z.array(z.strictObject({ start: oid, path: z.string(), skip })).max(20)

export function encodePlace(place: unknown): string | null {
  return place === null ? null : encodeCursor(JSON.stringify(place))
}

/** A cursor comes from outside: it may begin at commits of the branch and at files of resources, nowhere else. */
export async function decodeSchemaPlace(history: History, cursor: string) {
  const place = parse(SchemaPlace, cursor)
  await onBranch(history, [place.head])
  return place
}

export async function decodeResourcePlace(history: History, cursor: string) {
  const lines = parse(ResourcePlace, cursor)
  const isFile = ({ path }: { readonly path: string }) =>
    classifyPath(path).kind === 'resource' && path.split('/').every((part) => !/^\.*$/.test(part))
  if (!lines.every(isFile)) throw unknown()
  await onBranch(
    history,
    lines.map(({ start }) => start),
  )
  return lines
}

async function onBranch({ repository, head }: History, commits: readonly string[]): Promise<void> {
  for (const commit of new Set(commits)) if (!(await repository.isAncestor(commit, head))) throw unknown()
}

function parse<S extends z.ZodType>(schema: S, cursor: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(decodeCursor(cursor) ?? ''))
  } catch {
    throw unknown()
  }
}

function unknown(): ProblemError {
  return new ProblemError('invalid-cursor', 'This cursor is not one of this list. Begin at the first page.')
}
