import { type FileRef, type ResourceKey, resourceKey } from '../model/resource.ts'
import { renamedPair, renameGroup } from './compare-two.ts'
import {
  type Corresponds,
  correspondences,
  type Environment,
  meansSame,
  type SummedUp,
} from './environment.ts'

/** What a resource was before the first of a day's changes of it. */
export type BeforeDay = {
  readonly id: string
  /** `2026-03-29`. */
  readonly day: string
  /** Null: it was not there. */
  readonly before: SummedUp | null
  /** Its name today; null: it is not there any more. */
  readonly now: FileRef | null
}

export type Sides<T> = { readonly from: T; readonly to: T }
export type DriftDay = { readonly day: string; readonly differing: number }

/**
 * How far apart two workspaces were at the end of each of `days`, which end today: how many resources differ, as
 * `compareTwo` counts them. It walks back from today, and what no day has touched is not compared again. What stands
 * for what is as it is now: it says what the workspaces are to each other, and is no day's change of a resource.
 */
export function driftOf(
  environments: Sides<Environment>,
  changes: Sides<readonly BeforeDay[]>,
  days: readonly string[],
): DriftDay[] {
  const [from, to] = [touchedByDay(changes.from), touchedByDay(changes.to)]
  const newestFirst = days.toReversed()
  const undone = newestFirst.slice(0, -1).map((day) => ({ from: from.get(day) ?? [], to: to.get(day) ?? [] }))
  const counts = walkBack(environments, undone)
  return newestFirst.map((day, i) => ({ day, differing: counts[i] ?? 0 })).reverse()
}

/** What a day did to one resource. */
type Touched = { readonly before: SummedUp | null; readonly after: FileRef | null }

/** After a day a resource was what it was before the next day that touched it. */
function touchedByDay(changes: readonly BeforeDay[]): Map<string, Touched[]> {
  const touched = new Map<string, Touched[]>()
  const later = new Map<string, SummedUp | null>()
  for (const { id, day, before, now } of [...changes].sort((a, b) => (a.day < b.day ? 1 : -1))) {
    const next = later.get(id)
    const one = { before, after: next === undefined ? now : next }
    later.set(id, before)
    const others = touched.get(day)
    if (others === undefined) touched.set(day, [one])
    else others.push(one)
  }
  return touched
}

/** The counts of today and of before each day, told from the newest back. */
function walkBack({ from, to }: Sides<Environment>, days: readonly Sides<readonly Touched[]>[]): number[] {
  const [here, there] = [new Map(from.resources), new Map(to.resources)]
  const tally = new Tally(correspondences(from, to))
  for (const key of new Set([...here.keys(), ...there.keys()])) tally.add(key, here.get(key), there.get(key))
  const counts = [tally.count]
  for (const day of days) {
    const keys = new Set([...day.from, ...day.to].flatMap(names).map(resourceKey))
    for (const key of keys) tally.remove(key, here.get(key), there.get(key))
    undo(here, day.from)
    undo(there, day.to)
    for (const key of keys) tally.add(key, here.get(key), there.get(key))
    counts.push(tally.count)
  }
  return counts
}

function names({ before, after }: Touched): FileRef[] {
  return [before, after].flatMap((ref) => ref ?? [])
}

/** All are taken away before any is put back: two may have swapped their names. */
function undo(resources: Map<ResourceKey, SummedUp>, day: readonly Touched[]): void {
  for (const { after } of day) if (after !== null) resources.delete(resourceKey(after))
  for (const { before } of day) if (before !== null) resources.set(resourceKey(before), before)
}

type Group = { readonly gone: Map<ResourceKey, SummedUp>; readonly came: Map<ResourceKey, SummedUp> }

/** The number of differences, kept up to date by resource. */
class Tally {
  count = 0
  readonly #groups = new Map<string, Group>()
  readonly #corresponds: Corresponds

  constructor(corresponds: Corresponds) {
    this.#corresponds = corresponds
  }

  add(key: ResourceKey, a: SummedUp | undefined, b: SummedUp | undefined): void {
    if (a && b) this.count += meansSame(a, b, this.#corresponds) ? 0 : 1
    else if (a) this.#regroup(a, ({ gone }) => gone.set(key, a))
    else if (b) this.#regroup(b, ({ came }) => came.set(key, b))
  }

  remove(key: ResourceKey, a: SummedUp | undefined, b: SummedUp | undefined): void {
    if (a && b) this.count -= meansSame(a, b, this.#corresponds) ? 0 : 1
    else if (a) this.#regroup(a, ({ gone }) => gone.delete(key))
    else if (b) this.#regroup(b, ({ came }) => came.delete(key))
  }

  #regroup(one: SummedUp, change: (group: Group) => void): void {
    const name = renameGroup(one)
    const group = this.#groups.get(name) ?? { gone: new Map(), came: new Map() }
    this.#groups.set(name, group)
    this.count -= this.#differences(group)
    change(group)
    this.count += this.#differences(group)
  }

  /** A rename is one difference, and its two sides are none. Any group but a pair is too large to be one. */
  #differences({ gone, came }: Group): number {
    const isPair = gone.size === 1 && came.size === 1
    const isRename = isPair && renamedPair([...gone.values()], [...came.values()], this.#corresponds) !== null
    return gone.size + came.size - (isRename ? 1 : 0)
  }
}
