import type { DiagnosticWire } from '../../core/wire/diagnostic.ts'

export type FileDiagnostics = { readonly file: string; readonly diagnostics: readonly DiagnosticWire[] }

const WEIGHT = { error: 0, warning: 1, notice: 2 } as const

/** Files with errors first; in a file from top to bottom. */
export function byFile(diagnostics: readonly DiagnosticWire[]): readonly FileDiagnostics[] {
  const files = [...Map.groupBy(diagnostics, (one) => one.file)].map(([file, list]) => ({
    file,
    diagnostics: list.toSorted((a, b) => a.line - b.line || a.column - b.column),
  }))
  const worst = (one: FileDiagnostics) =>
    Math.min(...one.diagnostics.map((diagnostic) => WEIGHT[diagnostic.severity]))
  return files.sort((a, b) => worst(a) - worst(b) || (a.file < b.file ? -1 : 1))
}
