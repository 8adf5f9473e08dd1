import type { FileKind } from '../../model/kind.ts'
import type { FileRef, FileValue, Value } from '../../model/resource.ts'

export type Person = { readonly name: string; readonly email: string }

/** What a rollback goes back to, and whether one resource does or more. */
export type Rollback = { readonly to: string; readonly isOne: boolean }

/** A saved change set that waits to be committed. */
export type SavedSet = {
  readonly id: string
  readonly kind: string
  readonly author: Person
  /** Milliseconds since 1970. */
  readonly savedAt: number
  readonly message: string | null
  /** Of a rollback: the commit that it goes back to. */
  readonly rollbackTo?: string | null
  readonly changes: readonly SavedChange[]
  /** It changed a source or destination: the manifest may follow by itself (F16). */
  readonly touchesManifest: boolean
  /** Its rows of the outbox that are in Git when the manifest is. */
  readonly manifestChangeIds: readonly string[]
  /** It changed the aliases in the app (F17). */
  readonly touchesAliases: boolean
}

export type SavedChange = {
  readonly id: string
  readonly resourceId: string
  readonly ref: FileRef
  /** Null: deleted. */
  readonly value: Value | null
  /** A merge took place since: `value` is what came of it, and goes out once for all the saves before it (S7). */
  readonly isMerged: boolean
}

/** One file of a commit. `from`: where it lay, null when it is new; `fileValue` null: it goes. */
export type FileWrite = {
  readonly resourceId: string
  readonly ref: FileRef
  readonly path: string
  readonly from: string | null
  readonly before: FileValue | null
  readonly fileValue: FileValue | null
  /** What the workspace has by it: the base's value once it is pushed. */
  readonly value: Value | null
  readonly wasValue: Value | null
}

/** The manifest or the alias file with its new text. */
export type GeneratedWrite = {
  readonly kind: 'manifest' | 'aliases'
  readonly path: string
  readonly text: string
  /** There is none at the head. */
  readonly isNew: boolean
}

export type CommitDraft = {
  readonly author: Person
  readonly coauthors: readonly Person[]
  readonly savedAt: number
  readonly subject: string
  readonly message: string | null
  readonly writes: readonly FileWrite[]
  /** Files that stay as they are and mean something else by it: their base moves (S2, S18). */
  readonly readAnew: readonly FileWrite[]
  readonly generated: readonly GeneratedWrite[]
  /** Rows of the outbox that are in Git once this is pushed. */
  readonly changeIds: readonly string[]
}

/** False: the file stays as it is, and only means something else (S18). */
export function changesFile({ path, from, before, fileValue }: FileWrite): boolean {
  return from !== path || before === null || fileValue !== before
}

/** Phase 1 brings what others refer to, phase 2 what refers and what nobody refers to any more (S8). */
export function phaseOf({ ref, fileValue }: Pick<FileWrite, 'ref' | 'fileValue'>): 1 | 2 {
  const refers = REFERRING.includes(ref.kind)
  const goes = fileValue === null
  return refers === goes || CONTRACTS.includes(ref.kind) ? 1 : 2
}
const REFERRING: readonly FileKind[] = ['model-relationships', 'syncs']
const CONTRACTS: readonly FileKind[] = ['event-contracts', 'contract-events']
