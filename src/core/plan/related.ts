import { type Reference, referencesOf } from '../lint/references.ts'
import { isSchemaModelKind } from '../model/kind.ts'
import type { FileRef } from '../model/resource.ts'
import { TARGET_KINDS } from './catalog.ts'
import { refOf } from './decide.ts'
import type { Pair } from './snapshot.ts'
import type { Holding } from './world.ts'

/** Pairs by every slug that they have on a side. */
export type Index = ReadonlyMap<string, readonly number[]>

export function indexBySlug(pairs: readonly Pair[]): Index {
  const index = new Map<string, number[]>()
  pairs.forEach((pair, i) => {
    for (const slug of new Set(sidesOf(pair).map((ref) => ref.slug))) {
      const list = index.get(slug)
      if (list) list.push(i)
      else index.set(slug, [i])
    }
  })
  return index
}

/** Pairs that a holding refers to on any side, and those that share its slug. */
export function relatedTo(pairs: readonly Pair[], index: Index, holding: Holding, self: number): number[] {
  const references = referencesOf(holding.ref, holding.value ?? {})
  const named = references.flatMap((reference) =>
    (index.get(reference.slug) ?? []).filter((j) => isMeant(pairs[j], reference)),
  )
  const { kind, slug } = holding.ref
  const sharing = isSchemaModelKind(kind)
    ? (index.get(slug) ?? []).filter((j) => pairs[j] && isSchemaModelKind(refOf(pairs[j]).kind))
    : []
  return [...new Set([...named, ...sharing])].filter((j) => j !== self)
}

function isMeant(pair: Pair | undefined, { target, slug }: Reference): boolean {
  return (
    pair !== undefined &&
    sidesOf(pair).some((ref) => ref.slug === slug && TARGET_KINDS[target].includes(ref.kind))
  )
}

function sidesOf({ base, workspace, file }: Pair): FileRef[] {
  return [base, workspace, file].flatMap((side) => (side ? [side.ref] : []))
}
