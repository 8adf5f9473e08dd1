import type { Path } from './json-pointer.ts'

/** Stable codes (F18): documented in docs/spec/format.md, never reused with another meaning. */
export const DIAGNOSTIC_CODES = [
  'yaml-syntax',
  'yaml-duplicate-key',
  'yaml-tag',
  'yaml-multiple-documents',
  'not-a-mapping',
  'missing-key',
  'wrong-type',
  'wrong-value',
  'unknown-key',
  'stale-query-key',
  'duplicate-slug',
  'unresolved-source',
  'unresolved-destination',
  'unresolved-model',
  'unresolved-relationship',
  'unresolved-contract',
  'unknown-column',
  'cross-source-relationship',
  'forwarded-reference',
  'no-manifest',
  'manifest-edited',
  'other-manifest',
  'alias-dangling',
  'alias-unused',
  'alias-cycle',
  'alias-shadows-slug',
  'alias-overruled',
  'limit-file-size',
  'limit-depth',
  'limit-aliases',
  'limit-resources',
  'limit-diagnostics',
] as const
export type DiagnosticCode = (typeof DIAGNOSTIC_CODES)[number]

export type Severity = 'error' | 'warning' | 'notice'

/** A problem in a person's file. Line and column count from 1, in UTF-16 units. */
export type Diagnostic = {
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly message: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly hint: string | null
}

/**
 * A problem in a value, before it is known where in which file the value stands. `at: 'key'` points at
 * the key of the last part of `path`, `at: 'value'` at its value; the empty path is the file's beginning.
 */
export type Finding = {
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly message: string
  readonly hint: string | null
  readonly path: Path
  readonly at: 'key' | 'value'
}
