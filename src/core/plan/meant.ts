import { type Reference, referencesOf } from '../lint/references.ts'
import { type FileRef, resourceKey } from '../model/resource.ts'
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
  const flowing = { inbound: repository, outbound: workspace, merge: holdersOf(pairs, keptRef) }
  const of = (standing: Standing | undefined) => {
    const kind = standing?.kind
    return kind === 'inbound' || kind === 'outbound' || kind === 'merge' ? flowing[kind] : null
  }
  return { workspace, repository, of }
}

/** Merged names are those of what is left: what one side deleted has none. */
function keptRef(pair: Pair): FileRef | null {
  const isDeleted = pair.base !== null && (pair.workspace === null || pair.file === null)
  return isDeleted ? null : mergedRef(pair)
}

/** The side that a value is for. */
export type Receiver = {
  /** Which pair has a name there once the plan is applied. */
  readonly after: Holders
  /** The same on the other side; seldom asked for. */
  readonly afterElsewhere: () => Holders
  /** What is there of the same pair now, by the names that are there now. */
  readonly present: Holding | null
  readonly names: Holders
}

/**
 * What `holding` refers to by names, as `here` has them, that another resource has over there once the plan is
 * applied, so that it would mean that one (S18). Not where it means that one over there already and both
 * sides will mean it: what changed its meaning is then no change of its own.
 */
export function meantOtherwise({ ref, value }: Holding, here: Holders, there: Receiver): number[] {
  return referencesOf(ref, value ?? {}).flatMap((reference) => {
    const [meant, found] = [here, there.after].map((holders) => holderOf(reference, holders))
    if (meant === undefined || found === undefined || meant === found) return []
    const isAlready = meantNow(there, reference.field) === found
    return isAlready && holderOf(reference, there.afterElsewhere()) === found ? [] : [meant]
  })
}

function meantNow({ present, names }: Receiver, at: string): number | undefined {
  if (!present?.value) return undefined
  const reference = referencesOf(present.ref, present.value).find(({ field }) => field === at)
  return reference && holderOf(reference, names)
}

function holderOf({ target, slug }: Reference, holders: Holders): number | undefined {
  for (const kind of TARGET_KINDS[target]) {
    const holder = holders.get(resourceKey({ kind, slug }))
    if (holder !== undefined) return holder
  }
  return undefined
}
