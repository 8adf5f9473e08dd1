import type { JsonObject } from '../model/json.ts'
import { own, withKey } from '../model/json.ts'
import { type FileKind, isModelKind } from '../model/kind.ts'
import type { FileValue, Value } from '../model/resource.ts'

/** A workspace's alias file: what the names in the shared files mean there. */
export type Aliases = {
  readonly sources: ReadonlyMap<string, string>
  readonly destinations: ReadonlyMap<string, string>
}
export type AliasSection = keyof Aliases
export const ALIAS_SECTIONS = ['sources', 'destinations'] as const satisfies readonly AliasSection[]
export const NO_ALIASES: Aliases = { sources: new Map(), destinations: new Map() }

/** The one key of a kind that holds an alias or an actual slug (E1). */
export function aliasedField(
  kind: FileKind,
): { key: 'source' | 'destination'; section: AliasSection } | null {
  if (isModelKind(kind)) return { key: 'source', section: 'sources' }
  return kind === 'syncs' ? { key: 'destination', section: 'destinations' } : null
}

/** A longer chain is a mistake as surely as a circle is, and every file that uses it would pay for it. */
const LONGEST_CHAIN = 100

/**
 * E1: an alias wins over a slug of the same spelling, may point at another alias, and means the slug of its own
 * name when it points at itself.
 */
export function resolveAlias(
  name: string,
  section: AliasSection,
  aliases: Aliases,
): { kind: 'slug'; slug: string } | { kind: 'cycle' } {
  let current = name
  for (let steps = 0; steps < LONGEST_CHAIN; steps++) {
    const next = aliases[section].get(current)
    if (next === undefined || next === current) return { kind: 'slug', slug: current }
    current = next
  }
  return { kind: 'cycle' }
}

/** E1: the value with actual slugs. A name that leads into a cycle means nothing and stays as it is. */
export function resolveAliases(kind: FileKind, value: FileValue, aliases: Aliases): FileValue {
  const field = aliasedField(kind)
  const name = field === null ? undefined : own(value, field.key)
  if (field === null || typeof name !== 'string') return value
  const meaning = resolveAlias(name, field.section, aliases)
  return meaning.kind === 'cycle' || meaning.slug === name ? value : withKey(value, field.key, meaning.slug)
}

/**
 * E2: the value as the file spells it: as before while that still means the same, else by the first alias (by
 * name) that means the slug, else by the slug itself.
 */
export function spellAliases(
  kind: FileKind,
  value: Value,
  aliases: Aliases,
  existing: FileValue | null,
): FileValue {
  const field = aliasedField(kind)
  const slug = field === null ? undefined : own(value, field.key)
  if (field === null || typeof slug !== 'string') return value
  const before = existing === null ? undefined : own(existing as JsonObject, field.key)
  const spelled =
    typeof before === 'string' && means(before, slug, field.section, aliases)
      ? before
      : (spellingOf(slug, field.section, aliases) ?? slug)
  return spelled === slug ? value : withKey(value, field.key, spelled)
}

/** E2: how files spell a slug; null when an alias of the same spelling hides it and none points at it. */
export function spellingOf(slug: string, section: AliasSection, aliases: Aliases): string | null {
  const names = [...aliases[section].keys()].filter((name) => means(name, slug, section, aliases)).sort()
  return names[0] ?? (aliases[section].has(slug) ? null : slug)
}

function means(name: string, slug: string, section: AliasSection, aliases: Aliases): boolean {
  const meaning = resolveAlias(name, section, aliases)
  return meaning.kind === 'slug' && meaning.slug === slug
}
