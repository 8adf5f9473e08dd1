import { ALIAS_SECTIONS, type Aliases, type AliasSection, resolveAlias } from '../environments/aliases.ts'

/**
 * The alias file as it will be: the app's wish on top of what Git has, name by name. A name that both sides
 * changed differently is Git's, and told in `overruled`.
 */
export function mergeAliases(
  base: Aliases,
  wanted: Aliases | null,
  head: Aliases,
): { aliases: Aliases; overruled: readonly string[] } {
  if (wanted === null) return { aliases: head, overruled: [] }
  const overruled: string[] = []
  const merge = (section: AliasSection) => {
    const names = new Set([...head[section].keys(), ...wanted[section].keys()])
    const merged = new Map<string, string>()
    for (const name of names) {
      const [was, ours, theirs] = [base, wanted, head].map((side) => side[section].get(name))
      const value = ours === was ? theirs : theirs === was || theirs === ours ? ours : theirs
      if (ours !== was && theirs !== was && ours !== theirs) overruled.push(name)
      if (value !== undefined) merged.set(name, value)
    }
    return merged
  }
  const aliases = { sources: merge('sources'), destinations: merge('destinations') }
  return { aliases, overruled }
}

export function sameAliases(a: Aliases, b: Aliases): boolean {
  return ALIAS_SECTIONS.every((section) => {
    const [x, y] = [a[section], b[section]]
    return x.size === y.size && [...x].every(([name, slug]) => y.get(name) === slug)
  })
}

/** Names that mean something else now, though no file that spells them changed (E6). */
export function changedNames(section: AliasSection, before: Aliases, after: Aliases): string[] {
  const names = new Set([...before[section].keys(), ...after[section].keys()])
  return [...names].filter((name) => {
    const [was, is] = [before, after].map((aliases) => resolveAlias(name, section, aliases))
    return JSON.stringify(was) !== JSON.stringify(is)
  })
}
