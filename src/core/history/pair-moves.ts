import { type ComparedResource, findRenames } from '../format/compare-folders.ts'
import { resourceKey } from '../model/resource.ts'

export type MovedFile = ComparedResource & { readonly path: string }

/**
 * Which of a commit's new files are files that went: first those of the same kind and slug in another folder,
 * then what S18 calls a rename. By path, from new to gone.
 */
export function pairMoves(gone: readonly MovedFile[], added: readonly MovedFile[]): Map<string, string> {
  const goneByKey = new Map(gone.map((file) => [resourceKey(file.ref), file]))
  const moves = new Map<string, string>()
  const claimed = new Set<MovedFile>()
  for (const file of added) {
    const same = goneByKey.get(resourceKey(file.ref))
    if (same === undefined || claimed.has(same)) continue
    moves.set(file.path, same.path)
    claimed.add(same).add(file)
  }
  const free = (file: MovedFile) => !claimed.has(file)
  for (const [to, from] of findRenames(gone.filter(free), added.filter(free))) moves.set(to.path, from.path)
  return moves
}
