import type { Diagnostic, Finding } from '../model/diagnostic.ts'
import { printPointer } from '../model/json-pointer.ts'

/**
 * A problem of a file at the head, before its line is known: finding the line needs the text, which is
 * read only for files that have problems.
 */
export type Problem = {
  readonly file: string
  readonly blob: string
  /** The same problem in a later commit has the same identity, on whatever line it stands then. */
  readonly identity: string
  readonly detail:
    | { readonly kind: 'located'; readonly diagnostic: Diagnostic }
    | { readonly kind: 'finding'; readonly finding: Finding }
}

export function findingProblem(file: string, blob: string, finding: Finding): Problem {
  const identity = `${file}\n${finding.code}\n${printPointer(finding.path)}`
  return { file, blob, identity, detail: { kind: 'finding', finding } }
}

export function locatedProblem(blob: string, diagnostic: Diagnostic): Problem {
  const identity = `${diagnostic.file}\n${diagnostic.code}\n${diagnostic.message}`
  return { file: diagnostic.file, blob, identity, detail: { kind: 'located', diagnostic } }
}

export function severityOf({ detail }: Problem): Diagnostic['severity'] {
  return detail.kind === 'located' ? detail.diagnostic.severity : detail.finding.severity
}

export function messageOf({ detail }: Problem): string {
  return detail.kind === 'located' ? detail.diagnostic.message : detail.finding.message
}

/** `place` finds the line of a finding; without the text of the file it is the first. */
export function toDiagnostic(
  problem: Problem,
  place: (problem: Problem, finding: Finding) => { readonly line: number; readonly column: number } | null,
): Diagnostic {
  if (problem.detail.kind === 'located') return problem.detail.diagnostic
  const { finding } = problem.detail
  const { line, column } = place(problem, finding) ?? { line: 1, column: 1 }
  const { code, severity, message, hint } = finding
  return { code, severity, message, file: problem.file, line, column, hint }
}
