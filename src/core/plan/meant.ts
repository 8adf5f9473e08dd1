import { type Reference, referencesOf } from '../lint/references.ts'
import { type FileRef, resourceKey, type Value } from '../model/resource.ts'
import { TARGET_KINDS } from './catalog.ts'
import { mergedRef, namesOf } from './names.ts'
import type { Holders } from './sides-after.ts'
import type { Pair } from './snapshot.ts'
import type { Standing } from './standing.ts'
import type { Holding } from './world.ts'

/** Which pair has a name before anything is applied. */
export type NamesNow = {
  readonly workspace: Holders
  /** Where a flowing value comes from: Git, the workspace, or both once merged. */
  readonly of: (standing: Standing | undefined) => Holders | null
  /** Whether a reference of a pair is said otherwise on the other side, by the names that resources will have. */
  readonly differs: (pair: Pair, field: string) => boolean
}

export function namesNow(pairs: readonly Pair[]): NamesNow {
  const holders = (refOn: (pair: Pair) => FileRef | null | undefined): Holders =>
    new Map(
      pairs.flatMap((pair, i) => {
        const ref = refOn(pair)
        return ref ? [[resourceKey(ref), i] as const] : []
      }),
    )
  const workspace = holders((pair) => pair.workspace?.ref)
  const flowing = {
    inbound: holders(({ file }) => file?.ref),
    outbound: workspace,
    merge: holders(mergedRef),
  }
  const of = (standing: Standing | undefined) => {
    const kind = standing?.kind
    return kind === 'inbound' || kind === 'outbound' || kind === 'merge' ? flowing[kind] : null
  }
  const { merged } = namesOf(pairs)
  const differs = (pair: Pair, field: string) => {
    const { workspace: ours, file } = merged(pair)
    return !ours || file?.kind !== 'read' || slugAt(ours, field) !== slugAt(file, field)
  }
  return { workspace, of, differs }
}

function slugAt({ ref, value }: { readonly ref: FileRef; readonly value: Value }, at: string) {
  return referencesOf(ref, value).find(({ field }) => field === at)?.slug
}

/** What it refers to by names that another resource has over there, so that it would mean that one (S18). */
export function meantOtherwise(
  names: NamesNow,
  here: Holders | null,
  pair: Pair,
  { ref, value }: Holding,
  there: Holders,
): number[] {
  if (here === null) return []
  return referencesOf(ref, value ?? {}).flatMap((reference) => {
    const [meant, found] = [here, there].map((holders) => holderOf(reference, holders))
    if (meant === undefined || found === undefined || meant === found) return []
    return names.differs(pair, reference.field) ? [meant] : []
  })
}

function holderOf({ target, slug }: Reference, holders: Holders): number | undefined {
  for (const kind of TARGET_KINDS[target]) {
    const holder = holders.get(resourceKey({ kind, slug }))
    if (holder !== undefined) return holder
  }
  return undefined
}
