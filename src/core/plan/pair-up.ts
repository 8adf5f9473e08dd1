import { type FileRef, type ResourceKey, resourceKey } from '../model/resource.ts'
import { pairRenames, type Read } from './pair-renames.ts'
import type { BaseEntry, FileEntry, Pair, WorkspaceEntry } from './snapshot.ts'

/** Each side's entries, with the role that the shell loaded them in. */
export type Sides = {
  readonly bases: readonly BaseEntry[]
  readonly workspace: readonly WorkspaceEntry[]
  /** Files at the head: of every base given and of every path that differs from its base. */
  readonly files: readonly FileEntry[]
  readonly role: (ref: FileRef) => Pair['role']
  /** What a file says here, to tell a rename by its value. */
  readonly read: Read
}

/**
 * S2: the base joins the sides, the workspace's by internal id, the repository's by path. What the base
 * does not know is joined by kind and slug; so is what was deleted and made anew, or moved to another folder.
 * What is left of the repository is joined by rename (S18).
 */
export function pairUp(sides: Sides): Pair[] {
  return pairRenames(pairByName(sides), sides.read)
}

function pairByName({ bases, workspace, files, role }: Sides): Pair[] {
  const byId = new Map(workspace.map((entry) => [entry.id, entry]))
  const byKey = new Map(workspace.map((entry) => [resourceKey(entry.ref), entry]))
  const byPath = new Map(files.map((file) => [file.path, file]))
  // Of two files with one name the first counts, in whatever order they were read.
  const inOrder = files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const filesByKey = groupByKey(inOrder)
  const claimed = new Set<WorkspaceEntry | FileEntry>()

  const withId = bases.map((base) => claim(byId.get(base.id), claimed))
  const withPath = bases.map((base) => claim(byPath.get(base.path), claimed))
  const pairs: Pair[] = bases.map((base, i) => {
    const entry = withId[i] ?? claim(byKey.get(resourceKey(base.ref)), claimed)
    const file = withPath[i] ?? moved(base, entry, filesByKey, claimed)
    return { role: role(base.ref), base, workspace: entry, file, twins: [] }
  })
  const holders = new Map(
    pairs.flatMap((pair, i) => (pair.file ? [[resourceKey(pair.file.ref), i] as const] : [])),
  )
  for (const file of inOrder) {
    if (claimed.has(file)) continue
    const key = resourceKey(file.ref)
    const holder = holders.get(key)
    const first = holder === undefined ? undefined : pairs[holder]
    if (holder !== undefined && first) {
      pairs[holder] = { ...first, twins: [...first.twins, file] }
      continue
    }
    holders.set(key, pairs.length)
    pairs.push(unknownFile(file, claim(byKey.get(key), claimed), role))
  }
  const rest = workspace.filter((entry) => !claimed.has(entry))
  return [
    ...pairs,
    ...rest.map((entry) => ({ role: role(entry.ref), base: null, workspace: entry, file: null, twins: [] })),
  ]
}

function claim<T extends WorkspaceEntry | FileEntry>(entry: T | undefined, claimed: Set<object>): T | null {
  if (!entry || claimed.has(entry)) return null
  claimed.add(entry)
  return entry
}

/**
 * Its file under the same name in another place, or under the name that the workspace gave it meanwhile, unless
 * another file has that name too: which of the two it is, nobody can say.
 */
function moved(
  base: BaseEntry,
  entry: WorkspaceEntry | null,
  filesByKey: ReadonlyMap<ResourceKey, readonly FileEntry[]>,
  claimed: Set<object>,
): FileEntry | null {
  const free = filesByKey.get(resourceKey(base.ref))?.find((file) => !claimed.has(file))
  if (free || !entry) return claim(free, claimed)
  const [renamed, ...others] = filesByKey.get(resourceKey(entry.ref)) ?? []
  return others.length > 0 ? null : claim(renamed, claimed)
}

function unknownFile(file: FileEntry, entry: WorkspaceEntry | null, role: Sides['role']): Pair {
  return { role: role(file.ref), base: null, workspace: entry, file, twins: [] }
}

function groupByKey(files: readonly FileEntry[]): Map<ResourceKey, FileEntry[]> {
  const groups = new Map<ResourceKey, FileEntry[]>()
  for (const file of files) {
    const key = resourceKey(file.ref)
    const group = groups.get(key)
    if (group) group.push(file)
    else groups.set(key, [file])
  }
  return groups
}
