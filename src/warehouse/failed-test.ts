import type { TestOutcome } from './connector.ts'
import { WarehouseError } from './warehouse-error.ts'

/** A warehouse's no is an outcome of testing it; anything else is our own bug and stays a throw. */
export function failedTest(error: unknown): TestOutcome {
  if (!(error instanceof WarehouseError)) throw error
  return { kind: 'failed', code: error.code, message: error.message, hint: error.hint }
}
