import type { FileRef } from '../model/resource.ts'
import { decide, workspaceChanged } from './decide.ts'
import type { FileStatus } from './files.ts'
import type { Pair, Snapshot } from './snapshot.ts'

/** What happens to a pair in this run. */
export type Standing =
  | { readonly kind: 'same'; readonly rebase: boolean }
  | { readonly kind: 'inbound' }
  | { readonly kind: 'outbound'; readonly rebase: boolean }
  | { readonly kind: 'conflict'; readonly reason: string; readonly causes: readonly FileRef[] }
  | {
      readonly kind: 'waiting'
      readonly direction: 'inbound' | 'outbound'
      readonly reason: string
      readonly waitsFor: readonly FileRef[]
    }
  /** Its direction waits for consent, whole (S16, S19). */
  | { readonly kind: 'held'; readonly direction: 'inbound' | 'outbound'; readonly reason: string }
  | { readonly kind: 'left'; readonly as: 'aside' | 'pending'; readonly reason: string }

export function standingOf(pair: Pair, status: FileStatus, snapshot: Snapshot): Standing {
  if (status.kind === 'pending') return { kind: 'left', as: 'pending', reason: status.reason }
  if (status.kind === 'faulty') return { kind: 'left', as: 'aside', reason: status.reason }
  if (isInTheWay(pair, snapshot)) {
    const reason = 'A file that is not ours lies where its file would go'
    return { kind: 'waiting', direction: 'outbound', reason, waitsFor: [] }
  }
  const verdict = decide(pair, snapshot.firstSync, snapshot.mode === 'first')
  if (verdict.kind !== 'conflict') return verdict
  return { kind: 'conflict', reason: 'Both sides changed it', causes: [] }
}

function isInTheWay(pair: Pair, snapshot: Snapshot): boolean {
  const isNew = pair.file === null && pair.workspace !== null && workspaceChanged(pair)
  return isNew && snapshot.occupied.has(pair.workspace.id)
}

/**
 * A new error at the head stops the commit (S14): nothing comes in, the base stays where it is, and only
 * saves whose file at the head is still the base's go out.
 */
export function stop(pair: Pair, standing: Standing): Standing {
  const reason = 'The last commit has an error; nothing comes in until it is mended'
  return stopInbound(pair, standing, reason, { kind: 'waiting', direction: 'inbound', reason, waitsFor: [] })
}

/** Consent is missing: inbound is held as an error would stop it, outbound alone leaves what comes in free (S16). */
export function hold(
  pair: Pair,
  standing: Standing,
  direction: 'inbound' | 'outbound' | 'both',
  reason: string,
): Standing {
  if (direction !== 'inbound' && standing.kind === 'outbound')
    return { kind: 'held', direction: 'outbound', reason }
  if (direction === 'outbound') return standing
  return stopInbound(pair, standing, reason, { kind: 'held', direction: 'inbound', reason })
}

function stopInbound(pair: Pair, standing: Standing, reason: string, inbound: Standing): Standing {
  switch (standing.kind) {
    case 'inbound':
      return inbound
    case 'same':
      return { kind: 'same', rebase: false }
    case 'outbound': {
      const isUntouched = !standing.rebase && (pair.base !== null || pair.file === null)
      return isUntouched ? standing : { kind: 'waiting', direction: 'outbound', reason, waitsFor: [] }
    }
    default:
      return standing
  }
}

/** Its change in the workspace stays where it is for now. */
export function isBlocked(pair: Pair, standing: Standing): boolean {
  if (standing.kind === 'left') return workspaceChanged(pair)
  if (standing.kind === 'waiting' || standing.kind === 'held') return standing.direction === 'outbound'
  return standing.kind === 'conflict'
}
