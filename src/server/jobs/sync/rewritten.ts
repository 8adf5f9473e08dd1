import { classifyPath, isFileMode } from '../../../core/format/classify.ts'
import type { FileEntry } from '../../../core/plan/snapshot.ts'
import { basePaths } from '../../../store/bases.ts'
import { type Located, readFiles } from './read-files.ts'
import type { Work } from './work.ts'

/**
 * What the dropped commits touched, as it was where the two histories part (S16). Nothing in common, or
 * the old history is not in the cache any more: as if none of it had ever been agreed on.
 */
export async function fallenFiles(
  work: Work,
  last: string,
  head: string,
): Promise<Map<string, FileEntry | null>> {
  const { repository, connection } = work
  const isKept = await repository.hasCommit(last)
  const parting = isKept ? await repository.mergeBase(last, head) : null
  if (parting === null) {
    return new Map((await basePaths(work.db, connection.id)).map(({ path }) => [path, null]))
  }
  const changes = await repository.diffTree(last, parting, connection.path)
  const located = changes.flatMap(({ path, status, mode, oid, faithful }): Located[] => {
    if (classifyPath(path).kind !== 'resource') return []
    return [{ path, blob: status !== 'D' && faithful && isFileMode(mode) ? oid : null }]
  })
  return readFiles(work, located)
}
