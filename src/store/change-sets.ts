import type { Finding } from '../core/model/diagnostic.ts'
import type { Kind } from '../core/model/kind.ts'
import type { ResourceRef, Value } from '../core/model/resource.ts'
import { checkChanges } from './change-set/check.ts'
import { type PreparedChanges, prepareChanges } from './change-set/prepare.ts'
import { writeChanges } from './change-set/write.ts'
import type { Db } from './database.ts'
import { enqueueSync, lockWorkspace, outboxOf } from './outbox.ts'
import type { StoredResource } from './resources.ts'

export type Actor = { readonly id: string | null; readonly name: string; readonly email: string }

/** Without `revision` it writes over whatever is there; with `isNew` nothing may be there. */
export type Write = {
  readonly kind: Kind
  readonly slug: string
  readonly value: Value
  readonly revision?: string | undefined
  readonly isNew?: boolean | undefined
}
export type Delete = ResourceRef & { readonly revision?: string | undefined }
export type Rename = { readonly kind: Kind; readonly from: string; readonly to: string }

export type ChangeSetKind =
  | 'save'
  | 'batch'
  | 'import'
  | 'resolution'
  | 'restore'
  | 'rollback'
  | 'promotion'
  | 'demo'
  | 'git'
  | 'first-sync'
  | 'resync'
  | 'mend'

export type ChangeSetInput = {
  readonly workspaceId: string
  readonly actor: Actor
  readonly kind: ChangeSetKind
  readonly message: string | null
  /** Of a rollback: the commit that it goes back to. */
  readonly rollbackTo?: string
  readonly writes: readonly Write[]
  readonly deletes: readonly Delete[]
  readonly renames: readonly Rename[]
}

export type Stale = ResourceRef & { readonly present: StoredResource | null }
export type Refusal = ResourceRef & { readonly findings: readonly Finding[] }

export type ChangeSetOutcome =
  | { readonly kind: 'saved'; readonly changeSetId: string; readonly resources: readonly StoredResource[] }
  | { readonly kind: 'stale'; readonly stale: readonly Stale[] }
  | { readonly kind: 'refused'; readonly findings: readonly Refusal[] }
  | {
      readonly kind: 'referenced'
      readonly kind_: Kind
      readonly slug: string
      readonly referrers: readonly ResourceRef[]
    }

/** All or nothing: resources, their references, the outbox and the job in one transaction (S7, S8). */
export async function commitChangeSet(db: Db, input: ChangeSetInput): Promise<ChangeSetOutcome> {
  return db.transaction().execute((tx) => commitChangeSetIn(tx, input))
}

/** The same inside a transaction of the caller, who rolls back when the outcome is not *saved*. */
export async function commitChangeSetIn(tx: Db, input: ChangeSetInput): Promise<ChangeSetOutcome> {
  const prepared = await checkChangeSetIn(tx, input)
  if (prepared.kind !== 'prepared') return prepared
  const outbox = await outboxOf(tx, input.workspaceId)
  const saved = await writeChanges(tx, input, prepared, outbox ? 'queued' : 'settled')
  if (outbox && saved.changed) await enqueueSync(tx, outbox.connectionId, outbox.batchSeconds)
  return { kind: 'saved', changeSetId: saved.changeSetId, resources: saved.resources }
}

/** As far as *nothing is written yet*: what would be, or why it would be refused. */
export async function checkChangeSetIn(
  tx: Db,
  input: ChangeSetInput,
): Promise<PreparedChanges | Exclude<ChangeSetOutcome, { kind: 'saved' }>> {
  await lockWorkspace(tx, input.workspaceId)
  const prepared = await prepareChanges(tx, input)
  if (prepared.kind !== 'prepared') return prepared
  return (await checkChanges(tx, input.workspaceId, prepared)) ?? prepared
}
