import { placeOf, SAME_PLACES } from '../../core/history/places.ts'
import type { SlugToday } from '../../core/history/restored-value.ts'
import { isFileKind } from '../../core/model/kind.ts'
import { type FileRef, resourceKey } from '../../core/model/resource.ts'
import { TARGET_KINDS } from '../../core/plan/catalog.ts'
import { type PlacedResource, placedResources } from '../../store/history-queries.ts'
import type { History } from './open-history.ts'
import { type FileAt, filesOf } from './read-files.ts'
import { tracePlaces } from './steps.ts'

/** A resource at a commit and today. `past` null: it did not exist; `now` null: it exists no more. */
export type WorkspacePair = { readonly past: FileAt | null; readonly now: PlacedResource | null }

export type PastAndNow = {
  readonly pairs: readonly WorkspacePair[]
  readonly slugToday: SlugToday
}

/**
 * Every resource of a commit with what it is today: followed through the renames since by its file's place, then,
 * for what is left, by kind and slug.
 */
export async function pairWithWorkspace(history: History, commit: string): Promise<PastAndNow> {
  const { db, workspace, connection, repository, agreed } = history
  const files = await filesOf(history, commit)
  const known = await repository.isAncestor(commit, agreed)
  const places = known ? await tracePlaces(history, agreed, commit) : SAME_PLACES
  const free = new Map(
    (await placedResources(db, workspace.id, connection.id)).map((resource) => [resource.id, resource]),
  )
  const byPath = new Map(
    [...free.values()].flatMap((row) => (row.file ? [[row.file.path, row] as const] : [])),
  )
  const today = new Map<string, PlacedResource>()
  const left: FileAt[] = []
  for (const file of files.values()) {
    const place = placeOf(places, file.path)
    const now = place === null ? undefined : byPath.get(place)
    if (now && now.ref.kind === file.ref.kind && free.delete(now.id)) today.set(file.path, now)
    else left.push(file)
  }
  const byKey = new Map([...free.values()].map((row) => [resourceKey(row.ref), row]))
  for (const file of left) {
    const now = byKey.get(resourceKey(file.ref))
    if (now && free.delete(now.id)) today.set(file.path, now)
  }
  const pairs = [
    ...[...files.values()].map((past) => ({ past, now: today.get(past.path) ?? null })),
    ...[...free.values()].map((now) => ({ past: null, now })),
  ]
  return { pairs, slugToday: slugTodayOf(files, today) }
}

/** What an old file calls something, it calls by its slug of then. */
function slugTodayOf(
  files: ReadonlyMap<string, FileAt>,
  today: ReadonlyMap<string, PlacedResource>,
): SlugToday {
  const renamed = new Map<string, string>()
  const there = new Set<string>()
  for (const { path, ref } of files.values()) {
    const now = today.get(path)
    there.add(resourceKey(ref))
    if (now && now.ref.slug !== ref.slug) renamed.set(resourceKey(ref), now.ref.slug)
  }
  return (target, slug) => {
    const kind = TARGET_KINDS[target].find(
      (one) => isFileKind(one) && there.has(resourceKey({ kind: one, slug })),
    )
    return (kind && renamed.get(resourceKey({ kind, slug }))) ?? slug
  }
}

/** The pair of one resource, by its slug today or, where nobody bears it today, by its slug then. */
export function onlyPair(pairs: readonly WorkspacePair[], ref: FileRef): WorkspacePair | null {
  const key = resourceKey(ref)
  const isIt = (one: { readonly ref: FileRef } | null) => one !== null && resourceKey(one.ref) === key
  return pairs.find(({ now }) => isIt(now)) ?? pairs.find(({ past }) => isIt(past)) ?? null
}

/** Nothing to look at: the workspace has what Git has, and Git has it unchanged since. */
export function isUnchanged({ past, now }: WorkspacePair): boolean {
  return (
    past !== null && now?.isAsAgreed === true && now.file?.path === past.path && now.file.blob === past.oid
  )
}
