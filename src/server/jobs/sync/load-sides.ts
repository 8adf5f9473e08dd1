import { type Aliases, resolveAliases } from '../../../core/environments/aliases.ts'
import { classifyPath } from '../../../core/format/classify.ts'
import { normalize } from '../../../core/format/normalize.ts'
import { type FileRef, type ResourceKey, resourceKey } from '../../../core/model/resource.ts'
import type { SavedSet } from '../../../core/plan/commits/draft.ts'
import type { Forward } from '../../../core/plan/forwards.ts'
import type { Read } from '../../../core/plan/pair-renames.ts'
import type { Sides } from '../../../core/plan/pair-up.ts'
import type { BaseEntry, FileEntry, WorkspaceEntry } from '../../../core/plan/snapshot.ts'
import { allBases, baseEntries, basesSpelling, differingResources } from '../../../store/bases.ts'
import type { Db } from '../../../store/database.ts'
import { forwardsNamed, forwardUsers } from '../../../store/forwards.ts'
import { reviewedResources } from '../../../store/proposals.ts'
import {
  allWorkspaceEntries,
  conflictResources,
  entriesBeside,
  referrersAmong,
  workspaceEntries,
} from '../../../store/snapshot-queries.ts'
import type { OpenFileRow } from '../../../store/sync-state.ts'
import { namedBy, neighboursOf, savedRefs, sharingSlug, unsettledRefs } from './neighbours.ts'
import type { Reading, Work } from './work.ts'

type Input = {
  readonly reading: Reading
  readonly sets: readonly SavedSet[]
  readonly aliases: Aliases
  /** Names that mean something else than at the last sync. */
  readonly renamed: Readonly<Record<'sources' | 'destinations', readonly string[]>>
  readonly open: readonly OpenFileRow[]
}

export type Loaded = Sides & {
  /** Forwards of the names that are used here (S18). */
  readonly forwards: readonly Forward[]
}

/** What may have changed on a side, with its neighbours; everything for a first sync (S29, S30). */
export async function loadSides(tx: Db, work: Work, input: Input): Promise<Loaded> {
  const sides = new SideBuilder(input)
  const { workspaceId, id: connectionId } = work.connection
  if (input.reading.mode === 'first') {
    sides.add(await allBases(tx, connectionId), await allWorkspaceEntries(tx, workspaceId), 'touched')
    sides.addFiles()
    return { ...sides.build(), forwards: await loadForwards(tx, work, sides) }
  }
  const ids = await touchedIds(tx, work, input)
  // An open file can be as its base: what it says means something else here since (E6).
  const paths = [
    ...input.reading.files.keys(),
    ...input.reading.fallen.keys(),
    ...input.open.map((file) => file.path),
  ]
  // What a file kept from going out goes once the file is gone, and may have no base.
  const freed = input.open.filter(({ path }) => input.reading.files.get(path) === null)
  const read = [...input.reading.files.values()].flatMap((file) => (file ? [file.ref] : []))
  const refs = [...read, ...freed.map(({ kind, slug }) => ({ kind, slug }))]
  const bases = await baseEntries(tx, connectionId, { ids, paths, refs })
  const all = [...new Set([...ids, ...bases.map((base) => base.id)])]
  const workspace = await entriesBeside(tx, { workspaceId, connectionId }, all, refs, bases)
  // Only what is not there yet: whole resyncs come through here too.
  const loaded = new Set(bases.flatMap((base) => [base.id, resourceKey(base.ref)]))
  const more = await baseEntries(tx, connectionId, {
    ids: workspace.map((entry) => entry.id).filter((id) => !loaded.has(id)),
    paths: [],
    refs: workspace.map((entry) => entry.ref).filter((ref) => !loaded.has(resourceKey(ref))),
  })
  sides.add([...bases, ...more], workspace, 'touched')
  sides.addFiles()

  const touched = sides.build()
  const referrers = await referrersAmong(tx, workspaceId, unsettledRefs(touched))
  // Files that use an old name mean something else when another resource takes it.
  const saved = savedRefs(input.sets)
  const slugs = new Set([...slugsOf(touched), ...saved.map((ref) => ref.slug)])
  const taken = await forwardsNamed(tx, connectionId, [...slugs])
  const users = await forwardUsers(tx, connectionId, taken)
  const referring = await baseEntries(tx, connectionId, {
    ids: sides.without([...referrers.map((entry) => entry.id), ...users]),
    paths: [],
    refs: [],
  })
  sides.add(referring, [...referrers, ...(await workspaceEntries(tx, workspaceId, users, []))], 'referrer')
  // The fault of a slug that is taken twice can be told at the one that nobody touched (F1).
  await addNamed(tx, work, sides, sides.lacking(sharingSlug(sides.build(), saved)), 'referrer')
  await addNamed(tx, work, sides, sides.lacking(neighboursOf(sides.build(), input.sets)), 'context')
  return { ...sides.build(), forwards: await loadForwards(tx, work, sides) }
}

async function addNamed(
  tx: Db,
  { connection }: Work,
  sides: SideBuilder,
  refs: readonly FileRef[],
  role: 'referrer' | 'context',
): Promise<void> {
  if (refs.length === 0) return
  const entries = await workspaceEntries(tx, connection.workspaceId, [], refs)
  const ids = entries.map((entry) => entry.id)
  sides.add(await baseEntries(tx, connection.id, { ids, paths: [], refs }), entries, role)
}

/** The forwards that files here may use, with the resources that they lead to. */
async function loadForwards(tx: Db, { connection }: Work, sides: SideBuilder): Promise<Forward[]> {
  const forwards = await forwardsNamed(tx, connection.id, namedBy(sides.build()))
  const ids = forwards.map(({ id }) => id)
  const bases = await baseEntries(tx, connection.id, { ids, paths: [], refs: [] })
  if (ids.length > 0) sides.add(bases, await workspaceEntries(tx, connection.workspaceId, ids, []), 'context')
  return forwards
}

function slugsOf({ bases, workspace, files }: Sides): string[] {
  return [...new Set([...bases, ...workspace, ...files].map(({ ref }) => ref.slug))]
}

async function touchedIds(tx: Db, work: Work, { sets, renamed }: Input): Promise<string[]> {
  const { workspaceId, id } = work.connection
  return [
    ...sets.flatMap((set) => set.changes.map((change) => change.resourceId)),
    ...(await conflictResources(tx, id)),
    ...(await reviewedResources(tx, id)),
    ...(await basesSpelling(tx, id, 'source', renamed.sources)),
    ...(await basesSpelling(tx, id, 'destination', renamed.destinations)),
    ...(work.run.options.mend ? await forwardUsers(tx, id, null) : []),
    ...(work.run.options.full || work.run.options.verify
      ? await differingResources(tx, workspaceId, id)
      : []),
  ]
}

/** The file as it reads with these aliases. */
export function meaningOf(file: FileEntry, aliases: Aliases): FileEntry {
  return file.kind === 'broken' ? file : { ...file, value: reading(aliases)(file.ref.kind, file.fileValue) }
}

function reading(aliases: Aliases): Read {
  return (kind, fileValue) => normalize(kind, resolveAliases(kind, fileValue, aliases))
}

const RANK = { touched: 0, referrer: 1, context: 2 } as const

/** Gathers entries without repeating them; whoever came first keeps the stronger role. */
class SideBuilder {
  readonly #bases = new Map<string, BaseEntry>()
  readonly #workspace = new Map<string, WorkspaceEntry>()
  readonly #files = new Map<string, FileEntry>()
  readonly #roles = new Map<ResourceKey, keyof typeof RANK>()
  readonly #reading: Reading
  readonly #aliases: Aliases

  constructor({ reading, aliases }: Input) {
    this.#reading = reading
    this.#aliases = aliases
  }

  add(bases: readonly BaseEntry[], workspace: readonly WorkspaceEntry[], role: keyof typeof RANK): void {
    for (const base of bases) {
      if (!this.#bases.has(base.id)) this.#addBase(base)
      this.#mark(base.ref, role)
    }
    for (const entry of workspace) {
      this.#workspace.set(entry.id, entry)
      this.#mark(entry.ref, role)
    }
  }

  /** Files that were read; those of a base that did not change are as the base says. */
  addFiles(): void {
    for (const [path, file] of this.#reading.files) {
      if (!file) continue
      this.#files.set(path, this.#meaning(file))
      this.#mark(file.ref, 'touched')
    }
  }

  /** Those of which no base is there yet. */
  without(ids: readonly string[]): string[] {
    return ids.filter((id) => !this.#bases.has(id))
  }

  /** Those that nobody has asked for yet. */
  lacking(refs: readonly FileRef[]): FileRef[] {
    return refs.filter((ref) => !this.#roles.has(resourceKey(ref)))
  }

  build(): Sides {
    return {
      bases: [...this.#bases.values()],
      workspace: [...this.#workspace.values()],
      files: [...this.#files.values()],
      role: (ref) => this.#roles.get(resourceKey(ref)) ?? 'context',
      read: reading(this.#aliases),
    }
  }

  #addBase(base: BaseEntry): void {
    this.#bases.set(base.id, base)
    const { path, blob, fileValue } = base
    if (this.#reading.files.has(path) || this.#files.has(path)) return
    const found = classifyPath(path)
    // Where Git's name is to come in, the base has the workspace's (S18).
    const ref = found.kind === 'resource' ? found.ref : base.ref
    this.#files.set(
      path,
      this.#meaning({ kind: 'read', ref, path, blob, fileValue, value: fileValue, problems: [] }),
    )
  }

  #meaning(file: FileEntry): FileEntry {
    return meaningOf(file, this.#aliases)
  }

  #mark(ref: FileRef, role: keyof typeof RANK): void {
    const key = resourceKey(ref)
    const old = this.#roles.get(key)
    if (old === undefined || RANK[role] < RANK[old]) this.#roles.set(key, role)
  }
}
