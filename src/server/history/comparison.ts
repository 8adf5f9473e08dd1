import { diffValues } from '../../core/format/field-diff.ts'
import { restoredValue, type SlugToday } from '../../core/history/restored-value.ts'
import { KINDS } from '../../core/model/kind.ts'
import type { FileRef, Value } from '../../core/model/resource.ts'
import type { ComparedEntry, Comparison } from '../../core/wire/history.ts'
import { type ResourceWithFile, resourcesWithFile } from '../../store/history-queries.ts'
import { fileText } from '../file-text.ts'
import { filesBetween, onlyResource } from './compare-commits.ts'
import type { History } from './open-history.ts'
import { type OldFile, type OldFiles, readOldFiles } from './read-files.ts'
import type { ChangedFile } from './steps.ts'
import { changeBody } from './version.ts'
import { isUnchanged, onlyPair, pairWithWorkspace, type WorkspacePair } from './workspace-pairs.ts'

export type Page = { readonly from: number; readonly limit: number; readonly text: boolean }
export type Compared = Pick<Comparison, 'changes' | 'diagnostics'> & { readonly next: number | null }

/** What differs between two commits; `from` null: everything is new. */
export async function compareCommits(
  history: History,
  from: string | null,
  to: string,
  only: FileRef | null,
  page: Page,
): Promise<Compared> {
  const all = await filesBetween(history, from, to)
  const files = only === null ? all : await onlyResource(history, all, only, to)
  const { items, next } = cut(files.toSorted(byPlace), page)
  const old = await readOldFiles(
    history,
    items.flatMap(({ before, after }) => [before, after]),
  )
  const changes = items.flatMap((file) => entryOfFiles(file, old, page.text))
  return { changes, diagnostics: faults(items, old), next }
}

/** What differs between a commit and the workspace as it is now. */
export async function compareWithWorkspace(
  history: History,
  from: string,
  only: FileRef | null,
  page: Page,
): Promise<Compared> {
  const { pairs, slugToday } = await pairWithWorkspace(history, from)
  const one = only && onlyPair(pairs, only)
  const wanted = only === null ? pairs : one ? [one] : []
  const differing = wanted.filter((pair) => !isUnchanged(pair)).toSorted(byRef)
  const { items, next } = cut(differing, page)
  const old = await readOldFiles(
    history,
    items.map(({ past }) => past),
  )
  const ids = items.flatMap(({ now }) => (now ? [now.id] : []))
  const today = await resourcesWithFile(history.db, history.connection.id, ids)
  const changes: ComparedEntry[] = []
  for (const pair of items) {
    const sides = { past: old(pair.past), now: (pair.now && today.get(pair.now.id)) ?? null }
    const entry = entryOfPair(pair, sides, slugToday)
    if (entry === null) continue
    const { past, now } = sides
    const text = page.text ? { text: { before: textOf(past), after: await textToday(history, now) } } : {}
    changes.push({ ...entry, ...text })
  }
  const files = items.map(({ past }) => ({ before: past, after: null }))
  return { changes, diagnostics: faults(files, old), next }
}

type Sides = { readonly past: OldFile | null; readonly now: ResourceWithFile | null }

/** Null: the same, or not ours. */
function entryOfPair(pair: WorkspacePair, { past, now }: Sides, slugToday: SlugToday): ComparedEntry | null {
  const ref = now?.ref ?? pair.past?.ref
  if (!ref || past?.kind === 'guest') return null
  const restored = past?.kind === 'read' ? restoredValue(ref, past.value, now, slugToday) : null
  const fields = past?.kind === 'broken' ? [] : diffValues(ref.kind, restored, now?.value ?? null)
  const from = now && pair.past && pair.past.ref.slug !== ref.slug ? pair.past.ref.slug : null
  if (fields.length === 0 && from === null && past?.kind !== 'broken') return null
  const change =
    now === null ? 'removed' : pair.past === null ? 'added' : from === null ? 'changed' : 'renamed'
  const path = pair.now?.file?.path ?? pair.past?.path ?? null
  return { ...ref, path, change, ...(from === null ? {} : { from }), fields }
}

function entryOfFiles(file: ChangedFile, old: OldFiles, withText: boolean): ComparedEntry[] {
  const [before, after] = [old(file.before), old(file.after)]
  const own: ChangedFile = {
    before: before?.kind === 'guest' ? null : file.before,
    after: after?.kind === 'guest' ? null : file.after,
  }
  const change = changeBody(own)
  const ref = (own.after ?? own.before)?.ref
  if (change === null || !ref) return []
  const unreadable = before?.kind === 'broken' || after?.kind === 'broken'
  const fields = unreadable ? [] : diffValues(ref.kind, valueIn(before), valueIn(after))
  const text = withText ? { text: { before: textOf(before), after: textOf(after) } } : {}
  return [{ ...change, fields, ...text }]
}

function valueIn(file: OldFile | null): Value | null {
  return file?.kind === 'read' ? file.value : null
}

function textOf(file: OldFile | null): string | null {
  return file === null || file.kind === 'guest' ? null : file.text
}

async function textToday(
  { context, workspace }: History,
  now: { readonly ref: FileRef; readonly value: Value } | null,
): Promise<string | null> {
  return now && (await fileText(context, workspace.id, now.ref, now.value)).text
}

function faults(files: readonly ChangedFile[], old: OldFiles): Comparison['diagnostics'] {
  return files.flatMap(({ before, after }) =>
    [before, after].flatMap((file) => {
      const read = old(file)
      return read?.kind === 'broken' ? [...read.diagnostics] : []
    }),
  )
}

function cut<T>(list: readonly T[], { from, limit }: Page): { items: readonly T[]; next: number | null } {
  const end = from + limit
  return { items: list.slice(from, end), next: list.length > end ? end : null }
}

function byPlace(a: ChangedFile, b: ChangedFile): number {
  return compareRefs((a.after ?? a.before)?.ref, (b.after ?? b.before)?.ref)
}

function byRef(a: WorkspacePair, b: WorkspacePair): number {
  return compareRefs((a.now ?? a.past)?.ref, (b.now ?? b.past)?.ref)
}

function compareRefs(a: FileRef | undefined, b: FileRef | undefined): number {
  if (!a || !b) return 0
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0)
}
