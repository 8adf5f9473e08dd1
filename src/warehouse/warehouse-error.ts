/** Stable: the API shows it, the page chooses the next step by it. */
export type WarehouseErrorCode =
  | 'config'
  | 'unreachable'
  | 'auth'
  | 'permission'
  | 'busy'
  | 'file-outside-roots'
  | 'file-missing'
  | 'file-unreadable'
  | 'table-missing'
  | 'column-missing'
  | 'syntax'
  | 'not-a-select'
  | 'several-statements'
  | 'function-refused'
  | 'query'
  | 'timeout'
  | 'memory'
  | 'crashed'

/** Where in the model's SQL: both count from 1, columns in UTF-16 units. */
export type SqlPosition = { readonly line: number; readonly column: number }

export type WarehouseProblem = {
  readonly code: WarehouseErrorCode
  readonly message: string
  readonly hint: string | null
  readonly position: SqlPosition | null
}

const RETRY: Partial<Record<WarehouseErrorCode, 'later'>> = {
  unreachable: 'later',
  busy: 'later',
  timeout: 'later',
  memory: 'later',
  crashed: 'later',
}

/** A warehouse said no. The message is a sentence for the person who owns the source or wrote the SQL. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError'
  readonly code: WarehouseErrorCode
  readonly hint: string | null
  readonly position: SqlPosition | null
  readonly retry: 'later' | 'never'

  constructor(
    problem: Partial<WarehouseProblem> & Pick<WarehouseProblem, 'code' | 'message'>,
    cause?: unknown,
  ) {
    super(problem.message, cause === undefined ? undefined : { cause })
    this.code = problem.code
    this.hint = problem.hint ?? null
    this.position = problem.position ?? null
    this.retry = RETRY[problem.code] ?? 'never'
  }
}

/** `offset` in UTF-16 units from 0. */
export function positionAt(sql: string, offset: number): SqlPosition {
  const before = sql.slice(0, Math.max(0, offset))
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: before.length - lineStart + 1 }
}

export function timedOut(ms: number): WarehouseError {
  return new WarehouseError({
    code: 'timeout',
    message: `The query was stopped after ${ms === 1_000 ? '1 second' : `${ms / 1000} seconds`}.`,
    hint: 'A preview wants the first rows only: select from fewer rows, or leave out the sorting.',
  })
}

export function severalStatements(): WarehouseError {
  return new WarehouseError({
    code: 'several-statements',
    message: 'The SQL holds several statements; a model is one SELECT.',
    hint: 'Keep one statement and take out the semicolons between them.',
  })
}
