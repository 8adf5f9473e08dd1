/** C2: what the program tells its caller. */
export const EXIT = {
  /** Done, or nothing to report. */
  done: 0,
  /** Errors or differences; warnings too with `--strict`. */
  findings: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** The other side cannot be reached, or refused. */
  refused: 3,
  /** Our own bug. */
  bug: 70,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** An end that a person can mend: one sentence about what happened, and what to do. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: ExitCode
  readonly hint: string | null

  constructor(exitCode: ExitCode, message: string, hint: string | null = null, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
    this.hint = hint
  }
}
