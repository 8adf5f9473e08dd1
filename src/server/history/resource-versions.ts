import { diffValues, type FieldChange } from '../../core/format/field-diff.ts'
import type { FileRef } from '../../core/model/resource.ts'
import type { Version } from '../../core/wire/history.ts'
import { type FollowedVersion, Follower, type Line } from './follow.ts'
import type { History } from './open-history.ts'
import { type OldFiles, readOldFiles } from './read-files.ts'
import { pathOfResource } from './resource-path.ts'
import { changeBody, commitBody, countChanges } from './version.ts'

/** Where the history of a resource begins; none when it was never in Git. */
export async function firstLines(history: History, ref: FileRef): Promise<Line[]> {
  const path = await pathOfResource(history, ref)
  return path === null ? [] : [{ start: history.head, path, skip: 0 }]
}

/** Commits that changed one resource's file, the newest first, each with the fields that it changed. */
export async function resourceVersions(
  history: History,
  lines: readonly Line[],
  limit: number,
): Promise<{ items: Version[]; next: readonly Line[] | null }> {
  const follower = await Follower.open(history, lines)
  try {
    const found: FollowedVersion[] = []
    for (;;) {
      const before = follower.lines
      const version = await follower.next()
      if (version === null) return { items: await bodies(history, found), next: null }
      if (found.length === limit) return { items: await bodies(history, found), next: before }
      found.push(version)
    }
  } finally {
    await follower.close()
  }
}

async function bodies(history: History, versions: readonly FollowedVersion[]): Promise<Version[]> {
  const files = versions.flatMap(({ before, after }) => [before, after])
  const old = await readOldFiles(history, files)
  return versions.flatMap((version) => {
    const change = changeBody(version)
    if (change === null) return []
    const changes = [{ ...change, fields: fieldsOf(version, old) }]
    return [{ ...commitBody(version.commit), counts: countChanges(changes), changes }]
  })
}

/** A side that cannot be read has no fields to tell. */
function fieldsOf({ before, after }: FollowedVersion, old: OldFiles): FieldChange[] {
  const file = after ?? before
  const [b, a] = [old(before), old(after)]
  if (!file || (b && b.kind !== 'read') || (a && a.kind !== 'read')) return []
  return diffValues(file.ref.kind, b?.value ?? null, a?.value ?? null)
}
