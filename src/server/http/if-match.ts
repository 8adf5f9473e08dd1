import { ProblemError } from '../problem-error.ts'

/** What a write is based on (A2). `any`: over whatever is there. */
export type IfMatch =
  | { readonly kind: 'none' }
  | { readonly kind: 'any' }
  | { readonly kind: 'revision'; readonly revision: string }

export function readIfMatch(request: Request): IfMatch {
  const header = request.headers.get('if-match')?.trim()
  if (header === undefined || header === '') return { kind: 'none' }
  if (header === '*') return { kind: 'any' }
  const revision = /^(?:W\/)?"([^"]*)"$/.exec(header)?.[1]
  if (revision === undefined) {
    throw new ProblemError('bad-request', 'If-Match takes one revision in double quotes, or *.')
  }
  return { kind: 'revision', revision }
}

export function revisionRequired(): ProblemError {
  return new ProblemError(
    'revision-required',
    'Say which revision the change was made on: If-Match: "<revision>", or If-Match: * to write over whatever is there.',
  )
}

export function etag(revision: string): string {
  return `"${revision}"`
}
