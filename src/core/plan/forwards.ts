import { type Reference, referencesOf } from '../lint/references.ts'
import { respell } from '../lint/respell.ts'
import { parsePointer } from '../model/json-pointer.ts'
import { type FileKind, KIND_WORDS, type Kind } from '../model/kind.ts'
import { type FileRef, type ResourceKey, resourceKey, type Value } from '../model/resource.ts'
import { TARGET_KINDS, targetsOf } from './catalog.ts'
import { findingProblem, type Problem } from './problem.ts'
import type { BaseEntry, FileEntry, Pair } from './snapshot.ts'

/** The slug that a renamed resource had and that files still use (S18). `id`: the resource. */
export type Forward = FileRef & { readonly id: string }

/** A reference that a file makes through a forward. `to`: the slug that its resource has now. */
export type Forwarded = Forward & { readonly field: string; readonly to: string }

/**
 * S18: a reference to a name that nothing has any more, but a renamed resource had, means that resource. It is
 * resolved here, like an alias, on the repository's side and in what was agreed on; something that takes the
 * name ends the forward by being there. `stored` are those of earlier renames.
 */
export function followForwards(pairs: readonly Pair[], stored: readonly Forward[]): Pair[] {
  const forwards = new Map(
    [...stored, ...renamedInGit(pairs)].map((forward) => [resourceKey(forward), forward]),
  )
  if (forwards.size === 0) return [...pairs]
  const atHead = sideOf(pairs, ({ file }) => file)
  const agreed = sideOf(pairs, ({ base }) => base)
  return pairs.map((pair) => ({
    ...pair,
    base: pair.base && agreedOn(pair.base, agreed, forwards),
    file: pair.file && read(pair.file, atHead, forwards),
  }))
}

function renamedInGit(pairs: readonly Pair[]): Forward[] {
  return pairs.flatMap(({ base, file }) => {
    if (!base || !file || base.ref.slug === file.ref.slug) return []
    return [{ kind: base.ref.kind, slug: base.ref.slug, id: base.id }]
  })
}

type Side = {
  readonly has: (ref: FileRef) => boolean
  /** The slug that a resource has on this side. */
  readonly slugOf: (id: string) => string | undefined
}

function sideOf(pairs: readonly Pair[], entry: (pair: Pair) => { readonly ref: FileRef } | null): Side {
  const keys = new Set<ResourceKey>()
  const slugs = new Map<string, string>()
  for (const pair of pairs) {
    const side = entry(pair)
    if (!side) continue
    keys.add(resourceKey(side.ref))
    const id = pair.base?.id ?? pair.workspace?.id
    if (id !== undefined) slugs.set(id, side.ref.slug)
  }
  return { has: (ref) => keys.has(resourceKey(ref)), slugOf: (id) => slugs.get(id) }
}

type Forwards = ReadonlyMap<ResourceKey, Forward>

/** Null: the name means what it says, or nothing. */
function follow({ target, slug, field }: Reference, side: Side, forwards: Forwards): Forwarded | null {
  const kinds = TARGET_KINDS[target].filter(
    (kind): kind is FileKind => kind !== 'sources' && kind !== 'destinations',
  )
  if (field === '' || kinds.some((kind) => side.has({ kind, slug }))) return null
  for (const kind of kinds) {
    const forward = forwards.get(resourceKey({ kind, slug }))
    const to = forward && side.slugOf(forward.id)
    if (forward && to !== undefined) return { ...forward, field, to }
  }
  return null
}

function agreedOn(base: BaseEntry, side: Side, forwards: Forwards): BaseEntry {
  const value = respell(base.ref, base.value, (reference) => follow(reference, side, forwards)?.to ?? null)
  return value === base.value ? base : { ...base, value }
}

function read(file: FileEntry, side: Side, forwards: Forwards): FileEntry {
  if (file.kind === 'broken') return file
  const forwarded = referencesOf(file.ref, file.value).flatMap(
    (reference) => follow(reference, side, forwards) ?? [],
  )
  if (forwarded.length === 0) return file
  const slugs = new Map(forwarded.map(({ field, to }) => [field, to]))
  const value = respell(file.ref, file.value, ({ field }) => slugs.get(field) ?? null)
  return { ...file, value, forwarded }
}

/**
 * Resources whose files are to say the present names: those that somebody asked for, and those that would mean
 * another resource, or nothing, once what the workspace has of that name, or has no more, is in Git.
 */
export function toMend(pairs: readonly Pair[], isAsked: (id: string) => boolean): Set<string> {
  const users = pairs.flatMap(({ workspace, file }) =>
    workspace && file?.kind === 'read' && file.forwarded
      ? [{ id: workspace.id, forwarded: file.forwarded }]
      : [],
  )
  if (users.length === 0) return new Set()
  const isEnding = endingForwards(pairs)
  const mended = users.filter((user) => isAsked(user.id) || user.forwarded.some(isEnding))
  return new Set(mended.map(({ id }) => id))
}

/** Whether the name is that of something else in the workspace, or that of nothing: its resource is gone there. */
export function endingForwards(pairs: readonly Pair[]): (forwarded: Forwarded) => boolean {
  const holders = new Map(
    pairs.flatMap(({ workspace: w }) => (w ? [[resourceKey(w.ref), w.id] as const] : [])),
  )
  const gone = new Set(pairs.flatMap(({ base, workspace }) => (base && !workspace ? [base.id] : [])))
  return ({ kind, slug, id }) =>
    gone.has(id) ||
    rivals(kind).some((other) => (holders.get(resourceKey({ kind: other, slug })) ?? id) !== id)
}

/** Kinds of which a resource takes the name from a forward of this kind: a reference may mean either. */
export function rivals(kind: FileKind): Kind[] {
  return [...new Set(targetsOf(kind).flatMap((target) => TARGET_KINDS[target]))]
}

/** S18: each use of an old name is told, with both names and the cure. */
export function forwardedProblems({ role, file }: Pair): Problem[] {
  if (role === 'context' || file?.kind !== 'read') return []
  return (file.forwarded ?? []).map(({ kind, slug, to, field }) => {
    const message = `\`${slug}\` is the old name of the ${KIND_WORDS[kind]} \`${to}\`.`
    const hint = `Change it to \`${to}\`, or let Tandem mend every file that uses an old name.`
    const path = parsePointer(field)
    const finding = {
      code: 'forwarded-reference',
      severity: 'warning',
      message,
      hint,
      path,
      at: 'value',
    } as const
    return findingProblem(file.path, file.blob, finding)
  })
}

/** The value with the old names, as the file says them. */
export function asWritten(ref: FileRef, value: Value, forwarded: readonly Forwarded[]): Value {
  const slugs = new Map(forwarded.map(({ field, slug }) => [field, slug]))
  return respell(ref, value, ({ field }) => slugs.get(field) ?? null)
}
