import { classifyPath } from '../../core/format/classify.ts'
import { KIND_FOLDERS } from '../../core/model/kind.ts'
import type { FileRef } from '../../core/model/resource.ts'
import { agreedPath } from '../../store/history-queries.ts'
import { getResource } from '../../store/resources.ts'
import type { History } from './open-history.ts'

/**
 * Where a resource's file lies at the head: by its base, whatever it was called before, else by its slug. One
 * that is nowhere any more is looked for in the past. Null: it was never in Git.
 */
export async function pathOfResource(history: History, ref: FileRef): Promise<string | null> {
  const { db, workspace, connection, repository, head } = history
  const agreed = await agreedPath(db, workspace.id, connection.id, ref)
  if (agreed !== null) return agreed
  const folder = `${KIND_FOLDERS[ref.kind]}/`
  const names = await repository.listNames(head, connection.path, [folder.slice(0, -1)])
  const present = names.find((path) => isFileOf(path, ref))
  if (present !== undefined) return present
  // A new one that is not in Git yet is not the one that had its slug before.
  if (await getResource(db, workspace.id, ref.kind, ref.slug)) return null
  for await (const { changes } of repository.walk({ from: head, root: connection.path, paths: [folder] })) {
    const last = changes.find(({ path, faithful }) => faithful && isFileOf(path, ref))
    if (last) return last.path
  }
  return null
}

function isFileOf(path: string, { kind, slug }: FileRef): boolean {
  const file = classifyPath(path)
  return file.kind === 'resource' && file.ref.kind === kind && file.ref.slug === slug
}
