import type { DoctorFacts } from './facts.ts'
import { type DoctorItem, fail, pass } from './item.ts'

/** The feature flag of A3. */
export function checkGitSync({
  workspace: { slug, gitSync, isArchived },
}: DoctorFacts): readonly DoctorItem[] {
  if (isArchived) {
    return [
      fail({
        id: 'git-sync',
        title: 'Git Sync',
        message: `${slug} is archived: nothing is synced.`,
        fix: 'Restore the workspace; an admin of it may.',
      }),
    ]
  }
  if (gitSync) return [pass('git-sync', 'Git Sync', `Git Sync is on for ${slug}.`)]
  return [
    fail({
      id: 'git-sync',
      title: 'Git Sync',
      message: `Git Sync is off for ${slug}: saves wait, and commits are not read.`,
      fix: 'Switch Git Sync on; an admin of the workspace may.',
      mend: { kind: 'switch-on' },
    }),
  ]
}
