import { SCHEMA_FOLDERS } from '../../core/model/kind.ts'
import type { Version, VersionChange } from '../../core/wire/history.ts'
import type { History } from './open-history.ts'
import { readOldFiles } from './read-files.ts'
import { type ChangedFile, changedFiles, stepOf } from './steps.ts'
import { changeBody, commitBody, countChanges } from './version.ts'

/** Where a page begins: so many commits of the walk from `head` are on the pages before it. */
export type SchemaCursor = { readonly head: string; readonly skip: number }

/** A page is over when it has read so many files: one commit may change all there are. */
const READS = 2_000
/** A commit that changes more is told by its paths: whose files they are by their content is not looked into. */
const LOOKED_INTO = 500
const NAMED = 10

/** Commits that changed a resource's file, the newest first. */
export async function schemaVersions(
  history: History,
  cursor: SchemaCursor,
  limit: number,
): Promise<{ items: Version[]; next: SchemaCursor | null }> {
  const { repository, connection } = history
  const walk = { from: cursor.head, root: connection.path, paths: SCHEMA_FOLDERS, skip: cursor.skip }
  const items: Version[] = []
  let { skip } = cursor
  let reads = 0
  for await (const commit of repository.walk(walk)) {
    const files = changedFiles(commit.changes)
    if (files.length > 0 && items.length > 0 && (items.length >= limit || reads >= READS)) {
      return { items, next: { head: cursor.head, skip } }
    }
    skip += 1
    if (files.length === 0) continue
    const changes = await changesOf(history, files)
    reads += files.length
    if (changes.length === 0) continue
    items.push({ ...commitBody(commit), counts: countChanges(changes), changes: changes.slice(0, NAMED) })
  }
  return { items, next: null }
}

async function changesOf(history: History, files: readonly ChangedFile[]): Promise<VersionChange[]> {
  const own = files.length > LOOKED_INTO ? files : await withoutGuests(history, files)
  return (await paired(history, own)).flatMap((file) => changeBody(file) ?? [])
}

async function withoutGuests(history: History, files: readonly ChangedFile[]): Promise<ChangedFile[]> {
  const old = await readOldFiles(
    history,
    files.flatMap(({ before, after }) => [before, after]),
  )
  return files.flatMap(({ before, after }) => {
    const [b, a] = [before, after].map((file) => (old(file)?.kind === 'guest' ? null : file))
    return b || a ? [{ before: b ?? null, after: a ?? null }] : []
  })
}

/** A file that went and the one that it is now are one. */
export async function paired(history: History, files: readonly ChangedFile[]): Promise<ChangedFile[]> {
  const { moves } = await stepOf(history, files)
  if (moves.size === 0) return [...files]
  const gone = new Map(
    files.flatMap(({ before, after }) => (before && !after ? [[before.path, before]] : [])),
  )
  const moved = new Set(moves.values())
  return files.flatMap((file) => {
    if (file.before && !file.after) return moved.has(file.before.path) ? [] : [file]
    const from = file.after && !file.before ? moves.get(file.after.path) : undefined
    return [from === undefined ? file : { before: gone.get(from) ?? null, after: file.after }]
  })
}
