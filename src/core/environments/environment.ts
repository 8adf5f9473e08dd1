import type { FileKind } from '../model/kind.ts'
import type { FileRef, ResourceKey } from '../model/resource.ts'
import { type Aliases, type AliasSection, aliasedField, spellingOf } from './aliases.ts'

/** A source or destination as every workspace lists it. */
export type NamedConnection = { readonly slug: string; readonly name: string; readonly type: string }

/**
 * A resource as far as a comparison needs it. `digest` stands for its value without the source or destination,
 * `content` for that without its name too (S18); `connection` is the slug of its source or destination.
 */
export type SummedUp = FileRef & {
  readonly name: string | null
  readonly digest: string
  readonly content: string
  readonly connection: string | null
}

/** One workspace beside others. */
export type Environment = {
  readonly slug: string
  readonly aliases: Aliases
  readonly connections: Readonly<Record<AliasSection, readonly NamedConnection[]>>
  readonly resources: ReadonlyMap<ResourceKey, SummedUp>
  /** Files that wait for a name (E4). */
  readonly pending: ReadonlyMap<ResourceKey, FileRef>
}

/**
 * Why two sources (or destinations) of two workspaces are each other's counterpart: the shared files call both by
 * one alias, or both have one name and type. `same`: one slug.
 */
export type Correspondence =
  | { readonly by: 'slug' }
  | { readonly by: 'alias'; readonly alias: string }
  | { readonly by: 'name' }

export type Corresponds = (
  section: AliasSection,
  from: string | null,
  to: string | null,
) => Correspondence | null

type Sides = Pick<Environment, 'aliases' | 'connections'>

/** Which source or destination of one workspace stands for which of another; each pair is worked out once. */
export function correspondences(from: Sides, to: Sides): Corresponds {
  const known = new Map<string, Correspondence | null>()
  return (section, a, b) => {
    if (a === b) return { by: 'slug' }
    if (a === null || b === null) return null
    const key = JSON.stringify([section, a, b])
    const found = known.get(key)
    if (found !== undefined) return found
    const worked = correspondence(section, a, b, from, to)
    known.set(key, worked)
    return worked
  }
}

function correspondence(
  section: AliasSection,
  a: string,
  b: string,
  from: Sides,
  to: Sides,
): Correspondence | null {
  const alias = spellingOf(a, section, from.aliases)
  if (alias !== null && alias === spellingOf(b, section, to.aliases)) return { by: 'alias', alias }
  const [here, there] = [named(from, section, a), named(to, section, b)]
  return here !== null && here === there ? { by: 'name' } : null
}

/** Null: there is none of this slug, or its name and type are not its own. */
function named({ connections }: Sides, section: AliasSection, slug: string): string | null {
  const one = connections[section].find((connection) => connection.slug === slug)
  if (one === undefined) return null
  const twins = connections[section].filter((other) => nameAndType(other) === nameAndType(one))
  return twins.length === 1 ? nameAndType(one) : null
}

function nameAndType({ name, type }: NamedConnection): string {
  return JSON.stringify([name.trim().toLowerCase(), type])
}

/** The slug over there that stands for one of here: by alias, then by slug, then by name and type. */
export function counterpartOf(section: AliasSection, slug: string, from: Sides, to: Sides): string | null {
  const slugs = to.connections[section].map((connection) => connection.slug)
  const corresponds = correspondences(from, to)
  const by = (how: Correspondence['by']) =>
    slugs.find((other) => corresponds(section, slug, other)?.by === how)
  return by('alias') ?? by('slug') ?? by('name') ?? null
}

export function sectionOf(kind: FileKind): AliasSection | null {
  return aliasedField(kind)?.section ?? null
}

/** Two summaries mean the same: one value, and a source or destination that stands for the other. */
export function meansSame(a: SummedUp, b: SummedUp, corresponds: Corresponds): boolean {
  const section = sectionOf(a.kind)
  return (
    a.digest === b.digest && (section === null || corresponds(section, a.connection, b.connection) !== null)
  )
}
