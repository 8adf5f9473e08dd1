import { PROBLEM_STATUS, type Problem, type ProblemCode } from '../core/wire/problem.ts'

export type ProblemExtras = Partial<
  Pick<Problem, 'diagnostics' | 'referrers' | 'stale' | 'present' | 'conflict' | 'workspace'>
>

/** A refusal that a handler decides on; `detail` says what happened, why and what to do. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly code: ProblemCode
  readonly extras: ProblemExtras
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    detail: string,
    extras: ProblemExtras = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail)
    this.code = code
    this.extras = extras
    this.headers = headers
  }

  get status(): number {
    return PROBLEM_STATUS[this.code]
  }
}

export function notFound(what: string): ProblemError {
  return new ProblemError('not-found', `There is no ${what}.`)
}

/** Everything in it can be read, and nothing changed. */
export function archived({ slug }: { readonly slug: string }): ProblemError {
  return new ProblemError(
    'workspace-archived',
    `The workspace ${slug} is archived, so nothing in it changes. An admin of it can restore it.`,
  )
}

/** The workspace has no connection to say anything of. */
export function noRepository(): ProblemError {
  return new ProblemError('not-found', 'No repository is connected to this workspace.')
}
