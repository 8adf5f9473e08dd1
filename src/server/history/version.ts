import type { Version, VersionChange } from '../../core/wire/history.ts'
import type { WalkedCommit } from '../../git/walk.ts'
import type { ChangedFile } from './steps.ts'

/** A commit as the API names it. */
export function commitBody({ oid, subject, author }: Pick<WalkedCommit, 'oid' | 'subject' | 'author'>) {
  return {
    commit: oid,
    subject,
    author: { name: author.name, email: author.email },
    at: author.at.toISOString(),
  }
}

export function changeBody({ before, after }: ChangedFile): VersionChange | null {
  const file = after ?? before
  if (file === null) return null
  const { kind, slug } = file.ref
  const place = { kind, slug, path: file.path }
  if (before === null) return { ...place, change: 'added' }
  if (after === null) return { ...place, change: 'removed' }
  if (before.ref.slug === slug) return { ...place, change: 'changed' }
  return { ...place, change: 'renamed', from: before.ref.slug }
}

export function countChanges(changes: readonly VersionChange[]): Version['counts'] {
  const counts = { added: 0, changed: 0, removed: 0, renamed: 0 }
  for (const { change } of changes) counts[change] += 1
  return counts
}
