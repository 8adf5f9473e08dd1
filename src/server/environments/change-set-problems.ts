import { KIND_WORDS } from '../../core/model/kind.ts'
import type { ValueDiagnostic } from '../../core/wire/diagnostic.ts'
import type { ChangeSetOutcome, Refusal } from '../../store/change-sets.ts'
import type { Db } from '../../store/database.ts'
import { ProblemError } from '../problem-error.ts'
import { invalidValue, refusal } from '../routes/outcome.ts'
import { toBody } from '../routes/resource-body.ts'

type Refused = Exclude<ChangeSetOutcome, { kind: 'saved' }>

/** Why a change set would be refused, as diagnostics; what moved meanwhile is thrown as such. */
export async function problemsOf(db: Db, workspaceId: string, outcome: Refused): Promise<ValueDiagnostic[]> {
  switch (outcome.kind) {
    case 'refused':
      return diagnosticsOf(outcome.findings)
    case 'referenced':
      return outcome.referrers.map(({ kind, slug }) => ({
        code: 'unresolved-model',
        severity: 'error',
        message: `It refers to the ${KIND_WORDS[outcome.kind_]} "${outcome.slug}", which would go.`,
        hint: 'Change or delete it first, or in the same step.',
        kind,
        slug,
        field: '',
      }))
    case 'stale':
      throw await refusal(outcome, (resource) => toBody(db, workspaceId, resource))
  }
}

export function diagnosticsOf(refusals: readonly Refusal[]): ValueDiagnostic[] {
  const found = invalidValue(refusals).extras.diagnostics ?? []
  return found.filter((one): one is ValueDiagnostic => 'kind' in one)
}

/** All or nothing: with the first error in the sentence and all of them beside. */
export function refusedWith(what: string, diagnostics: readonly ValueDiagnostic[]): ProblemError {
  const [first] = diagnostics
  const rest = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : ''
  const words = first ? ` ${first.kind}/${first.slug}: ${first.message} ${first.hint ?? ''}`.trimEnd() : ''
  return new ProblemError('invalid-value', `${what}${words}${rest}`, { diagnostics: [...diagnostics] })
}
