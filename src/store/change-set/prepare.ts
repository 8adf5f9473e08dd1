import { normalize, sameValue } from '../../core/format/normalize.ts'
import { sameJson } from '../../core/model/json.ts'
import { isFileKind, type Kind } from '../../core/model/kind.ts'
import { type ResourceKey, resourceKey, type Value } from '../../core/model/resource.ts'
import type { ChangeSetInput, ChangeSetOutcome, Rename, Stale, Write } from '../change-sets.ts'
import type { Db } from '../database.ts'
import { type Referrer, referrersOf } from '../references.ts'
import { resourcesByRef, type StoredResource } from '../resources.ts'
import { followRenames } from './rename.ts'

/** A resource as it will be. `before` null: it is new; `value` null: it goes. */
export type Prepared = {
  readonly kind: Kind
  readonly slug: string
  readonly before: StoredResource | null
  readonly value: Value | null
}
export type PreparedChanges = {
  readonly kind: 'prepared'
  readonly changes: readonly Prepared[]
  /** Writes whose value is there already: nothing to do, but part of the answer. */
  readonly unchanged: readonly StoredResource[]
  /** Who refers to what goes, moves or gets another source; those that are changed themselves included. */
  readonly referrers: readonly Referrer[]
}

export async function prepareChanges(
  tx: Db,
  input: ChangeSetInput,
): Promise<PreparedChanges | Extract<ChangeSetOutcome, { kind: 'stale' }>> {
  const refs = [...input.writes, ...input.deletes, ...input.renames.flatMap(bothEnds)]
  const present = await resourcesByRef(tx, input.workspaceId, refs)
  const stale = staleOf(input, present)
  if (stale.length > 0) return { kind: 'stale', stale }

  const following = await followers(tx, input, present)
  const changes = new Map<string, Prepared>()
  const unchanged: StoredResource[] = []
  for (const change of [...following, ...input.writes.map((write) => preparedWrite(write, input, present))]) {
    if (isUnchanged(change)) unchanged.push(change.before)
    else changes.set(resourceKey(change), change)
  }
  for (const ref of input.deletes) {
    const before = present.get(resourceKey(ref)) ?? null
    changes.set(resourceKey(ref), { kind: ref.kind, slug: ref.slug, before, value: null })
  }
  const list = [...changes.values()]
  const referrers = await referrersOf(tx, input.workspaceId, list.flatMap(unsettled))
  return { kind: 'prepared', changes: list, unchanged, referrers }
}

function bothEnds({ kind, from, to }: Rename): { kind: Kind; slug: string }[] {
  return [
    { kind, slug: from },
    { kind, slug: to },
  ]
}

function staleOf(input: ChangeSetInput, present: ReadonlyMap<ResourceKey, StoredResource>): Stale[] {
  const stale: Stale[] = []
  for (const { kind, slug, revision } of [...input.writes, ...input.deletes]) {
    const row = present.get(resourceKey({ kind, slug })) ?? null
    if (revision !== undefined && row?.revision !== revision) stale.push({ kind, slug, present: row })
  }
  for (const { kind, slug, isNew } of input.writes) {
    const row = present.get(resourceKey({ kind, slug }))
    if (isNew && row) stale.push({ kind, slug, present: row })
  }
  for (const ref of input.deletes) {
    if (!present.has(resourceKey(ref)) && ref.revision === undefined) {
      stale.push({ kind: ref.kind, slug: ref.slug, present: null })
    }
  }
  const leaving = new Set(input.renames.map(({ kind, from }) => resourceKey({ kind, slug: from })))
  for (const { kind, from, to } of input.renames) {
    if (!present.has(resourceKey({ kind, slug: from }))) stale.push({ kind, slug: from, present: null })
    const taken = present.get(resourceKey({ kind, slug: to }))
    if (taken && !leaving.has(resourceKey(taken))) stale.push({ kind, slug: to, present: taken })
  }
  return stale
}

/** Renamed resources under their new slug, and what refers to them with the reference rewritten (S18). */
async function followers(
  tx: Db,
  input: ChangeSetInput,
  present: ReadonlyMap<ResourceKey, StoredResource>,
): Promise<Prepared[]> {
  if (input.renames.length === 0) return []
  const olds = input.renames.map(({ kind, from }) => ({ kind, slug: from }))
  const referrers = await referrersOf(tx, input.workspaceId, olds)
  return followRenames(input.renames, present, referrers)
}

function preparedWrite(
  write: Write,
  input: ChangeSetInput,
  present: ReadonlyMap<ResourceKey, StoredResource>,
): Prepared {
  const { kind, slug } = write
  const renamed = input.renames.find((rename) => rename.kind === kind && rename.to === slug)
  const before = present.get(resourceKey({ kind, slug: renamed?.from ?? slug })) ?? null
  return { kind, slug, before, value: isFileKind(kind) ? normalize(kind, write.value) : write.value }
}

function isUnchanged(change: Prepared): change is Prepared & { before: StoredResource } {
  const { kind, slug, before, value } = change
  if (before === null || value === null || before.slug !== slug) return false
  return isFileKind(kind) ? sameValue(kind, before.value, value) : sameJson(before.value, value)
}

/** What others must be looked at for: it goes, has another slug, or a model has another source. */
function unsettled({ kind, slug, before, value }: Prepared): { kind: Kind; slug: string }[] {
  if (before === null) return []
  const moved = value === null || before.slug !== slug
  const resourced = value !== null && !sameJson(before.value.source, value.source)
  return moved || resourced ? [{ kind, slug: before.slug }] : []
}
