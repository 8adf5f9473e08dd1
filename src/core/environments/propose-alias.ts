import { nearestNames } from '../lint/nearest.ts'
import type { NamedConnection } from './environment.ts'

/** A source or destination, with the tables that models read from it. */
export type Candidate = NamedConnection & { readonly tables: ReadonlySet<string> }

export type Proposal = {
  readonly slug: string
  /** Why it is likely, the strongest first: `same name`, `4 tables in common`. */
  readonly why: readonly string[]
}

const SHOWN = 3

/**
 * What an alias most likely means in a workspace that lacks it: by what it means elsewhere (`meant`) and by how it
 * is called. One of another type than everywhere else is never proposed. The likeliest first.
 */
export function proposeAlias(
  alias: string,
  meant: readonly Candidate[],
  candidates: readonly Candidate[],
): Proposal[] {
  const types = new Set(meant.map(({ type }) => type))
  return candidates
    .filter(({ type }) => types.size === 0 || types.has(type))
    .map((candidate) => ({ slug: candidate.slug, ...scoreOf(alias, meant, candidate) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (a.slug < b.slug ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ slug, why }) => ({ slug, why }))
}

function scoreOf(
  alias: string,
  meant: readonly Candidate[],
  candidate: Candidate,
): { score: number; why: string[] } {
  const found: { points: number; why: string }[] = []
  const plain = (text: string) => text.trim().toLowerCase()
  if (meant.some(({ name }) => plain(name) === plain(candidate.name)))
    found.push({ points: 40, why: 'same name' })
  const tables = new Set(meant.flatMap((one) => [...one.tables]))
  const common = [...candidate.tables].filter((table) => tables.has(table)).length
  if (common > 0) {
    const why = `${common} ${common === 1 ? 'table' : 'tables'} in common`
    found.push({ points: 30 * (common / tables.size), why })
  }
  const near = nearestNames(candidate.slug, [alias, ...meant.map(({ slug }) => slug)])
  if (near.length > 0) found.push({ points: 20, why: 'a slug like it' })
  if (meant.length > 0) found.push({ points: 5, why: 'same type' })
  const strongest = found.toSorted((a, b) => b.points - a.points)
  return {
    score: strongest.reduce((sum, { points }) => sum + points, 0),
    why: strongest.map(({ why }) => why),
  }
}
