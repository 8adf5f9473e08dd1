import { resourceKey } from '../../../core/model/resource.ts'
import type { Plan, PlanEntry } from '../../../core/plan/plan.ts'
import type { Db } from '../../../store/database.ts'
import { dependentsOf } from '../../../store/dependents.ts'

/** More changes than this are told without what depends on them: nobody reads so many. */
const ENTRIES = 200

/** Each change that is more than *safe* with everything that depends on the resource (S1). */
export async function withDependents(db: Db, workspaceId: string, plan: Plan): Promise<Plan> {
  const entries = [plan.inbound, plan.outbound, ...plan.held.map(({ changes }) => changes)].flat()
  const asked = entries.filter(({ impact }) => impact.word !== 'safe').slice(0, ENTRIES)
  if (asked.length === 0) return plan
  // A renamed resource is referred to by the name that it has here.
  const refs = new Map(
    asked.flatMap((entry) => namesOf(entry).map((ref) => [resourceKey(ref), ref] as const)),
  )
  const found = await dependentsOf(db, workspaceId, [...refs.values()])
  const told = (list: readonly PlanEntry[]) =>
    list.map((entry) => {
      const dependents = namesOf(entry).flatMap((ref) => found.get(resourceKey(ref)) ?? [])
      return dependents.length > 0 ? { ...entry, dependents } : entry
    })
  return {
    ...plan,
    inbound: told(plan.inbound),
    outbound: told(plan.outbound),
    held: plan.held.map((held) => ({ ...held, changes: told(held.changes) })),
  }
}

function namesOf({ kind, slug, from }: PlanEntry) {
  return [{ kind, slug }, ...(from === undefined ? [] : [{ kind, slug: from }])]
}
