import { classifyPath, isFileMode } from '../../../core/format/classify.ts'
import { SCHEMA_FOLDERS } from '../../../core/model/kind.ts'
import type { FileEntry } from '../../../core/plan/snapshot.ts'
import type { TreeChange } from '../../../git/tree.ts'
import { basePaths, basesByPath } from '../../../store/bases.ts'
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
  const resources = changes.filter(({ path }) => classifyPath(path).kind === 'resource')
  const older = await olderBases(work, last, parting, resources)
  const located = resources.flatMap(({ path, status, mode, oid, faithful }): Located[] => {
    if (older.has(path)) return []
    return [{ path, blob: status !== 'D' && faithful && isFileMode(mode) ? oid : null }]
  })
  return readFiles(work, located)
}

/**
 * Paths whose base is older than the dropped commits: what was in conflict or set aside since then was never
 * agreed on, so what the rewrite left of it is still a change of Git's.
 */
async function olderBases(
  { repository, connection, db }: Work,
  last: string,
  parting: string,
  changes: readonly TreeChange[],
): Promise<ReadonlySet<string>> {
  const bases = await basesByPath(
    db,
    connection.id,
    changes.map(({ path }) => path),
  )
  const back = await repository.diffTree(parting, last, connection.path)
  const atLast = new Map(back.map(({ path, status, oid }) => [path, status === 'D' ? null : oid]))
  const unagreed = bases.filter(({ path, blob }) => atLast.get(path) !== blob)
  if (unagreed.length === 0) return new Set()
  const edges = await repository.lineage(last, parting)
  const dropped = new Set<string>()
  for await (const edge of repository.diffEdges(edges, { root: connection.path, paths: SCHEMA_FOLDERS }))
    for (const { path, oid } of edge) dropped.add(`${oid} ${path}`)
  return new Set(unagreed.flatMap(({ path, blob }) => (dropped.has(`${blob} ${path}`) ? [] : [path])))
}
