import { findRenames } from '../format/compare-folders.ts'
import { type FileRef, resourceKey, type Value } from '../model/resource.ts'

/** `value` null: it cannot be read, so nothing is equal to it. */
export type MovedFile = { readonly path: string; readonly ref: FileRef; readonly value: Value | null }

/**
 * Which of a commit's new files are files that went: first those of the same kind and slug in another folder,
 * then what S18 calls a rename. By path, from new to gone.
 */
export function pairMoves(gone: readonly MovedFile[], added: readonly MovedFile[]): Map<string, string> {
  const goneByKey = new Map(gone.map((file) => [resourceKey(file.ref), file]))
  const moves = new Map<string, string>()
  const claimed = new Set<string>()
  for (const { path, ref } of added) {
    const same = goneByKey.get(resourceKey(ref))
    if (same === undefined || claimed.has(same.path)) continue
    moves.set(path, same.path)
    claimed.add(same.path).add(path)
  }
  const free = (files: readonly MovedFile[]) =>
    files.flatMap(({ path, ref, value }) =>
      value === null || claimed.has(path) ? [] : [{ path, ref, value }],
    )
  for (const [to, from] of findRenames(free(gone), free(added))) moves.set(to.path, from.path)
  return moves
}
