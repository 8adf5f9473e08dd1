import { newPath } from '../../../core/format/classify.ts'
import { KIND_FOLDERS } from '../../../core/model/kind.ts'
import type { Pair } from '../../../core/plan/snapshot.ts'
import type { Work } from './work.ts'

/** Ids of new resources whose place at the head is somebody else's (F4, S9). Looked up only when there are any. */
export async function occupiedPlaces(
  work: Work,
  head: string | null,
  pairs: readonly Pair[],
): Promise<ReadonlySet<string>> {
  const places = new Map<string, string>()
  const folders = new Set<string>()
  for (const { base, workspace, file } of pairs) {
    if (base || file || !workspace) continue
    places.set(workspace.id, newPath(workspace.ref))
    folders.add(KIND_FOLDERS[workspace.ref.kind])
  }
  if (head === null || places.size === 0) return new Set()
  const names = await work.repository.listNames(head, work.connection.path, [...folders])
  // Two names that differ by case alone are one file on some file systems (F5).
  const taken = new Set(names.map((name) => name.toLowerCase()))
  return new Set([...places].filter(([, path]) => taken.has(path.toLowerCase())).map(([id]) => id))
}
