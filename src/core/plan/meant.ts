import { type Reference, referencesOf } from '../lint/references.ts'
import { resourceKey } from '../model/resource.ts'
import { TARGET_KINDS } from './catalog.ts'
import { mergedRef } from './names.ts'
import { type Holders, holdersOf } from './sides-after.ts'
import type { Pair } from './snapshot.ts'
import type { Standing } from './standing.ts'
import type { Holding } from './world.ts'

/** Which pair has a name before anything is applied. */
export type NamesNow = {
  readonly workspace: Holders
  readonly repository: Holders
  /** Where a flowing value comes from: Git, the workspace, or both once merged. */
  readonly of: (standing: Standing | undefined) => Holders | null
}

export function namesNow(pairs: readonly Pair[]): NamesNow {
  const workspace = holdersOf(pairs, (pair) => pair.workspace?.ref)
  const repository = holdersOf(pairs, ({ file }) => file?.ref)
  const flowing = { inbound: repository, outbound: workspace, merge: holdersOf(pairs, mergedRef) }
  const of = (standing: Standing | undefined) => {
    const kind = standing?.kind
    return kind === 'inbound' || kind === 'outbound' || kind === 'merge' ? flowing[kind] : null
  }
  return { workspace, repository, of }
}

/** One side of a pair as it is now, and which pair has a name there. */
type Present = { readonly pair: Pair; readonly side: 'workspace' | 'repository'; readonly names: NamesNow }

/**
 * What `holding` refers to by names, as `here` has them, that another resource has over there once the plan is
 * applied, so that it would mean that one (S18); not where it means that one over there already.
 */
export function meantOtherwise(
  { ref, value }: Holding,
  here: Holders | null,
  there: Holders,
  present: Present,
): number[] {
  if (here === null) return []
  return referencesOf(ref, value ?? {}).flatMap((reference) => {
    const [meant, found] = [here, there].map((holders) => holderOf(reference, holders))
    if (meant === undefined || found === undefined || meant === found) return []
    return meantNow(present, reference.field) === found ? [] : [meant]
  })
}

function meantNow({ pair, side, names }: Present, at: string): number | undefined {
  const entry = side === 'workspace' ? pair.workspace : pair.file
  if (!entry || !('value' in entry)) return undefined
  const reference = referencesOf(entry.ref, entry.value).find(({ field }) => field === at)
  return reference && holderOf(reference, names[side])
}

function holderOf({ target, slug }: Reference, holders: Holders): number | undefined {
  for (const kind of TARGET_KINDS[target]) {
    const holder = holders.get(resourceKey({ kind, slug }))
    if (holder !== undefined) return holder
  }
  return undefined
}
