import type { FileWrite } from '../../../core/plan/commits/draft.ts'
import { subjectOf } from '../../../core/plan/commits/subject.ts'
import { outgoing } from '../../../core/plan/entries.ts'
import type { PlanEntry } from '../../../core/plan/plan.ts'
import type { BaseEntry, Pair } from '../../../core/plan/snapshot.ts'
import { holds, type Proposal } from '../../../core/reviews/proposal.ts'
import { tellReview } from '../../../store/advance-review.ts'
import { baseEntries } from '../../../store/bases.ts'
import { lastSubject } from '../../../store/commit-records.ts'
import type { Db } from '../../../store/database.ts'
import { reviewsOf } from '../../../store/proposals.ts'
import type { Review } from '../../../store/reviews.ts'

/** Writes down what a review changes, by field, in the transaction that moved it. */
export async function tellChanges(
  tx: Db,
  { id, connectionId }: Pick<Review, 'id' | 'connectionId'>,
): Promise<void> {
  const { proposed } = await reviewsOf(tx, connectionId)
  const own = [...proposed.values()].filter((proposal) => proposal.review === id)
  const ids = own.map(({ resourceId }) => resourceId)
  const bases = new Map(
    (await baseEntries(tx, connectionId, { ids, paths: [], refs: [] })).map((base) => [base.id, base]),
  )
  const changed = own.flatMap((proposal) => {
    const base = bases.get(proposal.resourceId) ?? null
    return holds(proposal, base) ? [] : [{ proposal, base }]
  })
  await tellReview(tx, id, {
    title: changed.length === 0 ? await lastSubject(tx, id) : subjectOf(changed.map(writeOf), []),
    changes: changed.map(entryOf),
  })
}

type Changed = { readonly proposal: Proposal; readonly base: BaseEntry | null }

function entryOf({ proposal, base }: Changed): PlanEntry {
  const { resourceId, ref, value, path } = proposal
  const workspace = value && { id: resourceId, ref, value, revision: '' }
  const pair: Pair = { role: 'touched', base, workspace, file: null, twins: [] }
  return { ...outgoing(pair), path }
}

function writeOf({ proposal, base }: Changed): FileWrite {
  const { resourceId, ref, path, fileValue, value } = proposal
  return {
    resourceId,
    ref,
    path,
    from: base?.path ?? null,
    before: base?.fileValue ?? null,
    fileValue,
    value,
    wasValue: base?.value ?? null,
  }
}
