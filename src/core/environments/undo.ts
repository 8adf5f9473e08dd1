import { diffValues, type FieldChange } from '../format/field-diff.ts'
import { sameValue } from '../format/normalize.ts'
import { type FileRef, resourceKey, type Value } from '../model/resource.ts'

/** What a change set did to one resource, and what has become of it. */
export type DoneChange = FileRef & {
  readonly resourceId: string
  /** Its slug before; the same unless it was renamed. */
  readonly wasSlug: string
  readonly before: Value | null
  readonly after: Value | null
  /** As it is now; null: it is gone. */
  readonly now: { readonly slug: string; readonly value: Value; readonly revision: string } | null
}

export type Undo = {
  readonly writes: readonly (FileRef & { readonly value: Value; readonly revision: string | null })[]
  readonly deletes: readonly (FileRef & { readonly revision: string })[]
  readonly renames: readonly { readonly kind: FileRef['kind']; readonly from: string; readonly to: string }[]
  readonly changes: readonly (FileRef & {
    readonly change: 'added' | 'changed' | 'removed' | 'renamed'
    readonly from?: string
    readonly fields: readonly FieldChange[]
  })[]
  /** Somebody changed these since: nobody's work is undone with it. */
  readonly changedSince: readonly FileRef[]
}

/** The change set that takes another one back, where nothing came on top of it. */
export function planUndo(done: readonly DoneChange[]): Undo {
  const undo = {
    writes: [] as Undo['writes'][number][],
    deletes: [] as Undo['deletes'][number][],
    renames: [] as Undo['renames'][number][],
    changes: [] as Undo['changes'][number][],
    changedSince: [] as FileRef[],
  }
  for (const { kind, slug, wasSlug, before, after, now } of done) {
    if (!isAsDone({ kind, slug, after, now })) {
      undo.changedSince.push({ kind, slug: now?.slug ?? slug })
      continue
    }
    const fields = diffValues(kind, after, before)
    if (before === null) {
      if (now) undo.deletes.push({ kind, slug, revision: now.revision })
      undo.changes.push({ kind, slug, change: 'removed', fields })
      continue
    }
    const isRenamed = after !== null && wasSlug !== slug
    if (isRenamed) undo.renames.push({ kind, from: slug, to: wasSlug })
    undo.writes.push({
      kind,
      slug: wasSlug,
      value: before,
      revision: isRenamed ? null : (now?.revision ?? null),
    })
    const change = after === null ? 'added' : isRenamed ? 'renamed' : 'changed'
    undo.changes.push({ kind, slug: wasSlug, change, ...(isRenamed ? { from: slug } : {}), fields })
  }
  return { ...undo, changedSince: unique(undo.changedSince) }
}

function isAsDone({ kind, slug, after, now }: Pick<DoneChange, 'kind' | 'slug' | 'after' | 'now'>): boolean {
  if (after === null || now === null) return after === null && now === null
  return now.slug === slug && sameValue(kind, now.value, after)
}

function unique(refs: readonly FileRef[]): FileRef[] {
  return [...new Map(refs.map((ref) => [resourceKey(ref), ref])).values()]
}
