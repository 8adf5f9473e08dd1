import { KINDS } from '../model/kind.ts'
import { type FileRef, type ResourceKey, resourceKey } from '../model/resource.ts'
import { correspondences, type Environment, meansSame } from './environment.ts'

export const CELLS = ['same', 'differs', 'missing', 'pending'] as const
export type Cell = (typeof CELLS)[number]

/** One resource in every workspace, in their order. `from`: the place of the workspace that the others are held against. */
export type MatrixRow = FileRef & {
  readonly name: string | null
  readonly from: number
  readonly cells: readonly Cell[]
}

/**
 * W7: every resource of any of the workspaces, held against the first workspace that has it, so that the first
 * of the list is what the others are compared with.
 */
export function matrixOf(environments: readonly Environment[]): MatrixRow[] {
  const pairs = new Map<number, ReturnType<typeof correspondences>>()
  const corresponds = (from: number, to: number) => {
    const key = from * environments.length + to
    const known = pairs.get(key)
    const [a, b] = [environments[from], environments[to]]
    if (known !== undefined || a === undefined || b === undefined) return known ?? (() => null)
    const made = correspondences(a, b)
    pairs.set(key, made)
    return made
  }
  return allRefs(environments).map(([key, ref]) => {
    const from = Math.max(
      0,
      environments.findIndex(({ resources }) => resources.has(key)),
    )
    const reference = environments[from]?.resources.get(key)
    const cells = environments.map(({ resources, pending }, i): Cell => {
      if (pending.has(key)) return 'pending'
      const one = resources.get(key)
      if (one === undefined) return 'missing'
      return i === from || (reference && meansSame(reference, one, corresponds(from, i))) ? 'same' : 'differs'
    })
    return { ...ref, name: reference?.name ?? null, from, cells }
  })
}

function allRefs(environments: readonly Environment[]): [ResourceKey, FileRef][] {
  const refs = new Map<ResourceKey, FileRef>()
  for (const { resources, pending } of environments) {
    for (const { kind, slug } of [...resources.values(), ...pending.values()]) {
      refs.set(resourceKey({ kind, slug }), { kind, slug })
    }
  }
  return [...refs].sort(([, a], [, b]) => byKindAndSlug(a, b))
}

export function byKindAndSlug(a: FileRef, b: FileRef): number {
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0)
}

/** All workspaces have it, and all alike. */
export function isAlike({ cells }: MatrixRow): boolean {
  return cells.every((cell) => cell === 'same')
}
