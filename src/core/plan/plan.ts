import type { FieldChange } from '../format/field-diff.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { FileKind } from '../model/kind.ts'
import type { FileRef } from '../model/resource.ts'

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
}

/** Both sides changed it, or a change of one and a change of the other do not go together (S28). */
export type ConflictEntry = PlanEntry & {
  readonly reason: string
  /** The other resources of a joint conflict; empty when the resource itself was changed on both sides. */
  readonly causes: readonly FileRef[]
}

/** Equal on both sides: the base moves, nothing is written. */
export type ConvergedEntry = {
  readonly kind: FileKind
  readonly slug: string
  readonly path: string | null
}

/** Needs consent (S16). */
export type HeldEntry = {
  readonly direction: 'inbound' | 'outbound' | 'both'
  readonly reason: 'deletions' | 'branch-gone' | 'path-emptied' | 'history-rewritten'
  readonly message: string
  readonly resources: readonly FileRef[]
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
