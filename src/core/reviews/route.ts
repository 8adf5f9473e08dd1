import { referencesOf } from '../lint/references.ts'
import { type FileRef, type ResourceKey, resourceKey, type Value } from '../model/resource.ts'
import { TARGET_KINDS } from '../plan/catalog.ts'
import type { Person, SavedChange, SavedSet } from '../plan/commits/draft.ts'
import type { Pair } from '../plan/snapshot.ts'
import { idOf } from './proposal.ts'

/** Where a save goes: to the branch itself, to an open review, or to a new one of its author. */
export type Target =
  | { readonly kind: 'branch' }
  | { readonly kind: 'review'; readonly id: string }
  | { readonly kind: 'new'; readonly person: Person }

export type Routed = { readonly target: Target; readonly sets: readonly SavedSet[] }

export type Routing = {
  readonly pairs: readonly Pair[]
  /** In the order in which they were saved. */
  readonly sets: readonly SavedSet[]
  /** Resources that have something to send. */
  readonly leaving: ReadonlySet<string>
  /** The review that each resource is in. */
  readonly home: ReadonlyMap<string, string>
  /** Open reviews, each of one person. */
  readonly open: readonly { readonly id: string; readonly person: Person }[]
  /** What belongs to no review yet goes to one of its author's. */
  readonly isReviewed: boolean
}

const BRANCH: Target = { kind: 'branch' }

/**
 * S21: a save joins the review that one of its resources is in, or that has what it needs; else it goes to its
 * author's. One that touches the resources of two reviews is parted. What has nothing to send stays with the branch.
 */
export function routeSets({ pairs, sets, leaving, home, open, isReviewed }: Routing): Routed[] {
  const relations = new Relations(pairs)
  const assigned = new Map<string, Target>(
    [...home].map(([id, review]) => [id, { kind: 'review', id: review }]),
  )
  const routed = new Map<string, { target: Target; sets: SavedSet[] }>()
  const send = (target: Target, set: SavedSet) => {
    const key = keyOf(target)
    const place = routed.get(key)
    if (place) place.sets.push(set)
    else routed.set(key, { target, sets: [set] })
  }
  for (const set of sets) {
    const going = set.changes.filter(({ resourceId }) => leaving.has(resourceId))
    const own = () => (isReviewed ? ownReview(set.author, open) : BRANCH)
    const target = joined(going, assigned, relations) ?? own()
    const at = new Map<string, { target: Target; changes: SavedChange[] }>()
    const put = (to: Target, change: SavedChange | null) => {
      const part = at.get(keyOf(to)) ?? { target: to, changes: [] }
      at.set(keyOf(to), part)
      if (change) part.changes.push(change)
    }
    if (set.touchesManifest || set.touchesAliases) put(target, null)
    for (const change of set.changes) {
      const to = leaving.has(change.resourceId) ? (assigned.get(change.resourceId) ?? target) : BRANCH
      if (to.kind !== 'branch') assigned.set(change.resourceId, to)
      put(to, change)
    }
    for (const part of at.values()) {
      const isMain = keyOf(part.target) === keyOf(target)
      send(part.target, { ...set, changes: part.changes, ...(isMain ? {} : NO_OWN_FILES) })
    }
  }
  return [...routed.values()]
}

const NO_OWN_FILES = { touchesManifest: false, manifestChangeIds: [], touchesAliases: false } as const

export function keyOf(target: Target): string {
  if (target.kind === 'branch') return 'branch'
  return target.kind === 'review' ? `review ${target.id}` : `new ${personKey(target.person)}`
}

/** One open review a person: people are told apart by their address. */
export function personKey({ email }: Person): string {
  return email.toLowerCase()
}

function ownReview(person: Person, open: Routing['open']): Target {
  const found = open.find((review) => personKey(review.person) === personKey(person))
  return found ? { kind: 'review', id: found.id } : { kind: 'new', person }
}

function joined(
  changes: readonly SavedChange[],
  assigned: ReadonlyMap<string, Target>,
  relations: Relations,
): Target | null {
  for (const { resourceId } of changes) {
    const there = assigned.get(resourceId)
    if (there) return there
  }
  for (const change of changes) {
    for (const id of relations.neededBy(change)) {
      const there = assigned.get(id)
      if (there) return there
    }
  }
  return null
}

/** Which resources a change cannot go without, as the branch is now. */
class Relations {
  readonly #byKey = new Map<ResourceKey, Pair>()
  readonly #byId = new Map<string, Pair>()
  readonly #referrers = new Map<ResourceKey, string[]>()

  constructor(pairs: readonly Pair[]) {
    for (const pair of pairs) {
      const id = idOf(pair)
      if (id === null) continue
      this.#byId.set(id, pair)
      if (pair.workspace) this.#byKey.set(resourceKey(pair.workspace.ref), pair)
      if (pair.file?.kind !== 'read') continue
      for (const key of targetsOf(pair.file.ref, pair.file.value)) {
        this.#referrers.set(key, [...(this.#referrers.get(key) ?? []), id])
      }
    }
  }

  /** What it refers to and the branch has not by that name; of one that goes, or changes its name, who refers to it there. */
  neededBy({ resourceId, ref, value }: SavedChange): string[] {
    const missing = value === null ? [] : targetsOf(ref, value).flatMap((key) => this.#missing(key))
    const file = this.#byId.get(resourceId)?.file
    const leaves = file && (value === null || file.ref.slug !== ref.slug)
    return [...missing, ...(leaves ? (this.#referrers.get(resourceKey(file.ref)) ?? []) : [])]
  }

  #missing(key: ResourceKey): string[] {
    const pair = this.#byKey.get(key)
    if (!pair?.workspace || pair.file?.ref.slug === pair.workspace.ref.slug) return []
    return [pair.workspace.id]
  }
}

function targetsOf(ref: FileRef, value: Value): ResourceKey[] {
  return referencesOf(ref, value).flatMap(({ target, slug }) =>
    TARGET_KINDS[target].map((kind) => resourceKey({ kind, slug })),
  )
}
