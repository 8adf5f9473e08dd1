import { type ResourceKey, resourceKey, type Value } from '../model/resource.ts'
import { refOf, theirsOf } from './decide.ts'
import type { Pair } from './snapshot.ts'
import { flowsIn, type Standing } from './standing.ts'
import type { Holding, World } from './world.ts'

/** What the workspace holds of a pair once the plan is applied. */
export function ours(pair: Pair, standing: Standing | undefined): Holding | null {
  if (standing?.kind === 'merge') return merged(pair, standing.value)
  if (standing?.kind !== 'inbound') {
    const { workspace, file } = pair
    return workspace && { ref: workspace.ref, value: workspace.value, path: file?.path ?? null }
  }
  const { file } = pair
  return file?.kind === 'read' ? { ref: file.ref, value: theirsOf(file, pair), path: file.path } : null
}

function merged(pair: Pair, value: Value): Holding {
  return { ref: refOf(pair), value, path: pair.file?.path ?? null }
}

/** What the repository holds of a pair once the plan is applied. */
export function theirs(pair: Pair, standing: Standing | undefined): Holding | null {
  const { workspace, file } = pair
  if (standing?.kind === 'merge') return merged(pair, standing.value)
  if (standing?.kind === 'outbound') {
    return workspace && { ref: workspace.ref, value: workspace.value, path: file?.path ?? null }
  }
  if (!file) return null
  const value: Value | null = file.kind === 'read' ? file.value : null
  return { ref: file.ref, value, path: file.path }
}

/** `twice`: an incoming file whose name another resource of the workspace has. */
export function workspaceAfter(pairs: readonly Pair[], standings: readonly Standing[]) {
  const world = new Map<ResourceKey, Holding>()
  const holder = new Map<ResourceKey, number>()
  const twice: [number, number][] = []
  const place = (pair: Pair, i: number) => {
    const holding = ours(pair, standings[i])
    if (!holding) return
    const key = resourceKey(holding.ref)
    const other = holder.get(key)
    if (other !== undefined) twice.push([i, other])
    else world.set(key, holding)
    holder.set(key, i)
  }
  pairs.forEach((pair, i) => {
    if (!flowsIn(standings[i])) place(pair, i)
  })
  pairs.forEach((pair, i) => {
    if (flowsIn(standings[i])) place(pair, i)
  })
  return { world, twice }
}

export function repositoryAfter(pairs: readonly Pair[], standings: readonly Standing[]): World {
  const world = new Map<ResourceKey, Holding>()
  pairs.forEach((pair, i) => {
    const holding = theirs(pair, standings[i])
    if (holding) world.set(resourceKey(holding.ref), holding)
  })
  return world
}
