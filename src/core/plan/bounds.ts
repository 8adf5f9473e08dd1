import type { FileRef } from '../model/resource.ts'
import { refOf } from './decide.ts'
import type { HeldEntry } from './plan.ts'
import type { Snapshot } from './snapshot.ts'
import type { Standing } from './standing.ts'

/** More than this many and more than this share of what is there: nobody meant that by accident (S16). */
const FEW = 5
const SHARE = 1 / 5

const BRANCH_WORDS = {
  gone: ['branch-gone', 'The branch that was synced is gone from the remote'],
  emptied: ['path-emptied', 'The path that was synced holds no file any more'],
  rewritten: [
    'history-rewritten',
    'The history of the branch was rewritten: the last synced commit is not in it',
  ],
} as const

export function branchHeld({ branch }: Snapshot): HeldEntry[] | null {
  if (branch === 'ok') return null
  const [reason, message] = BRANCH_WORDS[branch]
  return [{ direction: 'both', reason, message, resources: [] }]
}

export function boundsExceeded(snapshot: Snapshot, standings: readonly Standing[]): HeldEntry[] {
  const { totals } = snapshot
  const inbound = removals(snapshot, standings, 'inbound')
  const outbound = removals(snapshot, standings, 'outbound')
  return [
    ...held('inbound', inbound, totals.resources, 'resources of the workspace'),
    ...held('outbound', outbound, totals.files, 'files of the repository'),
  ]
}

function removals(
  { pairs }: Snapshot,
  standings: readonly Standing[],
  kind: 'inbound' | 'outbound',
): FileRef[] {
  return pairs.flatMap((pair, i) => {
    const target = kind === 'inbound' ? pair.file : pair.workspace
    return standings[i]?.kind === kind && target === null ? [refOf(pair)] : []
  })
}

function held(
  direction: 'inbound' | 'outbound',
  gone: readonly FileRef[],
  total: number,
  what: string,
): HeldEntry[] {
  if (gone.length <= FEW || gone.length <= total * SHARE) return []
  const message = `It would delete ${gone.length} of ${total} ${what}`
  return [{ direction, reason: 'deletions', message, resources: gone }]
}
