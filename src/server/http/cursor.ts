import { ProblemError } from '../problem-error.ts'

/** Opaque to the asker: the store's own cursor, encoded. */
export function encodeCursor(cursor: string | null): string | null {
  return cursor === null ? null : Buffer.from(cursor).toString('base64url')
}

export function decodeCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (encodeCursor(text) !== cursor || text.includes('\0')) throw invalidCursor()
  return text
}

/** For lists in the order of a number. */
export function decodeNumberCursor(cursor: string | undefined): string | undefined {
  const text = decodeCursor(cursor)
  if (text !== undefined && !/^\d{1,18}$/.test(text)) throw invalidCursor()
  return text
}

function invalidCursor(): ProblemError {
  return new ProblemError(
    'invalid-cursor',
    'This cursor is not one of a list of ours. Begin at the first page.',
  )
}
