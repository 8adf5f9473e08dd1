import { ApiError } from '../api/client.ts'

export type ErrorWords = { readonly what: string; readonly fix: string | null; readonly code: string | null }

/** What a person can do about a failure that the server does not explain further. */
const FIXES: Readonly<Record<number, string>> = {
  401: 'Sign in again.',
  403: 'Ask an admin of the workspace for a higher role.',
  404: 'Go back to the list: it may have been deleted or renamed.',
  429: 'Wait a minute, then try again.',
  500: 'Try again. If it stays, the server log has the cause.',
}

/** The one place where a failed call becomes words: what happened, what to do, the code last. */
export function errorWords(error: unknown): ErrorWords {
  if (!(error instanceof ApiError)) {
    return {
      what: 'This page failed to draw.',
      fix: 'Load it again. If it stays, report it with the steps.',
      code: null,
    }
  }
  const { detail, status, code } = error.problem
  const fix = FIXES[status] ?? null
  // The server's own problems say what to do; only answers without words need ours.
  return { what: detail, fix: detail.includes('answered') ? fix : null, code }
}
