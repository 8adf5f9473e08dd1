import { NO_ALIASES } from '../../src/core/environments/aliases.ts'
import { newPath } from '../../src/core/format/classify.ts'
import { referencesOf } from '../../src/core/lint/references.ts'
import { type FileRef, type ResourceKey, resourceKey, type Value } from '../../src/core/model/resource.ts'
import { actionsOf } from '../../src/core/plan/actions.ts'
import type { CommitDraft, SavedChange, SavedSet } from '../../src/core/plan/commits/draft.ts'
import { planCommits } from '../../src/core/plan/commits/plan-commits.ts'
import { refOf } from '../../src/core/plan/decide.ts'
import { pairUp } from '../../src/core/plan/pair-up.ts'
import { type Reconciliation, reconcile } from '../../src/core/plan/reconcile.ts'
import type { BaseEntry, FileEntry, Snapshot, WorkspaceEntry } from '../../src/core/plan/snapshot.ts'
import { errorsOf, faultOf, type Holding, worldCatalog } from '../../src/core/plan/world.ts'

export type File = {
  readonly ref: FileRef
  readonly path: string
  readonly blob: string
  readonly value: Value
}
export type Write = { readonly ref: FileRef; readonly value: Value | null }

/** Both sides and the base in memory, with the pure planner between them: the shell of the engine in small. */
export class PlanWorld {
  sources = new Set(['s1', 's2'])
  workspace = new Map<string, WorkspaceEntry>()
  files = new Map<string, File>()
  base = new Map<string, BaseEntry>()
  queue: SavedSet[] = []
  open = new Map<string, { blob: string | null; errors: readonly string[]; left: boolean }>()
  head = 0
  applied: number | null = null
  #ids = 0
  #sets = 0

  /** A save as the store takes it: all or nothing, refused when the workspace would be invalid. */
  save(writes: readonly Write[]): boolean {
    const after = new Map(this.workspace)
    const changes: { resourceId: string; ref: FileRef; value: Value | null }[] = []
    for (const { ref, value } of writes) {
      const present = [...after.values()].find((entry) => resourceKey(entry.ref) === resourceKey(ref))
      if (!present && value === null) continue
      const id = present?.id ?? `id-${this.#ids + changes.length + 1}`
      if (value === null) after.delete(id)
      else after.set(id, { id, ref, value, revision: `${this.head}-${this.#ids}-${changes.length}` })
      changes.push({ resourceId: id, ref, value })
    }
    if (changes.length === 0 || faults(worldOf(after.values()), this.sources).size > 0) return false
    if ([...after.values()].some(({ value }) => !this.sources.has(String(value.source ?? 's1')))) return false
    this.#ids += changes.length
    this.workspace = after
    this.#enqueue('save', changes)
    return true
  }

  /** A commit that a person pushes, valid or not. `style` changes the bytes and not the value. */
  push(writes: readonly (Write & { readonly style?: number })[]): void {
    this.head += 1
    for (const { ref, value, style = 0 } of writes) {
      const path =
        [...this.files.values()].find((file) => resourceKey(file.ref) === resourceKey(ref))?.path ??
        newPath(ref)
      if (value === null) this.files.delete(path)
      else this.files.set(path, fileOf(ref, path, value, style))
    }
  }

  /** Puts the last good version back, byte for byte: what a person does who reads the diagnostics. */
  revert(): void {
    this.head += 1
    this.files.clear()
    for (const { ref, path, blob, fileValue } of this.base.values()) {
      this.files.set(path, { ref, path, blob, value: fileValue })
    }
  }

  /** Takes files out: what a person does whose file stands in the way of another, which no revert mends. */
  takeOut(paths: Iterable<string>): void {
    this.head += 1
    for (const path of paths) this.files.delete(path)
  }

  snapshot(): Snapshot {
    const bases = [...this.base.values()]
    const files = [...this.files.values()].map((file): FileEntry => {
      const { ref, path, blob, value } = file
      return { kind: 'read', ref, path, blob, fileValue: value, value, problems: [] }
    })
    return {
      mode: this.applied === null ? 'first' : 'following',
      firstSync: 'ask',
      asked: new Set(),
      head: String(this.head),
      base: this.applied === null ? null : String(this.applied),
      branch: 'ok',
      pairs: pairUp({ bases, workspace: [...this.workspace.values()], files, role: () => 'touched' }),
      connections: { sources: this.sources, destinations: new Set() },
      known: new Set([...this.open.values()].flatMap((file) => file.errors)),
      leftAlone: new Set(
        [...this.open]
          .filter(([path, file]) => file.left && this.files.get(path)?.blob === file.blob)
          .map(([path]) => path),
      ),
      aliasProblems: [],
      queued: this.queue.map(({ id, changes }) => ({
        id,
        resourceIds: changes.map((change) => change.resourceId),
      })),
      needsApproval: false,
      approved: new Set(),
      // Deletions are bounded elsewhere.
      totals: { resources: 1000, files: 1000 },
      occupied: new Set(),
      aliasFile: 'aliases-staging.yaml',
      names: new Map(),
    }
  }

  /** One run. `lost`: the push loses its race, so that only the inbound half happens. */
  sync(lost = false): { reconciliation: Reconciliation; drafts: readonly CommitDraft[] } {
    const snapshot = this.snapshot()
    const reconciliation = reconcile(snapshot)
    if (!reconciliation.plan.stopped) this.#apply(snapshot, reconciliation)
    const { drafts, idle } = planCommits({
      snapshot,
      reconciliation,
      sets: this.queue,
      aliases: NO_ALIASES,
      generated: [],
      batch: false,
      founder: null,
    })
    this.#settle(idle)
    if (lost) return { reconciliation, drafts: [] }
    for (const draft of drafts) this.#commit(draft)
    if (drafts.length > 0 && !reconciliation.plan.stopped) this.applied = this.head
    return { reconciliation, drafts }
  }

  #apply(snapshot: Snapshot, reconciliation: Reconciliation): void {
    const actions = actionsOf(snapshot, reconciliation)
    const ids = new Map<ResourceKey, string>()
    for (const { ref, present, value } of actions.incoming) {
      const id = present?.id ?? `id-${++this.#ids}`
      ids.set(resourceKey(ref), id)
      if (value === null) this.workspace.delete(id)
      else this.workspace.set(id, { id, ref, value, revision: `git-${this.head}` })
    }
    const merged = new Map(actions.merged.map(({ id, value }) => [id, value]))
    this.queue = this.queue.map((set) => ({
      ...set,
      changes: set.changes.map((change) => {
        const value = merged.get(change.resourceId)
        return value === undefined ? change : { ...change, value, isMerged: true }
      }),
    }))
    for (const id of actions.dropped) this.base.delete(id)
    for (const agreed of actions.agreed) {
      const id = agreed.id ?? ids.get(resourceKey(agreed.ref))
      if (id !== undefined) this.#agree({ ...agreed, id })
    }
    this.open = new Map(
      actions.open.map(({ path, blob, errors, state }) => [
        path,
        { blob, errors, left: state === 'aside' || state === 'pending' },
      ]),
    )
    this.applied = this.head
    // What a first sync sends is queued as one change set.
    const queued = new Set(this.queue.flatMap((set) => set.changes.map((change) => change.resourceId)))
    const unsaved = snapshot.pairs.flatMap(({ workspace }, i) => {
      const isLeaving = reconciliation.standings[i]?.kind === 'outbound'
      return workspace && isLeaving && !queued.has(workspace.id)
        ? [{ resourceId: workspace.id, ref: workspace.ref, value: workspace.value }]
        : []
    })
    if (unsaved.length > 0 && snapshot.mode === 'first') this.#enqueue('first-sync', unsaved)
  }

  #commit({ writes, changeIds }: CommitDraft): void {
    const before = faults(worldOf(this.files.values()), this.sources)
    for (const write of writes) if (write.from !== null) this.files.delete(write.from)
    for (const { resourceId, ref, path, fileValue, value } of writes) {
      this.base.delete(resourceId)
      if (fileValue === null || value === null) continue
      if (this.files.has(path)) throw new Error(`${path} was written over`)
      this.files.set(path, fileOf(ref, path, fileValue, 0))
      this.#agree({ id: resourceId, ref, path, blob: fileOf(ref, path, fileValue, 0).blob, fileValue, value })
    }
    this.head += 1
    const brought = [...faults(worldOf(this.files.values()), this.sources)].filter(
      (fault) => !before.has(fault),
    )
    if (brought.length > 0) throw new Error(`a commit of ours brought ${brought.join(', ')}`)
    this.#settle(changeIds)
  }

  #agree(entry: BaseEntry): void {
    for (const other of this.base.values()) {
      if (other.id !== entry.id && resourceKey(other.ref) === resourceKey(entry.ref))
        this.base.delete(other.id)
    }
    this.base.set(entry.id, entry)
  }

  #settle(ids: readonly string[]): void {
    const settled = new Set(ids)
    this.queue = this.queue
      .map((set) => ({ ...set, changes: set.changes.filter((change) => !settled.has(change.id)) }))
      .filter((set) => set.changes.length > 0)
  }

  /** Settles a conflict as the store does: one side's value, the other's as the base. False: refused. */
  resolve(key: ResourceKey, take: 'git' | 'workspace'): boolean {
    const pair = this.snapshot().pairs.find((candidate) => resourceKey(refOf(candidate)) === key)
    if (!pair) return false
    const { workspace, file, base } = pair
    const ref = refOf(pair)
    const theirs = file?.kind === 'read' ? file : null
    if (take === 'git' && !this.save([{ ref, value: theirs?.value ?? null }])) return false
    const present = [...this.workspace.values()].find((entry) => resourceKey(entry.ref) === key)
    const id = present?.id ?? workspace?.id ?? base?.id ?? `id-${++this.#ids}`
    this.queue = this.queue
      .map((set) => ({ ...set, changes: set.changes.filter((change) => change.resourceId !== id) }))
      .filter((set) => set.changes.length > 0)
    if (take === 'workspace')
      this.#enqueue('resolution', [{ resourceId: id, ref, value: workspace?.value ?? null }])
    for (const old of [id, base?.id ?? id]) this.base.delete(old)
    if (theirs)
      this.#agree({
        id,
        ref: theirs.ref,
        path: theirs.path,
        blob: theirs.blob,
        fileValue: theirs.fileValue,
        value: theirs.value,
      })
    return true
  }

  #enqueue(kind: string, changes: readonly Omit<SavedChange, 'id' | 'isMerged'>[]): void {
    this.#sets += 1
    const id = String(this.#sets)
    this.queue.push({
      id,
      kind,
      author: { name: 'Ann', email: 'ann@example.com' },
      savedAt: 0,
      message: null,
      changes: changes.map((change, i) => ({ ...change, id: `${id}.${i}`, isMerged: false })),
      touchesManifest: false,
      manifestChangeIds: [],
      touchesAliases: false,
    })
  }
}

function fileOf(ref: FileRef, path: string, value: Value, style: number): File {
  return { ref, path, blob: `${JSON.stringify(value)} ${style}`, value }
}

export function worldOf(entries: Iterable<{ ref: FileRef; value: Value }>): Map<ResourceKey, Holding> {
  return new Map([...entries].map(({ ref, value }) => [resourceKey(ref), { ref, value, path: null }]))
}

/** Everything that is wrong with a side; what waits for an unknown source is not. */
export function faults(world: Map<ResourceKey, Holding>, sources: ReadonlySet<string>): Set<string> {
  const catalog = worldCatalog(world, { connections: { sources, destinations: new Set() }, names: new Map() })
  const pending = new Set(
    [...world]
      .filter(([, { ref, value }]) => value && isPending(ref, value, sources, world))
      .map(([key]) => key),
  )
  return new Set(
    [...world].flatMap(([key, holding]) =>
      pending.has(key)
        ? []
        : errorsOf(world, catalog, holding).map((finding) => `${key} ${faultOf(finding)}`),
    ),
  )
}

function isPending(
  ref: FileRef,
  value: Value,
  sources: ReadonlySet<string>,
  world: Map<ResourceKey, Holding>,
): boolean {
  if (typeof value.source === 'string') return !sources.has(value.source)
  return referencesOf(ref, value).some(({ slug }) =>
    (['parent-models', 'related-models'] as const).some((kind) => {
      const holding = world.get(resourceKey({ kind, slug }))
      return holding?.value && isPending(holding.ref, holding.value, sources, new Map())
    }),
  )
}
