import { type JsonObject, own } from '../model/json.ts'
import type { FileRef } from '../model/resource.ts'
import { isEqual, refOf, theirsOf } from './decide.ts'
import { inboundEntries, outboundEntries } from './entries.ts'
import type { HeldEntry, HeldReason } from './plan.ts'
import { type SealedChange, sealOf } from './seal.ts'
import type { Pair, Snapshot } from './snapshot.ts'
import { flowsIn, flowsOut, type Standing } from './standing.ts'

/** More than this many and more than this share of what is there: nobody meant that by accident (S16). */
const FEW = 5
const SHARE = 1 / 5

type Direction = 'inbound' | 'outbound'
type Cause = { readonly reason: HeldReason; readonly message: string }

/** What must not flow before somebody says so (S16, S19). A first sync deletes nothing and holds nothing (S29). */
export function heldEntries(snapshot: Snapshot, standings: readonly Standing[]): HeldEntry[] {
  if (snapshot.mode === 'first') return []
  if (snapshot.branch === 'rewritten') return historyRewritten(snapshot, standings)
  return [
    ...heldIn(snapshot, standings, 'inbound', inboundCauses),
    ...heldIn(snapshot, standings, 'outbound', outboundCauses),
  ]
}

function heldIn(
  snapshot: Snapshot,
  standings: readonly Standing[],
  direction: Direction,
  causesOf: (snapshot: Snapshot, pairs: readonly Pair[]) => Cause[],
): HeldEntry[] {
  const [flows, sealed, entries] =
    direction === 'inbound'
      ? ([flowsIn, sealedIn, inboundEntries] as const)
      : ([flowsOut, sealedOut, outboundEntries] as const)
  const flowing = snapshot.pairs.flatMap((pair, i) => {
    const standing = standings[i]
    return standing && flows(standing) ? [{ pair, standing }] : []
  })
  const pairs = flowing.map(({ pair }) => pair)
  const causes = pairs.length === 0 ? [] : causesOf(snapshot, pairs)
  if (causes.length === 0) return []
  const digest = sealOf(
    direction,
    flowing.map(({ pair, standing }) => sealed(pair, standing)),
  )
  if (snapshot.approved.has(digest)) return []
  const changes = entries(snapshot, standings)
  return causes.map((cause) => ({ direction, ...cause, changes, digest }))
}

function inboundCauses(snapshot: Snapshot, pairs: readonly Pair[]): Cause[] {
  const { totals, branch, needsApproval } = snapshot
  const gone = pairs.filter(({ file }) => file === null)
  const moved = pairs.filter(isReassigned)
  const causes: Cause[] = []
  if (branch === 'emptied' && gone.length > 0) {
    const message = `The path that was synced holds no file any more: it would delete ${count(gone, totals.resources, 'resources of the workspace')}`
    causes.push({ reason: 'path-emptied', message })
  } else if (isMany(gone, totals.resources)) {
    causes.push({
      reason: 'deletions',
      message: `It would delete ${count(gone, totals.resources, 'resources of the workspace')}`,
    })
  }
  if (moved.length > FEW) {
    const message = `A change of aliases would give ${moved.length} resources another source or destination`
    causes.push({ reason: 'reassignment', message })
  }
  if (needsApproval && causes.length === 0) {
    const message = 'This connection asks for approval of what comes in from Git'
    causes.push({ reason: 'approval', message })
  }
  return causes
}

function outboundCauses({ totals }: Snapshot, pairs: readonly Pair[]): Cause[] {
  const gone = pairs.filter(({ workspace }) => workspace === null)
  if (!isMany(gone, totals.files)) return []
  return [
    {
      reason: 'deletions',
      message: `It would delete ${count(gone, totals.files, 'files of the repository')}`,
    },
  ]
}

function isMany(gone: readonly Pair[], total: number): boolean {
  return gone.length > FEW && gone.length > total * SHARE
}

function count(gone: readonly Pair[], total: number, what: string): string {
  return `${gone.length} of ${total} ${what}`
}

/** Spelled as before, it means another source or destination: the alias changed (E6). */
function isReassigned({ base, file }: Pair): boolean {
  if (!base || file?.kind !== 'read') return false
  return ['source', 'destination'].some((key) => {
    const isSpelledAlike = own(base.fileValue as JsonObject, key) === own(file.fileValue as JsonObject, key)
    return isSpelledAlike && own(base.value, key) !== own(file.value, key)
  })
}

function sealedIn(pair: Pair, standing: Standing): SealedChange {
  const after =
    standing.kind === 'merge' ? standing.value : pair.file?.kind === 'read' ? theirsOf(pair.file, pair) : null
  const ref = standing.kind === 'merge' ? standing.ref : target(pair)
  return { ref, from: pair.workspace?.ref.slug ?? ref.slug, before: pair.workspace?.value ?? null, after }
}

function sealedOut(pair: Pair, standing: Standing): SealedChange {
  const before = pair.file?.kind === 'read' ? theirsOf(pair.file, pair) : null
  const after = standing.kind === 'merge' ? standing.value : (pair.workspace?.value ?? null)
  const ref = standing.kind === 'merge' ? standing.ref : refOf(pair)
  return { ref, from: pair.file?.ref.slug ?? ref.slug, before, after }
}

function target(pair: Pair): FileRef {
  return pair.file?.ref ?? refOf(pair)
}

/** There is nothing to compare with: both directions wait. */
export function branchGone({ base }: Snapshot): HeldEntry {
  const message = 'The branch that was synced is gone from the remote'
  const digest = sealOf(`branch-gone ${base ?? ''}`, [])
  return { direction: 'both', reason: 'branch-gone', message, changes: [], digest }
}

/**
 * The last synced commit is not in the branch any more. Bases fall back to where the histories part, so what
 * was dropped shows as ours; the seal is over what differs between the sides, whichever way that goes.
 */
function historyRewritten(snapshot: Snapshot, standings: readonly Standing[]): HeldEntry[] {
  const differing = snapshot.pairs.filter((pair) => !isEqual(pair))
  const digest = sealOf(
    `history-rewritten ${snapshot.base ?? ''} ${snapshot.head ?? ''}`,
    differing.map((pair) => sealedIn(pair, { kind: 'inbound' })),
  )
  if (snapshot.approved.has(digest)) return []
  const message = 'The history of the branch was rewritten: the last synced commit is not in it'
  const changes = [...inboundEntries(snapshot, standings), ...outboundEntries(snapshot, standings)]
  return [{ direction: 'both', reason: 'history-rewritten', message, changes, digest }]
}
