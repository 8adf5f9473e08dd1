import { findRenames } from '../format/compare-folders.ts'
import { type FileRef, type ResourceKey, resourceKey, type Value } from '../model/resource.ts'
import type { BaseEntry, FileEntry } from './snapshot.ts'

/** Bases as they would be if the commits that a rewrite dropped had never been agreed on (S16). */
export type FallenBases = {
  readonly bases: readonly BaseEntry[]
  /** Those that are other than stored, to be written when the plan is applied. */
  readonly changed: readonly BaseEntry[]
  /** Ids whose base goes: the file came with the dropped commits. */
  readonly dropped: readonly string[]
}

/**
 * Each base falls back to the merge base of both histories: `fallen` has, for every path that the dropped
 * commits touched, the file as it was there; null where there was none. `gone` has the ids of resources
 * that the dropped commits deleted.
 */
export function fallBack(
  bases: readonly BaseEntry[],
  fallen: ReadonlyMap<string, FileEntry | null>,
  gone: ReadonlyMap<ResourceKey, string>,
): FallenBases {
  if (fallen.size === 0) return { bases, changed: [], dropped: [] }
  const ids = new Map([...gone, ...bases.map((base) => [resourceKey(base.ref), base.id] as const)])
  const files = [...fallen.values()].flatMap((file) => (file?.kind === 'read' ? [file] : []))
  // What the dropped commits renamed has its old name again (S18).
  const renamed = findRenames<{ ref: FileRef; value: Value; id?: string }>(
    bases.filter((base) => fallen.has(base.path) && fallen.get(base.path) === null),
    files.filter((file) => !ids.has(resourceKey(file.ref))),
  )
  const changed: BaseEntry[] = files.flatMap((file) => {
    const id = ids.get(resourceKey(file.ref)) ?? renamed.get(file)?.id
    if (id === undefined) return []
    const { ref, path, blob, fileValue, value } = file
    return [{ id, ref, path, blob, fileValue, value }]
  })
  const back = new Set(changed.map(({ id }) => id))
  const isDropped = ({ id, path }: BaseEntry) => !back.has(id) && fallen.has(path)
  return {
    bases: [...bases.filter((base) => !back.has(base.id) && !isDropped(base)), ...changed],
    changed,
    dropped: bases.filter(isDropped).map(({ id }) => id),
  }
}
