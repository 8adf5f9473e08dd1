import type { Aliases } from '../../environments/aliases.ts'
import { spellAliases } from '../../environments/aliases.ts'
import { newPath } from '../../format/classify.ts'
import { fileValueOf, normalize, sameValue } from '../../format/normalize.ts'
import { referencesOf } from '../../lint/references.ts'
import { isSchemaModelKind, SCHEMA_MODEL_KINDS } from '../../model/kind.ts'
import {
  type FileRef,
  type FileValue,
  type ResourceKey,
  resourceKey,
  type Value,
} from '../../model/resource.ts'
import { theirsOf } from '../decide.ts'
import { asWritten, type Forwarded, rivals } from '../forwards.ts'
import type { ReadFile, Snapshot } from '../snapshot.ts'
import { errorsOf, faultOf, type Holding, type World, worldCatalog } from '../world.ts'
import type { FileWrite, SavedChange } from './draft.ts'

type Present = {
  readonly ref: FileRef
  readonly path: string
  readonly fileValue: FileValue
  readonly value: Value
}

/** A moment to go back to: how much had been written down by then. */
type Saved = { readonly steps: number }
type Step =
  | { readonly in: 'world'; readonly key: ResourceKey; readonly was: Holding | undefined }
  | { readonly in: 'present'; readonly key: string; readonly was: Present | undefined }

/** The repository while our commits are stacked on the head: what each file holds, and what is wrong with it. */
export class RepositoryState {
  readonly #present = new Map<string, Present>()
  readonly #world: Map<ResourceKey, Holding>
  /** What was there before each change of the two maps, so that going back costs what was changed (S30). */
  readonly #steps: Step[] = []
  readonly #referrers = new Map<string, Set<ResourceKey>>()
  readonly #forwarded = new Map<Holding, readonly Forwarded[]>()
  readonly #snapshot: Snapshot
  readonly #aliases: Aliases

  constructor(snapshot: Snapshot, head: World, aliases: Aliases) {
    this.#snapshot = snapshot
    this.#aliases = aliases
    this.#world = new Map(head)
    for (const pair of snapshot.pairs) {
      const id = pair.workspace?.id ?? pair.base?.id
      if (pair.file?.kind !== 'read' || id === undefined) continue
      const { ref, path, fileValue } = pair.file
      const value = theirsOf(pair.file, pair.base ? { ...pair, workspace: null } : pair)
      this.#present.set(id, { ref, path, fileValue, value })
    }
    for (const holding of head.values()) this.#index(holding)
    for (const { file } of snapshot.pairs) if (file?.kind === 'read') this.#remember(file)
  }

  /** A file that uses old names means other resources as soon as something takes these names (S18). */
  #remember({ ref, forwarded = [] }: ReadFile): void {
    const holding = this.#world.get(resourceKey(ref))
    if (!holding || forwarded.length === 0) return
    this.#forwarded.set(holding, forwarded)
    for (const { slug } of forwarded) this.#refers(slug, ref)
  }

  /**
   * What committing these changes writes; those that change no file are left out (S9), but for a file that
   * means something else by what is written beside it (S18).
   */
  writesOf(changes: readonly SavedChange[]): FileWrite[] {
    const last = new Map(changes.map((change) => [change.resourceId, change]))
    return [...last.values()].flatMap((change) => this.#writeOf(change))
  }

  #writeOf({ resourceId, ref, value }: SavedChange): FileWrite[] {
    const present = this.#present.get(resourceId)
    const before = present?.fileValue ?? null
    const wasValue = present?.value ?? null
    if (value === null) {
      if (!present) return []
      return [
        {
          resourceId,
          ref: present.ref,
          path: present.path,
          from: present.path,
          before,
          fileValue: null,
          value,
          wasValue,
        },
      ]
    }
    const stored = fileValueOf(
      ref.kind,
      spellAliases(ref.kind, value, this.#aliases, before),
      before,
      wasValue,
    )
    const path = present ? pathAfter(present, ref) : newPath(ref)
    if (before && present?.path === path) {
      const equal = sameValue(ref.kind, normalize(ref.kind, before), normalize(ref.kind, stored))
      if (equal && present.value && sameValue(ref.kind, present.value, value)) return []
      if (equal) return [{ resourceId, ref, path, from: path, before, fileValue: before, value, wasValue }]
    }
    return [
      { resourceId, ref, path, from: present?.path ?? null, before, fileValue: stored, value, wasValue },
    ]
  }

  /** Does it when no file has an error by it that it has not now; false: nothing was done. */
  tryWrites(writes: readonly FileWrite[]): boolean {
    const suspects = this.#suspects(writes)
    const before = new Map([...suspects].map((key) => [key, this.#faults(key)]))
    const saved = this.save()
    const isPlaced = this.#place(writes)
    const isWorse = (key: ResourceKey) => [...this.#faults(key)].some((fault) => !before.get(key)?.has(fault))
    if (!isPlaced || [...suspects].some(isWorse)) {
      this.restore(saved)
      return false
    }
    for (const { resourceId, ref, path, fileValue, value } of writes) {
      const isGone = fileValue === null || value === null
      this.#setPresent(resourceId, isGone ? undefined : { ref, path, fileValue, value })
    }
    return true
  }

  save(): Saved {
    return { steps: this.#steps.length }
  }

  restore(saved: Saved): void {
    for (const step of this.#steps.splice(saved.steps).reverse()) {
      if (step.in === 'world') put(this.#world, step.key, step.was)
      else put(this.#present, step.key, step.was)
    }
  }

  #setWorld(key: ResourceKey, holding: Holding | undefined): void {
    this.#steps.push({ in: 'world', key, was: this.#world.get(key) })
    put(this.#world, key, holding)
  }

  #setPresent(key: string, present: Present | undefined): void {
    this.#steps.push({ in: 'present', key, was: this.#present.get(key) })
    put(this.#present, key, present)
  }

  /** False: another resource has one of the names. */
  #place(writes: readonly FileWrite[]): boolean {
    for (const { resourceId, ref, fileValue } of writes) {
      const old = this.#present.get(resourceId)?.ref
      if (old && (fileValue === null || old.slug !== ref.slug)) this.#setWorld(resourceKey(old), undefined)
    }
    const isTaken = ({ resourceId, ref, fileValue }: FileWrite) =>
      fileValue !== null &&
      this.#present.get(resourceId)?.ref.slug !== ref.slug &&
      this.#world.has(resourceKey(ref))
    if (writes.some(isTaken)) return false
    for (const { ref, path, fileValue, value } of writes) {
      if (fileValue === null) continue
      const holding = { ref, path, value }
      this.#setWorld(resourceKey(ref), holding)
      this.#index(holding)
    }
    return true
  }

  #index({ ref, value }: Holding): void {
    if (value === null) return
    for (const { slug } of referencesOf(ref, value)) this.#refers(slug, ref)
  }

  #refers(slug: string, ref: FileRef): void {
    const keys = this.#referrers.get(slug)
    if (keys) keys.add(resourceKey(ref))
    else this.#referrers.set(slug, new Set([resourceKey(ref)]))
  }

  /** Everything that the writes could put at fault: themselves, who refers to them, who shares their slug. */
  #suspects(writes: readonly FileWrite[]): Set<ResourceKey> {
    const suspects = new Set<ResourceKey>()
    for (const { resourceId, ref } of writes) {
      suspects.add(resourceKey(ref))
      const old = this.#present.get(resourceId)?.ref
      for (const slug of new Set([ref.slug, old?.slug ?? ref.slug])) {
        for (const key of this.#referrers.get(slug) ?? []) suspects.add(key)
        if (isSchemaModelKind(ref.kind))
          for (const kind of SCHEMA_MODEL_KINDS) suspects.add(resourceKey({ kind, slug }))
      }
    }
    return suspects
  }

  #faults(key: ResourceKey): Set<string> {
    const holding = this.#world.get(key)
    if (!holding) return new Set()
    const catalog = worldCatalog(this.#world, this.#snapshot)
    return new Set(errorsOf(this.#world, catalog, this.#asRead(holding)).map(faultOf))
  }

  /** With what its old names mean now. */
  #asRead(holding: Holding): Holding {
    const forwarded = this.#forwarded.get(holding)
    if (!forwarded || holding.value === null) return holding
    const meant = forwarded.map((forward): Forwarded => {
      const isTaken = rivals(forward.kind).some((kind) =>
        this.#world.has(resourceKey({ kind, slug: forward.slug })),
      )
      return isTaken ? forward : { ...forward, slug: this.#present.get(forward.id)?.ref.slug ?? forward.slug }
    })
    return { ...holding, value: asWritten(holding.ref, holding.value, meant) }
  }
}

function put<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
  if (value === undefined) map.delete(key)
  else map.set(key, value)
}

/** A renamed file stays in its folder and keeps its ending (F2, F3); a contract event's folder is part of its name. */
function pathAfter(present: Present, ref: FileRef): string {
  if (present.ref.slug === ref.slug) return present.path
  const slash = present.path.lastIndexOf('/') + 1
  const dot = present.path.lastIndexOf('.')
  if (ref.kind === 'contract-events') return newPath(ref).replace(/\.yaml$/, present.path.slice(dot))
  const name = ref.slug.slice(ref.slug.lastIndexOf('/') + 1)
  return present.path.slice(0, slash) + name + present.path.slice(dot)
}
