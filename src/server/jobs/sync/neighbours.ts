import { referencesOf } from '../../../core/lint/references.ts'
import { isModelKind, isSchemaModelKind, SCHEMA_MODEL_KINDS } from '../../../core/model/kind.ts'
import { type FileRef, resourceKey, type Value } from '../../../core/model/resource.ts'
import { TARGET_KINDS } from '../../../core/plan/catalog.ts'
import type { SavedSet } from '../../../core/plan/commits/draft.ts'
import { pairUp, type Sides } from '../../../core/plan/pair-up.ts'
import type { Pair } from '../../../core/plan/snapshot.ts'

/** Those that others must be looked at for: gone, broken or renamed on a side, or of another source. */
export function unsettledRefs(sides: Sides): FileRef[] {
  const unsettled = pairUp(sides).filter((pair) => pair.role === 'touched' && isUnsettled(pair))
  return distinct(unsettled.flatMap(refsOf))
}

function isUnsettled({ base, workspace, file }: Pair): boolean {
  if (!base)
    return workspace === null || file === null
      ? false
      : sourceOf(workspace.value) !== sourceOf(readValue(file))
  if (!workspace || !file || file.kind === 'broken') return true
  if (workspace.ref.slug !== base.ref.slug || file.ref.slug !== base.ref.slug) return true
  const sources = [base.value, workspace.value, file.value].map(sourceOf)
  return isModelKind(base.ref.kind) && new Set(sources).size > 1
}

function readValue(file: NonNullable<Pair['file']>): Value {
  return file.kind === 'read' ? file.value : {}
}

function sourceOf(value: Value): unknown {
  return value.source
}

function refsOf({ base, workspace, file }: Pair): FileRef[] {
  return [base, workspace, file].flatMap((side) => (side ? [side.ref] : []))
}

/** Everything that the touched and the referrers refer to, on any side and in any queued save. */
export function neighboursOf(sides: Sides, sets: readonly SavedSet[]): FileRef[] {
  const values: { ref: FileRef; value: Value }[] = [
    ...sides.bases,
    ...sides.workspace,
    ...sides.files.flatMap((file) => (file.kind === 'read' ? [file] : [])),
    ...sets.flatMap((set) => set.changes.flatMap(({ ref, value }) => (value ? [{ ref, value }] : []))),
  ]
  const refs = values.flatMap(({ ref, value }) =>
    referencesOf(ref, value).flatMap(({ target, slug }) =>
      TARGET_KINDS[target].map((kind) => ({ kind, slug })),
    ),
  )
  return distinct(
    refs.flatMap(({ kind, slug }) => (kind === 'sources' || kind === 'destinations' ? [] : [{ kind, slug }])),
  )
}

/** Every name that a file says: an old one among them is resolved by its forward (S18). */
export function namedBy({ files }: Sides): string[] {
  const slugs = files.flatMap((file) =>
    file.kind === 'read' ? referencesOf(file.ref, file.value).map(({ slug }) => slug) : [],
  )
  return [...new Set(slugs)]
}

/** The name that each save gave: one between two saves is taken in Git for as long as a commit (S8). */
export function savedRefs(sets: readonly SavedSet[]): FileRef[] {
  return distinct(sets.flatMap(({ changes }) => changes.map(({ ref }) => ref)))
}

/** Parent, related and event models share one space of names (F1). */
export function sharingSlug(sides: Sides, saved: readonly FileRef[]): FileRef[] {
  const refs = [...[...sides.bases, ...sides.workspace, ...sides.files].map((side) => side.ref), ...saved]
  return distinct(
    refs.flatMap(({ kind, slug }) =>
      isSchemaModelKind(kind) ? SCHEMA_MODEL_KINDS.map((k) => ({ kind: k, slug })) : [],
    ),
  )
}

function distinct(refs: readonly FileRef[]): FileRef[] {
  return [...new Map(refs.map((ref) => [resourceKey(ref), ref])).values()]
}
