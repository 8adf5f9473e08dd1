import type { Finding } from '../../core/model/diagnostic.ts'
import { printPointer } from '../../core/model/json-pointer.ts'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { ResourceRef } from '../../core/model/resource.ts'
import type { ValueDiagnostic } from '../../core/wire/diagnostic.ts'
import type { AnyResource } from '../../core/wire/resource.ts'
import type { ChangeSetOutcome } from '../../store/change-sets.ts'
import type { StoredResource } from '../../store/resources.ts'
import { ProblemError } from '../problem-error.ts'

type Refused = Exclude<ChangeSetOutcome, { kind: 'saved' }>

/** What a change set that was not saved says to its sender (A2, A3). */
export async function refusal(
  outcome: Refused,
  toBody: (resource: StoredResource) => Promise<AnyResource>,
): Promise<ProblemError> {
  switch (outcome.kind) {
    case 'refused':
      return invalidValue(outcome.findings)
    case 'referenced': {
      const ref = { kind: outcome.kind_, slug: outcome.slug }
      const names = outcome.referrers.map(word).join(', ')
      return new ProblemError(
        'still-referenced',
        `The ${word(ref)} is still used by ${names}. Change or delete those first, or in the same change set.`,
        { referrers: [...outcome.referrers] },
      )
    }
    case 'stale': {
      const stale = await Promise.all(
        outcome.stale.map(async ({ kind, slug, present }) => ({
          kind,
          slug,
          present: present && (await toBody(present)),
        })),
      )
      const names = outcome.stale.map(word).join(', ')
      return new ProblemError(
        'stale',
        `Somebody changed, deleted or took the name of ${names} meanwhile. Look at the present value and make the change again on that.`,
        { stale, ...(stale.length === 1 ? { present: stale[0]?.present ?? null } : {}) },
      )
    }
  }
}

export function invalidValue(
  refusals: readonly (ResourceRef & { readonly findings: readonly Finding[] })[],
): ProblemError {
  const diagnostics = refusals.flatMap(({ kind, slug, findings }) =>
    findings.map(
      ({ code, severity, message, hint, path }): ValueDiagnostic => ({
        code,
        severity,
        message,
        kind,
        slug,
        field: printPointer(path),
        hint,
      }),
    ),
  )
  const first = diagnostics[0]
  const rest = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : ''
  const where = first
    ? ` ${word({ kind: refusals[0]?.kind ?? 'models', slug: first.slug })}: ${first.message}`
    : ''
  return new ProblemError('invalid-value', `Nothing was saved.${where}${rest}`, { diagnostics })
}

function word({ kind, slug }: ResourceRef): string {
  return `${KIND_WORDS[kind]} "${slug}"`
}
