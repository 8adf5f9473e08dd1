import { type Places, placeOf, SAME_PLACES } from '../../core/history/places.ts'
import { type FileRef, resourceKey } from '../../core/model/resource.ts'
import type { History } from './open-history.ts'
import { type FileAt, filesOf } from './read-files.ts'
import { pathOfResource } from './resource-path.ts'
import { type ChangedFile, tracePlaces } from './steps.ts'

/** The files that differ between two commits; of a file that moved, where it was and where it is. */
export async function filesBetween(
  history: History,
  from: string | null,
  to: string,
): Promise<ChangedFile[]> {
  if (from === null) {
    return [...(await filesOf(history, to)).values()].map((after) => ({ before: null, after }))
  }
  const [before, after] = [await filesOf(history, from), await filesOf(history, to)]
  return differing(pairFiles(before, after, await placesBetween(history, from, to)))
}

/** How the files of one commit are called at another, whichever is the older; of two branches nothing is known. */
async function placesBetween(history: History, from: string, to: string): Promise<Places> {
  const { repository } = history
  if (await repository.isAncestor(from, to)) return tracePlaces(history, to, from)
  if (!(await repository.isAncestor(to, from))) return SAME_PLACES
  const back = await tracePlaces(history, from, to)
  return new Map([...back].flatMap(([earlier, later]) => (later === null ? [] : [[later, earlier] as const])))
}

/** By where each went, then, for what is left, by kind and slug: gone and back is a change. */
function pairFiles(
  before: ReadonlyMap<string, FileAt>,
  after: ReadonlyMap<string, FileAt>,
  places: Places,
): ChangedFile[] {
  const free = new Map(after)
  const pairs: ChangedFile[] = []
  const left: FileAt[] = []
  for (const file of before.values()) {
    const place = placeOf(places, file.path)
    const now = place === null ? undefined : free.get(place)
    if (now?.ref.kind !== file.ref.kind || !now) left.push(file)
    else {
      free.delete(now.path)
      pairs.push({ before: file, after: now })
    }
  }
  const byKey = new Map([...free.values()].map((file) => [resourceKey(file.ref), file]))
  for (const file of left) {
    const now = byKey.get(resourceKey(file.ref)) ?? null
    if (now && free.delete(now.path)) pairs.push({ before: file, after: now })
    else pairs.push({ before: file, after: null })
  }
  return [...pairs, ...[...free.values()].map((file) => ({ before: null, after: file }))]
}

function differing(pairs: readonly ChangedFile[]): ChangedFile[] {
  return pairs.filter(({ before, after }) => before?.oid !== after?.oid || before?.path !== after?.path)
}

/** A single resource by its identity today, else, when nobody has been that since, by its slug then. */
export async function onlyResource(
  history: History,
  files: readonly ChangedFile[],
  ref: FileRef,
  at: string,
): Promise<ChangedFile[]> {
  const path = await pathAt(history, ref, at)
  if (path !== null) return files.filter(({ before, after }) => (after ?? before)?.path === path)
  const isIt = (file: FileAt | null) => file !== null && resourceKey(file.ref) === resourceKey(ref)
  const after = files.filter((file) => isIt(file.after))
  return after.length > 0 ? after : files.filter((file) => isIt(file.before))
}

/** Where today's resource lay at a commit; null: nobody is called that today, or it was not there. */
async function pathAt(history: History, ref: FileRef, commit: string): Promise<string | null> {
  const today = await pathOfResource(history, ref)
  if (today === null) return null
  const places = await tracePlaces(history, history.head, commit)
  for (const [past, now] of places) if (now === today) return past
  return places.has(today) ? null : today
}
