import { classifyPath } from '../../core/format/classify.ts'
import type { Kind } from '../../core/model/kind.ts'
import type { DiagnosticWire } from '../../core/wire/diagnostic.ts'
import type { Run } from '../../core/wire/run.ts'
import { faultyFiles } from './faulty-files.ts'

export type FileFault = {
  /** The head where the error was found. */
  readonly commit: string | null
  readonly first: DiagnosticWire
}

/** The first error in the file of a resource at the head that the run stopped at; null: none of its. */
export function fileFault(
  run: Pick<Run, 'diagnostics' | 'plan' | 'head'>,
  kind: Kind,
  slug: string,
): FileFault | null {
  const faulty = faultyFiles(run)
  const isOurs = (file: string) => {
    const path = classifyPath(file)
    return path.kind === 'resource' && path.ref.kind === kind && path.ref.slug === slug
  }
  const [first] = run.diagnostics
    .filter(({ file, severity }) => severity === 'error' && faulty.has(file) && isOurs(file))
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
  return first === undefined ? null : { commit: run.head, first }
}
