import { type JsonObject, withoutKey } from '../model/json.ts'
import { type FileKind, KINDS } from '../model/kind.ts'
import { type FileRef, type ResourceKey, resourceKey, type Value } from '../model/resource.ts'
import { diffValues, type FieldChange } from './field-diff.ts'
import { jsonbOrder } from './jsonb-order.ts'
import { sameValue, withoutEmptyBlocks } from './normalize.ts'

export type ComparedResource = { readonly ref: FileRef; readonly value: Value }

/** C4: one difference of two folders. `from` is the slug that a renamed resource had. */
export type ResourceChange = {
  readonly kind: FileKind
  readonly slug: string
  readonly change: 'added' | 'removed' | 'changed' | 'renamed'
  readonly from?: string
  readonly fields: readonly FieldChange[]
}

/** The differences in what resources mean, by kind and slug; order and style of files do not count (F23). */
export function compareResources(
  before: readonly ComparedResource[],
  after: readonly ComparedResource[],
): ResourceChange[] {
  const [old, now] = [byKey(before), byKey(after)]
  const removed = [...old.values()].filter(({ ref }) => !now.has(resourceKey(ref)))
  const added = [...now.values()].filter(({ ref }) => !old.has(resourceKey(ref)))
  const renamed = findRenames(removed, added)
  const gone = new Set([...renamed.values()].map(({ ref }) => ref))
  return [
    ...removed
      .filter(({ ref }) => !gone.has(ref))
      .map(({ ref, value }) => change(ref, 'removed', value, null)),
    ...added.map((resource) => {
      const from = renamed.get(resource)
      if (from === undefined) return change(resource.ref, 'added', null, resource.value)
      return { ...change(resource.ref, 'renamed', from.value, resource.value), from: from.ref.slug }
    }),
    ...[...now.values()].flatMap(({ ref, value }) => {
      const was = old.get(resourceKey(ref))?.value
      return was === undefined || sameValue(ref.kind, was, value) ? [] : [change(ref, 'changed', was, value)]
    }),
  ].sort(byKindAndSlug)
}

function byKey(resources: readonly ComparedResource[]): Map<ResourceKey, ComparedResource> {
  // Of two files with one slug the first counts, as everywhere.
  return new Map(resources.toReversed().map((resource) => [resourceKey(resource.ref), resource]))
}

function change(
  { kind, slug }: FileRef,
  what: ResourceChange['change'],
  before: Value | null,
  after: Value | null,
): ResourceChange {
  return { kind, slug, change: what, fields: diffValues(kind, before, after) }
}

/** S18: gone and new, of one kind, equal or differing in `name` alone, and the only such pair. From new to gone. */
export function findRenames<T extends ComparedResource>(
  removed: readonly T[],
  added: readonly T[],
): Map<T, T> {
  return new Map(groupAlike(removed, added).flatMap((group) => renameOf(group) ?? []))
}

/** What is gone and what is new, of one kind, and all of it equal but for `name`. */
export type Alike<T> = { readonly removed: readonly T[]; readonly added: readonly T[] }

/** S18: a new resource and the one that it was, as one entry; null where more than one could be it. */
export function renameOf<T>({ removed, added }: Alike<T>): [readonly [T, T]] | null {
  const [from, to] = [removed[0], added[0]]
  if (from === undefined || to === undefined || removed.length > 1 || added.length > 1) return null
  return [[to, from]]
}

export function groupAlike<T extends ComparedResource>(
  removed: readonly T[],
  added: readonly T[],
): Alike<T>[] {
  const groups = new Map<string, { removed: T[]; added: T[] }>()
  const groupOf = (resource: T) => {
    const key = contentKey(resource)
    const group = groups.get(key) ?? { removed: [], added: [] }
    groups.set(key, group)
    return group
  }
  for (const resource of removed) groupOf(resource).removed.push(resource)
  for (const resource of added) groupOf(resource).added.push(resource)
  return [...groups.values()].filter((group) => group.removed.length > 0 && group.added.length > 0)
}

function contentKey({ ref, value }: ComparedResource): string {
  const content: JsonObject = withoutEmptyBlocks(ref.kind, withoutKey(value, 'name'))
  return `${ref.kind} ${JSON.stringify(jsonbOrder(content))}`
}

function byKindAndSlug(a: ResourceChange, b: ResourceChange): number {
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.slug < b.slug ? -1 : 1)
}
