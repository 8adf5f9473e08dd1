import type { MergeField } from '../merge/merge-field.ts'
import type { FileRef, Value } from '../model/resource.ts'
import { idOf } from '../reviews/proposal.ts'
import type { FoundSecret } from '../secrets/find-secrets.ts'
import { decide, decideByValue, theirsOf, type Verdict, workspaceChanged } from './decide.ts'
import type { FileStatus } from './files.ts'
import { keptSecret, secretReason } from './kept-secret.ts'
import { mergedRef, type Names } from './names.ts'
import type { Pair, Snapshot } from './snapshot.ts'

/** What happens to a pair in this run. */
export type Standing =
  | { readonly kind: 'same'; readonly rebase: boolean }
  | { readonly kind: 'inbound' }
  | { readonly kind: 'outbound'; readonly rebase: boolean }
  /** Both sides take `value`: what came from Git comes in, what was saved goes out (S4). `ref`: with this name. */
  | { readonly kind: 'merge'; readonly ref: FileRef; readonly value: Value }
  | {
      readonly kind: 'conflict'
      readonly reason: string
      /** Where both sides changed the resource itself; empty for a joint conflict. */
      readonly fields: readonly MergeField[]
      readonly causes: readonly FileRef[]
    }
  | {
      readonly kind: 'waiting'
      readonly direction: 'inbound' | 'outbound'
      readonly reason: string
      readonly waitsFor: readonly FileRef[]
      /** It waits because of this (Z12). */
      readonly secret?: FoundSecret
    }
  /** Its direction waits for consent, whole (S16, S19). */
  | { readonly kind: 'held'; readonly direction: 'inbound' | 'outbound'; readonly reason: string }
  | { readonly kind: 'left'; readonly as: 'aside' | 'pending'; readonly reason: string }

export function standingOf(pair: Pair, status: FileStatus, snapshot: Snapshot, names: Names): Standing {
  if (status.kind === 'pending') return { kind: 'left', as: 'pending', reason: status.reason }
  if (status.kind === 'faulty') return { kind: 'left', as: 'aside', reason: status.reason }
  if (isInTheWay(pair, snapshot)) {
    const reason = 'A file that is not ours lies where its file would go'
    return { kind: 'waiting', direction: 'outbound', reason, waitsFor: [] }
  }
  const verdict = decide(pair, snapshot, names)
  const declined = snapshot.reviews?.declined.get(idOf(pair) ?? '')
  if (declined !== undefined && (verdict.kind === 'outbound' || verdict.kind === 'merge')) {
    return { kind: 'conflict', reason: declined, fields: [], causes: [] }
  }
  const secret = keptSecret(pair, verdict, snapshot)
  if (secret) {
    return { kind: 'waiting', direction: 'outbound', reason: secretReason(secret), waitsFor: [], secret }
  }
  if (isToMend(pair, snapshot)) {
    if (verdict.kind === 'same') return { kind: 'outbound', rebase: verdict.rebase }
    if (verdict.kind === 'inbound') return mended(pair) ?? verdict
  }
  if (verdict.kind !== 'conflict') return verdict
  const fields = fieldsHere(pair, verdict, snapshot, names)
  return { kind: 'conflict', reason: conflictReason(pair, fields), fields, causes: [] }
}

/** Its file is written anew because of the old names that it uses (S18). */
export function isToMend({ workspace, file }: Pair, { mend }: Snapshot): boolean {
  return workspace !== null && file?.kind === 'read' && Boolean(file.forwarded) && mend.has(workspace.id)
}

/** It comes in as the file says it, and the file is written anew with the names of today. */
function mended(pair: Pair): Standing | null {
  const { file } = pair
  return file?.kind === 'read' ? { kind: 'merge', ref: file.ref, value: theirsOf(file, pair) } : null
}

/** The fields in conflict as people see them here: with the names that the workspace has. */
function fieldsHere(
  pair: Pair,
  { fields }: Extract<Verdict, { kind: 'conflict' }>,
  snapshot: Snapshot,
  names: Names,
): readonly MergeField[] {
  const here = decideByValue(names.workspace(pair), snapshot)
  return here.kind === 'conflict' ? here.fields : fields
}

function conflictReason(pair: Pair, fields: readonly MergeField[]): string {
  const { workspace, file } = pair
  if (workspace && file && mergedRef(pair) === null)
    return `Both sides renamed it: ${workspace.ref.slug} here, ${file.ref.slug} in Git`
  if (fields.length === 0) return 'Both sides changed it, and together the changes make no valid resource'
  if (fields.some(({ path }) => path === '')) return 'One side deleted it, the other changed it'
  return `Both sides changed ${fields.map(({ path }) => path.slice(1)).join(', ')}`
}

function isInTheWay(pair: Pair, snapshot: Snapshot): boolean {
  const isNew = pair.file === null && pair.workspace !== null && workspaceChanged(pair)
  return isNew && snapshot.occupied.has(pair.workspace.id)
}

/**
 * A new error at the head stops the commit (S14): nothing comes in, the base stays where it is, and only
 * saves whose file at the head is still the base's go out.
 */
export function stop(pair: Pair, standing: Standing, isSaved: boolean): Standing {
  const reason = 'The last commit has an error; nothing comes in until it is mended'
  const inbound = { kind: 'waiting', direction: 'inbound', reason, waitsFor: [] } as const
  return stopInbound(pair, standing, reason, inbound, isSaved)
}

/** Consent is missing: inbound is held as an error would stop it, outbound alone leaves what comes in free (S16). */
export function hold(
  pair: Pair,
  standing: Standing,
  direction: 'inbound' | 'outbound' | 'both',
  reason: string,
  isSaved: boolean,
): Standing {
  if (direction !== 'inbound' && (standing.kind === 'outbound' || standing.kind === 'merge'))
    return { kind: 'held', direction: 'outbound', reason }
  if (direction === 'outbound') return standing
  return stopInbound(pair, standing, reason, { kind: 'held', direction: 'inbound', reason }, isSaved)
}

function stopInbound(
  pair: Pair,
  standing: Standing,
  reason: string,
  inbound: Standing,
  isSaved: boolean,
): Standing {
  switch (standing.kind) {
    case 'inbound':
      return inbound
    case 'same':
      return { kind: 'same', rebase: false }
    case 'merge':
      return { kind: 'waiting', direction: 'outbound', reason, waitsFor: [] }
    case 'outbound': {
      const isUntouched = !standing.rebase && (pair.base !== null || pair.file === null)
      if (isUntouched && isSaved) return standing
      // To be written anew only because of old names: that is asked for again once commits come in (S18).
      if (!workspaceChanged(pair)) return { kind: 'same', rebase: false }
      return { kind: 'waiting', direction: 'outbound', reason, waitsFor: [] }
    }
    default:
      return standing
  }
}

export function flowsIn(standing: Standing | undefined): boolean {
  return standing?.kind === 'inbound' || standing?.kind === 'merge'
}

export function flowsOut(standing: Standing | undefined): boolean {
  return standing?.kind === 'outbound' || standing?.kind === 'merge'
}

/** Its change in the workspace stays where it is for now. */
export function isBlocked(pair: Pair, standing: Standing): boolean {
  if (standing.kind === 'left') return workspaceChanged(pair)
  if (standing.kind === 'waiting' || standing.kind === 'held') return standing.direction === 'outbound'
  return standing.kind === 'conflict'
}
