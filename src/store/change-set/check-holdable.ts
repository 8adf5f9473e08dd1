import { findUnholdable } from '../../core/format/exact-values.ts'
import { DEFAULT_LIMITS } from '../../core/format/limits.ts'
import { printResource } from '../../core/format/print.ts'
import type { Finding } from '../../core/model/diagnostic.ts'
import { isFileKind, type Kind } from '../../core/model/kind.ts'
import type { Value } from '../../core/model/resource.ts'

/** A text of the value so short has no file beyond the limit, however deep it is nested. */
const NEVER_TOO_LARGE = 4096
const FINDINGS_MAX = 100

/** F10, F20: what a row or the resource's file could not hold. A commit of ours never has an error of this kind (S8). */
export function checkHoldable(kind: Kind, value: Value): Finding[] {
  const findings = findUnholdable(value, DEFAULT_LIMITS)
  if (findings.length > 0) return findings.slice(0, FINDINGS_MAX)
  if (!isFileKind(kind) || JSON.stringify(value).length <= NEVER_TOO_LARGE) return []
  const bytes = new TextEncoder().encode(printResource(kind, value)).length
  if (bytes <= DEFAULT_LIMITS.fileBytes) return []
  const message = `The resource's file would have ${bytes} bytes; the limit is ${DEFAULT_LIMITS.fileBytes}.`
  const hint = 'Make it smaller, or move what it holds elsewhere.'
  return [{ code: 'limit-file-size', severity: 'error', message, hint, path: [], at: 'value' }]
}
