import { advanceBase } from './advance.ts'
import { applyPlan } from './apply.ts'
import { fetchBranch } from './fetch.ts'
import { followReviews } from './follow-reviews.ts'
import { makePlan } from './plan.ts'
import { proposeChanges } from './propose.ts'
import { pushCommits } from './push.ts'
import { putBack } from './put-back.ts'
import { readRepository } from './read.ts'
import { renameAliasInFiles } from './rename-alias.ts'
import { settleCommits } from './settle.ts'
import { takeSnapshot } from './snapshot.ts'
import { verifyPush } from './verify.ts'
import type { Step } from './work.ts'
import { writeCommits } from './write.ts'

/** A sync, both ways, in order. A dry run ends after *plan*. */
export const STEPS: readonly Step[] = [
  { name: 'fetch', run: fetchBranch },
  { name: 'settle', run: settleCommits },
  { name: 'reviews', run: followReviews },
  { name: 'rename-alias', run: renameAliasInFiles },
  { name: 'read', run: readRepository },
  { name: 'snapshot', run: takeSnapshot },
  { name: 'plan', run: makePlan },
  { name: 'put-back', run: putBack },
  { name: 'apply', run: applyPlan },
  { name: 'write', run: writeCommits },
  { name: 'push', run: pushCommits },
  { name: 'verify', run: verifyPush },
  { name: 'advance', run: advanceBase },
  { name: 'propose', run: proposeChanges },
]
