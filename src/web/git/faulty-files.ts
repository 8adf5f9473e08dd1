import { classifyPath } from '../../core/format/classify.ts'
import type { Run } from '../../core/wire/run.ts'

/** The files of resources whose errors stop a commit: those set aside before stop nothing (S14). */
export function faultyFiles({ diagnostics, plan }: Pick<Run, 'diagnostics' | 'plan'>): ReadonlySet<string> {
  const aside = new Set(plan?.aside.map(({ path }) => path))
  return new Set(
    diagnostics.flatMap(({ file, severity }) =>
      severity === 'error' && !aside.has(file) && classifyPath(file).kind === 'resource' ? [file] : [],
    ),
  )
}

/** A run that stopped at a commit with errors. */
export function isStopped({ plan }: Pick<Run, 'plan'>): boolean {
  return plan?.stopped ?? false
}
