import { type Shares, share } from '../../../core/reviews/share.ts'
import { openReviews } from '../../../store/reviews.ts'
import { type Facts, known, type Work } from './work.ts'

/** What of the plan goes to the branch, and what to reviews (S21). */
export async function shareOut(work: Work, facts: Facts): Promise<Shares> {
  const shares = share(known(facts.snapshot), known(facts.reconciliation), {
    sets: known(facts.sets),
    // Only a run opens one, and this one has opened none yet.
    open: facts.hasReviews === false ? [] : await openReviews(work.db, work.connection.id),
    isReviewed: isReviewed(work, facts),
  })
  facts.shares = shares
  return shares
}

/** There is nothing to review against in a repository, or on a branch, that is still to be made (S11). */
function isReviewed({ connection }: Work, { head, isProtected }: Facts): boolean {
  const isWanted = connection.mode === 'review' || isProtected === true
  return isWanted && !known(head).isNewBranch
}
