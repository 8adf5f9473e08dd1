import { ALIAS_SECTIONS, type Aliases, type AliasSection, resolveAlias } from './aliases.ts'
import { type Candidate, type Proposal, proposeAlias } from './propose-alias.ts'

/** One workspace that shares the files. */
export type Sharer = {
  readonly slug: string
  readonly aliases: Aliases
  readonly candidates: Readonly<Record<AliasSection, readonly Candidate[]>>
  /** How many of its files spell a name. */
  readonly uses: Readonly<Record<AliasSection, ReadonlyMap<string, number>>>
}

/** What a name means in one workspace. `slug` null: nothing there. */
export type Meaning = {
  readonly workspace: string
  /** Its alias file has a line of this name. */
  readonly isAlias: boolean
  readonly slug: string | null
}

export type AliasRow = {
  readonly section: AliasSection
  readonly name: string
  /** Files of the first workspace that spell it. */
  readonly files: number
  readonly meanings: readonly Meaning[]
  /** What it most likely means in the first workspace, where it means nothing. */
  readonly proposals: readonly Proposal[]
}

/** Every name that a file or an alias file of these workspaces has, and what it means in each; `here` first. */
export function aliasTable(here: Sharer, others: readonly Sharer[]): AliasRow[] {
  const all = [here, ...others]
  return ALIAS_SECTIONS.flatMap((section) => {
    const names = new Set(
      all.flatMap(({ aliases, uses }) => [...aliases[section].keys(), ...uses[section].keys()]),
    )
    // A slug that all of them have needs no line anywhere.
    const isTold = (name: string) =>
      all.some(({ aliases, candidates }) => aliases[section].has(name) || !has(candidates[section], name))
    return [...names]
      .filter(isTold)
      .sort()
      .map((name) => row(section, name, here, all))
  })
}

function row(section: AliasSection, name: string, here: Sharer, all: readonly Sharer[]): AliasRow {
  const meanings = all.map((one) => meaningOf(section, name, one))
  const [own, ...elsewhere] = meanings
  const meant = elsewhere.flatMap(({ slug }, i) => {
    const found = all[i + 1]?.candidates[section].find((candidate) => candidate.slug === slug)
    return found ? [found] : []
  })
  return {
    section,
    name,
    files: here.uses[section].get(name) ?? 0,
    meanings,
    proposals: own?.slug === null ? proposeAlias(name, meant, here.candidates[section]) : [],
  }
}

function meaningOf(
  section: AliasSection,
  name: string,
  { slug: workspace, aliases, candidates }: Sharer,
): Meaning {
  const meaning = resolveAlias(name, section, aliases)
  const isThere = meaning.kind === 'slug' && has(candidates[section], meaning.slug)
  return { workspace, isAlias: aliases[section].has(name), slug: isThere ? meaning.slug : null }
}

function has(candidates: readonly Candidate[], slug: string): boolean {
  return candidates.some((candidate) => candidate.slug === slug)
}
