import type { Diagnostic, Finding } from '../model/diagnostic.ts'
import type { Locator } from './locate.ts'
import type { Spot } from './yaml-errors.ts'

/** From a problem of a value or a text to a diagnostic of a file (F18). */
export function diagnoseFinding(file: string, locator: Locator, finding: Finding): Diagnostic {
  const { code, severity, message, hint } = finding
  return { code, severity, message, file, ...locator.find(finding), hint }
}

export function diagnoseSpot(file: string, locator: Locator, spot: Spot): Diagnostic {
  const { code, message, hint, offset } = spot
  return { code, severity: 'error', message, file, ...locator.at(offset), hint }
}

/** A problem of a file as a whole. */
export function diagnoseFile(
  file: string,
  problem: Pick<Diagnostic, 'code' | 'severity' | 'message' | 'hint'>,
): Diagnostic {
  const { code, severity, message, hint } = problem
  return { code, severity, message, file, line: 1, column: 1, hint }
}

/** In the order in which a person meets them; of one place, as they were found. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  )
}
