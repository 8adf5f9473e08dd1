import type { ConnectionKind, Kind } from '../model/kind.ts'
import type { FileRef, FileValue, ResourceKey, Value } from '../model/resource.ts'
import type { Reviews } from '../reviews/proposal.ts'
import type { Forwarded } from './forwards.ts'
import type { Problem } from './problem.ts'

/** What both sides last agreed on (S2). `value` is the workspace's, with blocks that the file does not manage. */
export type BaseEntry = {
  readonly id: string
  readonly ref: FileRef
  readonly path: string
  readonly blob: string
  readonly fileValue: FileValue
  readonly value: Value
}

export type WorkspaceEntry = {
  readonly id: string
  readonly ref: FileRef
  readonly value: Value
  readonly revision: string
}

/** A file at the head. `value` is its value after aliases and forwards, normalised (F23, S18). */
export type FileEntry =
  | {
      readonly kind: 'read'
      readonly ref: FileRef
      readonly path: string
      readonly blob: string
      readonly fileValue: FileValue
      readonly value: Value
      /** Warnings and notices. */
      readonly problems: readonly Problem[]
      /** References that it makes by the old name of a renamed resource. */
      readonly forwarded?: readonly Forwarded[]
    }
  | {
      readonly kind: 'broken'
      readonly ref: FileRef
      readonly path: string
      readonly blob: string
      readonly problems: readonly Problem[]
    }
export type ReadFile = Extract<FileEntry, { kind: 'read' }>

/**
 * One resource on three sides. `touched`: it may have changed on a side. `referrer`: it refers to one that
 * may go or change its source, so its references are checked again. `context`: it is only referred to.
 */
export type Pair = {
  readonly role: 'touched' | 'referrer' | 'context'
  readonly base: BaseEntry | null
  readonly workspace: WorkspaceEntry | null
  readonly file: FileEntry | null
  /** Other files of the same kind and slug at the head: an error (F2). */
  readonly twins: readonly FileEntry[]
  /** Which group it is of, of gone bases and new files of one value: nobody can say which became which (S18). */
  readonly lookalikes?: number
}

/** A saved change set that is not in Git yet, with the resources that it changed. */
export type QueuedSet = { readonly id: string; readonly resourceIds: readonly string[] }

/**
 * All that a plan depends on. It holds what may have changed with its neighbours, not everything (S30);
 * the shell that takes it guarantees that whatever a touched resource or a referrer refers to is in `pairs`
 * when it exists on any side.
 */
export type Snapshot = {
  readonly mode: 'first' | 'following'
  readonly firstSync: 'ask' | 'workspace' | 'git'
  /** What the first sync asked about and nobody has settled: nothing was agreed on yet, in later runs too (S29). */
  readonly asked: ReadonlySet<ResourceKey>
  readonly head: string | null
  /** The last commit whose state was applied. */
  readonly base: string | null
  readonly branch: 'ok' | 'gone' | 'emptied' | 'rewritten'
  readonly pairs: readonly Pair[]
  readonly connections: Readonly<Record<ConnectionKind, ReadonlySet<string>>>
  /** Identities of the errors that the last applied commit had (S14). */
  readonly known: ReadonlySet<string>
  /** Files that were set aside or pending at the last applied commit and are as they were. */
  readonly leftAlone: ReadonlySet<string>
  /** Problems of the alias file itself (E3). */
  readonly aliasProblems: readonly Problem[]
  readonly queued: readonly QueuedSet[]
  /** Ids of resources whose files are to say the present names where they use old ones (S18). */
  readonly mend: ReadonlySet<string>
  /** Every inbound change waits for consent (S19). */
  readonly needsApproval: boolean
  /** Digests that somebody approved (S16). */
  readonly approved: ReadonlySet<string>
  readonly totals: { readonly resources: number; readonly files: number }
  /** Ids of new resources whose place at the head holds a file that is not ours (F4): nothing is written there. */
  readonly occupied: ReadonlySet<string>
  /** What looks like a secret and may go to Git all the same (Z12), as `allowanceOf` writes it. */
  readonly allowedSecrets: ReadonlySet<string>
  /** What open reviews propose, and what closed ones did (S21). */
  readonly reviews?: Reviews
  readonly aliasFile: string
  /** Slugs of a kind, for "did you mean". */
  readonly names: ReadonlyMap<Kind, readonly string[]>
}
