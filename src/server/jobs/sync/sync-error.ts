import { GitError } from '../../../git/git-error.ts'
import { HostError, type HostErrorCode } from '../../../git/hosts/host-error.ts'
import type { RunProblem } from '../../../store/tables/git.ts'

/** Ends a run: what happened, in words for people, and whether trying again can help. */
export class SyncError extends Error {
  override name = 'SyncError'
  readonly code: string
  readonly retry: 'later' | 'never'
  readonly hint: string | null

  constructor(code: string, message: string, options: { hint?: string; retry?: 'later' | 'never' } = {}) {
    super(message)
    this.code = code
    this.retry = options.retry ?? 'never'
    this.hint = options.hint ?? null
  }
}

/** The one place that turns a fault into a run's words. */
export function problemOf(error: unknown): RunProblem & { retry: 'now' | 'later' | 'never' } {
  if (error instanceof SyncError || error instanceof GitError) {
    const hint = error instanceof SyncError ? error.hint : null
    return { code: error.code, message: error.message, hint, retry: error.retry }
  }
  if (error instanceof HostError) {
    const retry = PASSING.has(error.code) ? 'later' : 'never'
    return { code: `host-${error.code}`, message: error.message, hint: null, retry }
  }
  const message = 'The sync met a fault of its own. Nothing was lost; it is tried again.'
  return { code: 'internal', message, hint: 'The server log has the details.', retry: 'later' }
}

/** What the host may do differently when it is asked again. */
const PASSING: ReadonlySet<HostErrorCode> = new Set(['unreachable', 'rate-limited', 'unexpected-answer'])
