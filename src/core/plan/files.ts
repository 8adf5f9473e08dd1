import { type Catalog, checkReferences, referencesOf } from '../lint/references.ts'
import { type FileRef, type ResourceKey, resourceKey } from '../model/resource.ts'
import { findingProblem, type Problem, severityOf } from './problem.ts'
import type { Pair, Snapshot } from './snapshot.ts'
import { errorsOf, type Holding, isUnknownName, type World, worldCatalog } from './world.ts'

/** What can be said of a pair's file at the head. */
export type FileStatus =
  | { readonly kind: 'usable' }
  /** Its source or destination, or that of a file it refers to, is unknown here (E4). */
  | { readonly kind: 'pending'; readonly reason: string; readonly problems: readonly Problem[] }
  /** It has errors, or refers to a file that has and that the workspace lacks (S14). */
  | { readonly kind: 'faulty'; readonly reason: string; readonly problems: readonly Problem[] }

const USABLE: FileStatus = { kind: 'usable' }

/** The repository at the head. Where two files share a name, the first stands for both. */
export function repositoryWorld(pairs: readonly Pair[]): Map<ResourceKey, Holding> {
  return new Map(
    pairs.flatMap(({ file }): [ResourceKey, Holding][] => {
      if (!file) return []
      const value = file.kind === 'read' ? file.value : null
      return [[resourceKey(file.ref), { ref: file.ref, value, path: file.path }]]
    }),
  )
}

/** The status of every pair's file, in the order of the pairs. */
export function fileStatuses(snapshot: Snapshot): { statuses: FileStatus[]; world: World } {
  const world = repositoryWorld(snapshot.pairs)
  const catalog = worldCatalog(world, snapshot)
  const statuses = snapshot.pairs.map((pair) => ownStatus(pair, snapshot, catalog))
  spread(snapshot.pairs, statuses, catalog, 'pending', (target) => {
    return `refers to ${name(target)}, which waits for an unknown source or destination`
  })
  for (const [i, pair] of snapshot.pairs.entries()) {
    if (statuses[i]?.kind === 'usable') statuses[i] = referenceStatus(pair, world, catalog)
  }
  spread(snapshot.pairs, statuses, catalog, 'faulty', (target) => {
    return `refers to ${name(target)}, which is set aside`
  })
  return { statuses, world }
}

function ownStatus(pair: Pair, snapshot: Snapshot, catalog: Catalog): FileStatus {
  const { file, twins } = pair
  if (!file || pair.role === 'context') return USABLE
  const problems = [
    ...(file.kind === 'broken' ? file.problems : []),
    ...twins.flatMap((twin) => twinProblem(pair, twin)),
  ]
  if (problems.some((problem) => severityOf(problem) === 'error')) return faulty(problems)
  if (file.kind === 'broken') return faulty(problems)
  const unknown = checkReferences(file.ref, file.value, catalog).filter(isUnknownName)
  if (unknown.length === 0) return USABLE
  const lines = unknown.map((finding) => `${finding.message} ${finding.hint ?? ''}`.trim())
  return {
    kind: 'pending',
    reason: `${lines.join(' ')} (${snapshot.aliasFile})`,
    problems: unknown.map((finding) =>
      findingProblem(file.path, file.blob, { ...finding, severity: 'warning' }),
    ),
  }
}

function twinProblem({ file }: Pair, twin: { path: string; blob: string }): Problem[] {
  if (!file) return []
  const message = `${twin.path} and ${file.path} are the same resource: one slug, one kind`
  const hint = 'Remove or rename one of the two files'
  return [
    findingProblem(twin.path, twin.blob, {
      code: 'duplicate-slug',
      severity: 'error',
      message,
      hint,
      path: [],
      at: 'value',
    }),
  ]
}

function referenceStatus(pair: Pair, world: World, catalog: Catalog): FileStatus {
  const { file } = pair
  if (!file || file.kind === 'broken' || pair.role === 'context') return USABLE
  const errors = errorsOf(world, catalog, { ref: file.ref, value: file.value, path: file.path })
  return errors.length === 0
    ? USABLE
    : faulty(errors.map((finding) => findingProblem(file.path, file.blob, finding)))
}

function faulty(problems: readonly Problem[]): FileStatus {
  return { kind: 'faulty', reason: 'The file has errors', problems }
}

/** Files that refer to one of the kind share its lot, until no more do. */
function spread(
  pairs: readonly Pair[],
  statuses: FileStatus[],
  catalog: Catalog,
  kind: 'pending' | 'faulty',
  reason: (target: FileRef) => string,
): void {
  const bad = new Map<ResourceKey, FileRef>()
  for (const [i, { file, base }] of pairs.entries()) {
    // What was imported before is there to be referred to, whatever its file looks like now.
    const isLacking = kind === 'pending' || base === null
    if (file && statuses[i]?.kind === kind && isLacking) bad.set(resourceKey(file.ref), file.ref)
  }
  for (let size = -1; size !== bad.size; ) {
    size = bad.size
    for (const [i, { file, base, role }] of pairs.entries()) {
      if (file?.kind !== 'read' || role === 'context' || statuses[i]?.kind !== 'usable') continue
      if (kind === 'faulty' && base !== null) continue
      const target = targetAmong(file.ref, file.value, catalog, bad)
      if (!target) continue
      statuses[i] = { kind, reason: `It ${reason(target)}`, problems: [] }
      bad.set(resourceKey(file.ref), file.ref)
    }
  }
}

function targetAmong(
  ref: FileRef,
  value: Parameters<typeof referencesOf>[1],
  catalog: Catalog,
  bad: ReadonlyMap<ResourceKey, FileRef>,
): FileRef | undefined {
  for (const { target, slug } of referencesOf(ref, value)) {
    const found = catalog.find(target, slug)
    const hit = found && bad.get(resourceKey(found))
    if (hit) return hit
  }
  return undefined
}

function name({ kind, slug }: FileRef): string {
  return `${kind}/${slug}`
}
