import { NO_ALIASES } from '../../src/core/environments/aliases.ts'
import { classifyPath, newPath } from '../../src/core/format/classify.ts'
import { type Reference, referencesOf } from '../../src/core/lint/references.ts'
import { respell } from '../../src/core/lint/respell.ts'
import { type FileRef, type ResourceKey, resourceKey, type Value } from '../../src/core/model/resource.ts'
import { type Actions, actionsOf } from '../../src/core/plan/actions.ts'
import { targetsOf } from '../../src/core/plan/catalog.ts'
import type { CommitDraft, SavedChange, SavedSet } from '../../src/core/plan/commits/draft.ts'
import { planCommits } from '../../src/core/plan/commits/plan-commits.ts'
import { refOf, workspaceChanged } from '../../src/core/plan/decide.ts'
import { type Forward, followForwards, rivals, toMend } from '../../src/core/plan/forwards.ts'
import { namesOf } from '../../src/core/plan/names.ts'
import { pairUp } from '../../src/core/plan/pair-up.ts'
import type { ConflictEntry } from '../../src/core/plan/plan.ts'
import { isToBeWrittenBack, opensTheWay } from '../../src/core/plan/plan-again.ts'
import { type Reconciliation, reconcile } from '../../src/core/plan/reconcile.ts'
import type { BaseEntry, FileEntry, Pair, Snapshot, WorkspaceEntry } from '../../src/core/plan/snapshot.ts'
import { flowsOut, isToMend } from '../../src/core/plan/standing.ts'
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
  open = new Map<string, Open>()
  forwards = new Map<ResourceKey, Forward>()
  /** The forwards that the file of each base uses. */
  used = new Map<string, readonly ResourceKey[]>()
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

  /** A rename in the app: what refers to the resource follows in the same change set. */
  rename({ kind, slug: from }: FileRef, to: string): boolean {
    const present = [...this.workspace.values()].find(({ ref }) => ref.kind === kind && ref.slug === from)
    const isTaken = [...this.workspace.values()].some(({ ref }) => ref.kind === kind && ref.slug === to)
    if (!present || isTaken) return false
    const after = [...this.workspace.values()].map((entry) => {
      const ref = entry === present ? { kind, slug: to } : entry.ref
      const value = respell(entry.ref, entry.value, renaming(kind, from, to))
      const isSame = ref.slug === entry.ref.slug && value === entry.value
      return isSame ? entry : { ...entry, ref, value, revision: `${entry.revision}+` }
    })
    if (faults(worldOf(after), this.sources).size > 0) return false
    const changes = after.filter((entry) => this.workspace.get(entry.id) !== entry)
    this.workspace = new Map(after.map((entry) => [entry.id, entry]))
    this.#enqueue(
      'save',
      changes.map(({ id, ref, value }) => ({ resourceId: id, ref, value })),
    )
    return true
  }

  /** A commit that renames a file, moves it to a folder, or both; `follow`: with the references of other files. */
  moveFile({ kind, slug }: FileRef, to: Move): boolean {
    const file = [...this.files.values()].find(({ ref }) => ref.kind === kind && ref.slug === slug)
    const ref = { kind, slug: to.slug ?? slug }
    const own = newPath(ref)
    const at = own.lastIndexOf('/') + 1
    const path = to.folder ? `${own.slice(0, at)}${to.folder}/${own.slice(at)}` : own
    if (!file || this.files.has(path)) return false
    this.head += 1
    this.files.delete(file.path)
    const value = to.name === undefined ? file.value : { ...file.value, name: to.name }
    this.files.set(path, fileOf(ref, path, value, 0))
    if (!to.follow) return true
    for (const other of [...this.files.values()]) {
      const followed = respell(other.ref, other.value, renaming(kind, slug, ref.slug))
      if (followed !== other.value) this.files.set(other.path, fileOf(other.ref, other.path, followed, 0))
    }
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
    for (const { path, blob, fileValue } of this.base.values()) {
      this.files.set(path, { ref: refAt(path), path, blob, value: fileValue })
    }
  }

  /** Takes files out: what a person does whose file stands in the way of another, which no revert mends. */
  takeOut(paths: Iterable<string>): void {
    this.head += 1
    for (const path of paths) this.files.delete(path)
  }

  /** What the files mean, with the names that resources have. */
  reading(): { readonly ref: FileRef; readonly value: Value }[] {
    return this.snapshot().pairs.flatMap(({ file }) => (file?.kind === 'read' ? [file] : []))
  }

  snapshot(isMending = false): Snapshot {
    const bases = [...this.base.values()]
    const files = [...this.files.values()].map((file): FileEntry => {
      const { ref, path, blob, value } = file
      return { kind: 'read', ref, path, blob, fileValue: value, value, problems: [] }
    })
    const workspace = [...this.workspace.values()]
    const role = () => 'touched' as const
    const read = (_: unknown, value: Value) => value
    const pairs = followForwards(pairUp({ bases, workspace, files, role, read }), [...this.forwards.values()])
    const mends = this.queue.filter(({ kind }) => kind === 'mend').flatMap(({ changes }) => changes)
    return {
      mode: this.applied === null ? 'first' : 'following',
      firstSync: 'ask',
      asked: new Set(),
      head: String(this.head),
      base: this.applied === null ? null : String(this.applied),
      branch: 'ok',
      pairs,
      mend: toMend(pairs, (id) => isMending || mends.some(({ resourceId }) => resourceId === id)),
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
      allowedSecrets: new Set(),
      aliasFile: 'aliases-staging.yaml',
      names: new Map(),
    }
  }

  /** One run. `lost`: the push loses its race, so that only the inbound half happens. */
  sync(lost = false, isMending = false): { reconciliation: Reconciliation; drafts: readonly CommitDraft[] } {
    const snapshot = this.snapshot(isMending)
    const reconciliation = reconcile(snapshot)
    if (!reconciliation.plan.stopped) {
      this.#apply(snapshot, reconciliation)
      const { standings } = reconciliation
      if (isToBeWrittenBack(snapshot, standings) || opensTheWay(snapshot, standings))
        return this.sync(lost, isMending)
    }
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
    const merged = new Map(actions.merged.map(({ id, ref, value }) => [id, { ref, value }]))
    this.queue = this.queue.map((set) => ({
      ...set,
      changes: set.changes.map((change) => {
        const result = merged.get(change.resourceId)
        return result === undefined ? change : { ...change, ...result, isMerged: true }
      }),
    }))
    for (const id of actions.dropped) this.base.delete(id)
    for (const { id, value } of actions.respelled) {
      const base = this.base.get(id)
      if (base) this.base.set(id, { ...base, value })
    }
    for (const { forwards, ...agreed } of actions.agreed) {
      const id = agreed.id ?? ids.get(resourceKey(agreed.ref))
      if (id !== undefined) this.#agree({ ...agreed, id }, forwards.map(resourceKey))
    }
    this.open = new Map(
      actions.open.map(({ path, blob, errors, state, forwards }) => [
        path,
        { blob, errors, left: state === 'aside' || state === 'pending', forwards: forwards.map(resourceKey) },
      ]),
    )
    this.#keepForwards(actions)
    for (const ref of actions.taken) this.#endForwards(ref)
    this.#pruneForwards()
    this.applied = this.head
    // What goes out and nobody saved is queued as a change set.
    const queued = new Set(this.queue.flatMap((set) => set.changes.map((change) => change.resourceId)))
    const unsaved = snapshot.pairs.filter(({ workspace, base }, i) => {
      const id = workspace?.id ?? base?.id
      return id !== undefined && flowsOut(reconciliation.standings[i]) && !queued.has(id)
    })
    const isMended = (pair: Pair) => isToMend(pair, snapshot) && !workspaceChanged(pair)
    this.#enqueuePairs('mend', unsaved.filter(isMended))
    this.#enqueuePairs(
      snapshot.mode === 'first' ? 'first-sync' : 'resync',
      unsaved.filter((pair) => !isMended(pair)),
    )
  }

  #enqueuePairs(kind: string, pairs: readonly Pair[]): void {
    const changes = pairs.flatMap(({ workspace, base }) => {
      const id = workspace?.id ?? base?.id
      const present = id === undefined ? undefined : this.workspace.get(id)
      const ref = present?.ref ?? base?.ref
      return id && ref ? [{ resourceId: id, ref, value: present?.value ?? null }] : []
    })
    if (changes.length > 0) this.#enqueue(kind, changes)
  }

  #keepForwards({ agreed, open, forwarded, renewed }: Actions): void {
    for (const { id, forwards } of forwarded) this.used.set(id, forwards.map(resourceKey))
    for (const forward of [...agreed, ...open, ...forwarded].flatMap(({ forwards }) => forwards))
      this.forwards.set(resourceKey(forward), forward)
    for (const [key, forward] of this.forwards) {
      const id = renewed.find(({ from }) => from === forward.id)?.id
      if (id !== undefined) this.forwards.set(key, { ...forward, id })
    }
  }

  /** Something in Git has the name. */
  #endForwards({ kind, slug }: FileRef): void {
    for (const forward of this.forwards.values()) {
      if (forward.slug !== slug || !rivals(forward.kind).includes(kind)) continue
      const isOther = (key: ResourceKey) => key !== resourceKey(forward)
      for (const [id, keys] of this.used) this.used.set(id, keys.filter(isOther))
      for (const [path, file] of this.open)
        this.open.set(path, { ...file, forwards: file.forwards.filter(isOther) })
    }
  }

  #pruneForwards(): void {
    const used = new Set([
      ...[...this.base.keys()].flatMap((id) => this.used.get(id) ?? []),
      ...[...this.open.values()].flatMap(({ forwards }) => forwards),
    ])
    for (const key of this.forwards.keys()) if (!used.has(key)) this.forwards.delete(key)
  }

  #commit({ writes, readAnew, changeIds }: CommitDraft): void {
    const before = this.#faultsInGit()
    const renamed = writes.flatMap(({ resourceId, ref: { kind, slug: to }, value }) => {
      const from = this.base.get(resourceId)?.ref.slug ?? to
      return value === null || from === to ? [] : [{ kind, from, to }]
    })
    for (const write of writes) if (write.from !== null) this.files.delete(write.from)
    for (const { resourceId, ref, path, fileValue, value } of writes) {
      this.base.delete(resourceId)
      if (fileValue === null || value === null) continue
      if (this.files.has(path)) throw new Error(`${path} was written over`)
      this.files.set(path, fileOf(ref, path, fileValue, 0))
      this.#agree({ id: resourceId, ref, path, blob: fileOf(ref, path, fileValue, 0).blob, fileValue, value })
    }
    for (const { resourceId, ref, path, fileValue, value } of readAnew) {
      const blob = this.files.get(path)?.blob
      if (!fileValue || !value || blob === undefined) throw new Error(`${path} is not there to be read anew`)
      this.#agree({ id: resourceId, ref, path, blob, fileValue, value })
    }
    const written = new Set([...writes, ...readAnew].map(({ resourceId }) => resourceId))
    this.#respellBases(renamed, ({ id }) => !written.has(id))
    this.head += 1
    const brought = [...this.#faultsInGit()].filter((fault) => !before.has(fault))
    if (brought.length > 0) throw new Error(`a commit of ours brought ${brought.join(', ')}`)
    for (const { ref, fileValue } of writes) if (fileValue !== null) this.#endForwards(ref)
    this.#pruneForwards()
    this.#settle(changeIds)
  }

  /** Of two files with one name the one that was there first counts. */
  #faultsInGit(): Set<string> {
    const known = new Set([...this.base.values()].map(({ path }) => path))
    const isKnown = ({ path }: File) => Number(known.has(path))
    const files = [...this.files.values()].sort(
      (a, b) => isKnown(a) - isKnown(b) || (a.path < b.path ? 1 : -1),
    )
    return faults(worldOf(files), this.sources)
  }

  #agree(entry: BaseEntry, forwards: readonly ResourceKey[] = []): void {
    for (const other of this.base.values()) {
      if (other.id !== entry.id && resourceKey(other.ref) === resourceKey(entry.ref))
        this.base.delete(other.id)
    }
    this.base.set(entry.id, entry)
    this.used.set(entry.id, forwards)
  }

  #settle(ids: readonly string[]): void {
    const settled = new Set(ids)
    this.queue = this.queue
      .map((set) => ({ ...set, changes: set.changes.filter((change) => !settled.has(change.id)) }))
      .filter((set) => set.changes.length > 0)
  }

  /** Settles a conflict as the store does: one side's value, the other's as the base. False: refused. */
  resolve(conflict: ConflictEntry, take: 'git' | 'workspace'): boolean {
    const { pairs } = this.snapshot()
    const key = resourceKey(conflict)
    const [pair, namesake] = pairs.filter((candidate) => resourceKey(refOf(candidate)) === key)
    if (!pair) return false
    // Two resources take one name: whichever side is taken, one of them needs another.
    if (namesake) return this.rename(refOf(pair), `${refOf(pair).slug}-${this.head}`)
    const [other] = conflict.causes
    // Git's side needs the name: the one that has it here gives way, as the conflict says.
    if (take === 'git' && other && conflict.reason.endsWith('rename one of the two'))
      return this.rename(other, `${other.slug}-${this.head}`)
    const names = namesOf(pairs)
    const { workspace, file, base } = names.workspace(pair)
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
    for (const [name, forward] of this.forwards)
      if (forward.id === base?.id) this.forwards.set(name, { ...forward, id })
    const agreed = names.agreed(pair).file
    if (agreed?.kind === 'read') {
      const { path, blob, fileValue, value, forwarded = [] } = agreed
      // Under the workspace's name where Git's is still to come in.
      const isRenamed = base !== null && base.ref.slug !== agreed.ref.slug
      const named = take === 'git' && workspace && isRenamed ? workspace.ref : agreed.ref
      if (base) this.#respellBases([{ kind: base.ref.kind, from: base.ref.slug, to: named.slug }])
      this.#agree({ id, ref: named, path, blob, fileValue, value }, forwarded.map(resourceKey))
    }
    return true
  }

  /** What was agreed on is the same; what it refers to has another name. */
  #respellBases(renamed: readonly Renamed[], isMeant: (base: BaseEntry) => boolean = () => true): void {
    const nameOf = (reference: Reference) =>
      renamed.map(({ kind, from, to }) => renaming(kind, from, to)(reference)).find((to) => to !== null) ??
      null
    for (const base of [...this.base.values()].filter(isMeant))
      this.base.set(base.id, { ...base, value: respell(base.ref, base.value, nameOf) })
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

type Renamed = { readonly kind: FileRef['kind']; readonly from: string; readonly to: string }

type Open = {
  readonly blob: string | null
  readonly errors: readonly string[]
  readonly left: boolean
  readonly forwards: readonly ResourceKey[]
}

type Move = {
  readonly slug?: string
  readonly folder?: string
  readonly follow?: boolean
  readonly name?: string
}

function renaming(kind: FileRef['kind'], from: string, to: string) {
  return ({ target, slug }: Reference) => (slug === from && targetsOf(kind).includes(target) ? to : null)
}

function refAt(path: string): FileRef {
  const found = classifyPath(path)
  if (found.kind !== 'resource') throw new Error(`${path} is no resource`)
  return found.ref
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
