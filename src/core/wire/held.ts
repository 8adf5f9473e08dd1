import type { PlanWire } from './plan.ts'

export type Held = PlanWire['held'][number]

/** What waits under one seal: one direction, with every reason for it (S16). */
export type HeldGroup = { readonly digest: string; readonly first: Held; readonly entries: readonly Held[] }

export function heldGroups({ held }: Pick<PlanWire, 'held'>): readonly HeldGroup[] {
  return [...Map.groupBy(held, ({ digest }) => digest)].flatMap(([digest, entries]) => {
    const [first] = entries
    return first === undefined ? [] : [{ digest, first, entries }]
  })
}
