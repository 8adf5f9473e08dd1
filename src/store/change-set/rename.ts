import type { Reference } from '../../core/lint/references.ts'
import { respell } from '../../core/lint/respell.ts'
import { isFileKind, type Kind } from '../../core/model/kind.ts'
import { type ResourceKey, resourceKey } from '../../core/model/resource.ts'
import { targetsOf } from '../../core/plan/catalog.ts'
import type { Rename } from '../change-sets.ts'
import type { Referrer } from '../references.ts'
import type { StoredResource } from '../resources.ts'
import type { Prepared } from './prepare.ts'

/** The renamed under their new slug, and everybody who refers to them spelled anew. */
export function followRenames(
  renames: readonly Rename[],
  present: ReadonlyMap<ResourceKey, StoredResource>,
  referrers: readonly Referrer[],
): Prepared[] {
  const result = new Map<string, Prepared>()
  for (const row of referrers) {
    const value = respell(row, row.value, (reference) => newSlug(reference, renames))
    result.set(row.id, { kind: row.kind, slug: row.slug, before: row, value })
  }
  for (const { kind, from, to } of renames) {
    const before = present.get(resourceKey({ kind, slug: from }))
    if (!before) continue
    const value = result.get(before.id)?.value ?? before.value
    result.set(before.id, { kind, slug: to, before, value })
  }
  return [...result.values()]
}

function newSlug(reference: Reference, renames: readonly Rename[]): string | null {
  return renames.find((rename) => means(reference, rename))?.to ?? null
}

function means(reference: Reference, rename: Rename): boolean {
  return reference.slug === rename.from && targetsOf(rename.kind).includes(reference.target)
}

/** A contract's slug is part of its events' slugs and paths: it stays. */
export function canRename(kind: Kind): boolean {
  return !isFileKind(kind) || (kind !== 'event-contracts' && kind !== 'contract-events')
}
