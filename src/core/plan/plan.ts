import type { FieldChange } from '../format/field-diff.ts'
import type { Assessment } from '../impact/impact-of.ts'
import type { MergeField } from '../merge/merge-field.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { FileKind } from '../model/kind.ts'
import type { FileRef, ResourceRef } from '../model/resource.ts'

export type Change = 'added' | 'changed' | 'removed' | 'renamed'

/** A change that a side will take from the other. */
export type PlanEntry = {
  readonly kind: FileKind
  readonly slug: string
  readonly path: string | null
  readonly change: Change
  /** The slug before a rename. */
  readonly from?: string
  readonly fields: readonly FieldChange[]
  /** How bad it is for what depends on the resource, and why. */
  readonly impact: Assessment
  /** What depends on it, here (`workspace` null) and in other workspaces on the same files. */
  readonly dependents?: readonly (ResourceRef & { readonly workspace: string | null })[]
}

/** Both sides changed it, or a change of one and a change of the other do not go together (S28). */
export type ConflictEntry = PlanEntry & {
  readonly reason: string
  /** The fields that are in conflict, with what each side has there (S4). */
  readonly choices: readonly MergeField[]
  /** Nothing was ever agreed on: what only one side has is asked about too (S29). */
  readonly isFirst: boolean
  /** The other resources of a joint conflict; empty when the resource itself was changed on both sides. */
  readonly causes: readonly FileRef[]
}

/** Equal on both sides: the base moves, nothing is written. */
export type ConvergedEntry = {
  readonly kind: FileKind
  readonly slug: string
  readonly path: string | null
}

export const HELD_REASONS = [
  'deletions',
  'reassignment',
  'approval',
  'path-emptied',
  'branch-gone',
  'history-rewritten',
] as const
export type HeldReason = (typeof HELD_REASONS)[number]

/** A direction that waits, whole, for somebody's consent (S16, S19). */
export type HeldEntry = {
  readonly direction: 'inbound' | 'outbound' | 'both'
  readonly reason: HeldReason
  readonly message: string
  /** All that the direction would do. */
  readonly changes: readonly PlanEntry[]
  /** Seals `changes` by value: what is approved is this and nothing else. One digest a direction. */
  readonly digest: string
}

/** A file that is left alone, and why. */
export type LeftEntry = {
  readonly kind: FileKind
  readonly slug: string
  readonly path: string
  readonly reason: string
}

/** A change that is fine by itself but needs another one that cannot flow yet (S28). */
export type WaitingEntry = PlanEntry & {
  readonly direction: 'inbound' | 'outbound'
  readonly reason: string
  readonly waitsFor: readonly FileRef[]
  /** What looks like a secret and keeps it out of Git (Z12). */
  readonly secret?: { readonly path: string; readonly what: string }
}

/** The one value that says what a sync will do (S1). */
export type Plan = {
  readonly version: 1
  readonly head: string | null
  readonly base: string | null
  /** A new error at the head: nothing comes in until it is mended (S14). */
  readonly stopped: boolean
  readonly inbound: readonly PlanEntry[]
  readonly outbound: readonly PlanEntry[]
  readonly conflicts: readonly ConflictEntry[]
  readonly converged: readonly ConvergedEntry[]
  readonly held: readonly HeldEntry[]
  readonly aside: readonly LeftEntry[]
  readonly pending: readonly LeftEntry[]
  readonly waiting: readonly WaitingEntry[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Nothing comes in, and the last applied commit stays where it is: a new error, or consent is missing (S14, S16). */
export function isInboundBlocked({ stopped, held }: Pick<Plan, 'stopped' | 'held'>): boolean {
  return stopped || held.some(({ direction }) => direction !== 'outbound')
}
