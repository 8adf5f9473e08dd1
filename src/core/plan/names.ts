import type { Reference } from '../lint/references.ts'
import { respell } from '../lint/respell.ts'
import { isSchemaModelKind } from '../model/kind.ts'
import { type FileRef, type ResourceKey, resourceKey } from '../model/resource.ts'
import { TARGET_KINDS } from './catalog.ts'
import type { Pair } from './snapshot.ts'

/**
 * The name that a resource has once both sides agree: the slug merges as a field does (S18). Null: each side
 * renamed it in its own way.
 */
export function mergedRef({ base, workspace, file }: Pair): FileRef | null {
  const [ours, theirs] = [workspace?.ref, file?.ref]
  if (!ours || !theirs) return ours ?? theirs ?? base?.ref ?? null
  if (ours.slug === theirs.slug || base?.ref.slug === theirs.slug) return ours
  return base?.ref.slug === ours.slug ? theirs : null
}

function isRenamed({ base, workspace, file }: Pair): boolean {
  const slug = (workspace ?? file ?? base)?.ref.slug
  return [base, file].some((side) => side && side.ref.slug !== slug)
}

type Slugs = ReadonlyMap<ResourceKey, string>
/** Every side of a pair with other names. */
export type Respelled = (pair: Pair) => Pair

/**
 * How references of one side are said where a resource has another name: sides are compared by what they
 * mean, so that following a rename is no change of a reference and never in conflict with one.
 */
export type Names = {
  /** Every side with the names that resources will have. */
  readonly merged: Respelled
  /** Every side with the names that resources have in the workspace. */
  readonly workspace: Respelled
  /** Every side with the names that were agreed on: what a base says. */
  readonly agreed: Respelled
}

export function namesOf(pairs: readonly Pair[]): Names {
  if (!pairs.some(isRenamed)) return { merged: same, workspace: same, agreed: same }
  const after = (pair: Pair) => (mergedRef(pair) ?? pair.workspace?.ref)?.slug
  const here = (pair: Pair) => (pair.workspace?.ref ?? mergedRef(pair))?.slug
  const before = (pair: Pair) => (pair.base?.ref ?? mergedRef(pair))?.slug
  return {
    merged: respelling(pairs, after),
    workspace: respelling(pairs, here),
    agreed: respelling(pairs, before),
  }
}

const same: Respelled = (pair) => pair

/** Bases with the names that both sides gave alike: to follow such a rename is no change that is still to go (S18). */
export function renamedAlike(pairs: readonly Pair[]): Respelled {
  const isAlike = ({ base, workspace, file }: Pair) =>
    base !== null && workspace?.ref.slug === file?.ref.slug && workspace?.ref.slug !== base.ref.slug
  if (!pairs.some(isAlike)) return same
  const respelled = respelling(pairs, (pair) => (isAlike(pair) ? pair.workspace : pair.base)?.ref.slug)
  return (pair) => ({ ...pair, base: respelled(pair).base })
}

/** What a reference finds it by: models of the schema share one space of names (F21). */
export function nameOf({ kind, slug }: FileRef): string {
  return isSchemaModelKind(kind) ? slug : resourceKey({ kind, slug })
}

/** `nameAfter`: the name that references to a resource are to say. */
export function respelling(
  pairs: readonly Pair[],
  nameAfter: (pair: Pair, i: number) => string | undefined,
): Respelled {
  const isLeft = leftNames(pairs)
  const slugs = (side: 'base' | 'workspace' | 'file'): Slugs =>
    new Map(
      pairs.flatMap((pair, i) => {
        const [ref, name] = [pair[side]?.ref, nameAfter(pair, i)]
        if (!ref || name === undefined || (side === 'base' && isLeft(pair))) return []
        return [[resourceKey(ref), name] as const]
      }),
    )
  const [agreed, ours, theirs] = [slugs('base'), slugs('workspace'), slugs('file')]
  return (pair) => {
    const { base, workspace, file } = pair
    return {
      ...pair,
      base: base && withNames(base, agreed),
      workspace: workspace && withNames(workspace, ours),
      file: file?.kind === 'read' ? withNames(file, theirs) : file,
    }
  }
}

/**
 * Whether a resource was agreed on under a name that both sides have given up since, and another is agreed on by
 * it now: a base that says the name means that one.
 */
function leftNames(pairs: readonly Pair[]): (pair: Pair) => boolean {
  const bases = pairs.flatMap(({ base, file }) =>
    base ? [{ name: nameOf(base.ref), isAtHead: file?.ref.slug === base.ref.slug }] : [],
  )
  const held = new Set(bases.flatMap(({ name, isAtHead }) => (isAtHead ? [name] : [])))
  if (held.size === bases.length) return () => false
  return ({ base, file }) => base !== null && file?.ref.slug !== base.ref.slug && held.has(nameOf(base.ref))
}

function withNames<T extends { readonly ref: FileRef; readonly value: Parameters<typeof respell>[1] }>(
  entry: T,
  slugs: Slugs,
): T {
  const value = respell(entry.ref, entry.value, (reference) => nameAmong(reference, slugs))
  return value === entry.value ? entry : { ...entry, value }
}

function nameAmong({ target, slug }: Reference, slugs: Slugs): string | null {
  for (const kind of TARGET_KINDS[target]) {
    const name = slugs.get(resourceKey({ kind, slug }))
    if (name !== undefined) return name
  }
  return null
}
