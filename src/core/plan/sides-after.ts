import { type FileRef, type ResourceKey, resourceKey, type Value } from '../model/resource.ts'
import { theirsOf } from './decide.ts'
import type { Pair } from './snapshot.ts'
import { flowsIn, flowsOut, type Standing } from './standing.ts'
import type { Holding, World } from './world.ts'

/** What the workspace holds of a pair once the plan is applied. */
export function ours(pair: Pair, standing: Standing | undefined): Holding | null {
  if (standing?.kind === 'merge') return merged(pair, standing)
  if (standing?.kind !== 'inbound') {
    const { workspace, file } = pair
    return workspace && { ref: workspace.ref, value: workspace.value, path: file?.path ?? null }
  }
  const { file } = pair
  return file?.kind === 'read' ? { ref: file.ref, value: theirsOf(file, pair), path: file.path } : null
}

function merged(pair: Pair, { ref, value }: { readonly ref: FileRef; readonly value: Value }): Holding {
  return { ref, value, path: pair.file?.path ?? null }
}

/** What the repository holds of a pair once the plan is applied. */
export function theirs(pair: Pair, standing: Standing | undefined): Holding | null {
  const { workspace, file } = pair
  if (standing?.kind === 'merge') return merged(pair, standing)
  if (standing?.kind === 'outbound') {
    return workspace && { ref: workspace.ref, value: workspace.value, path: file?.path ?? null }
  }
  if (!file) return null
  const value: Value | null = file.kind === 'read' ? file.value : null
  return { ref: file.ref, value, path: file.path }
}

export type Holders = ReadonlyMap<ResourceKey, number>

/** Which pair has a name on one side. */
export function holdersOf(
  pairs: readonly Pair[],
  refOn: (pair: Pair) => FileRef | null | undefined,
): Holders {
  return new Map(
    pairs.flatMap((pair, i) => {
      const ref = refOn(pair)
      return ref ? [[resourceKey(ref), i] as const] : []
    }),
  )
}

type After = {
  readonly world: World
  /** Which pair has a name there. */
  readonly holders: Holders
  /** One that flows there, and another that has its name. */
  readonly twice: readonly { readonly at: number; readonly other: number; readonly ref: FileRef }[]
}

export function workspaceAfter(pairs: readonly Pair[], standings: readonly Standing[]): After {
  return sideAfter(pairs, standings, ours, flowsIn)
}

export function repositoryAfter(pairs: readonly Pair[], standings: readonly Standing[]): After {
  return sideAfter(pairs, standings, theirs, flowsOut)
}

function sideAfter(
  pairs: readonly Pair[],
  standings: readonly Standing[],
  held: typeof ours,
  flows: typeof flowsIn,
): After {
  const world = new Map<ResourceKey, Holding>()
  const holder = new Map<ResourceKey, number>()
  const twice: { at: number; other: number; ref: FileRef }[] = []
  const place = (pair: Pair, i: number) => {
    const holding = held(pair, standings[i])
    if (!holding) return
    const key = resourceKey(holding.ref)
    const other = holder.get(key)
    if (other !== undefined) twice.push({ at: i, other, ref: holding.ref })
    else world.set(key, holding)
    holder.set(key, i)
  }
  pairs.forEach((pair, i) => {
    if (!flows(standings[i])) place(pair, i)
  })
  pairs.forEach((pair, i) => {
    if (flows(standings[i])) place(pair, i)
  })
  return { world, holders: holder, twice }
}
