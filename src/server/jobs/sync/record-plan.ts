import { resourceKey } from '../../../core/model/resource.ts'
import type { Plan, PlanEntry } from '../../../core/plan/plan.ts'
import type { RunCounts } from '../../../store/tables/git.ts'
import type { Work } from './work.ts'

/** Entries beyond this many are kept without their fields, and beyond ten times as many not at all. */
const DETAILED = 500
const LISTED = 5_000
const DIAGNOSTICS = 2_000

export function countsOf(plan: Plan): RunCounts {
  return {
    inbound: plan.inbound.length,
    outbound: plan.outbound.length,
    conflicts: plan.conflicts.length,
    held: new Set(plan.held.flatMap(({ changes }) => changes.map(resourceKey))).size,
    aside: plan.aside.length,
    pending: plan.pending.length,
  }
}

/** Every resource that waits for consent, as "kind:slug": by its old name as well, which it still has on one side. */
export function heldKeys({ held }: Plan): string[] {
  const names = ({ kind, slug, from = slug }: PlanEntry) => [
    resourceKey({ kind, slug: from }),
    resourceKey({ kind, slug }),
  ]
  return [...new Set(held.flatMap(({ changes }) => changes.flatMap(names)))]
}

/** The run shows what it is about to do, by field (S24). A dry run keeps the whole plan. */
export async function recordPlan(
  work: Work,
  plan: Plan,
  { dryRun }: { readonly dryRun: boolean },
): Promise<void> {
  const shown: Plan = dryRun
    ? plan
    : {
        ...plan,
        inbound: shorten(plan.inbound),
        outbound: shorten(plan.outbound),
        converged: [],
        diagnostics: [],
      }
  await work.db
    .updateTable('run')
    .set({
      head: plan.head,
      plan: JSON.stringify(shown),
      counts: JSON.stringify(countsOf(plan)),
      diagnostics: JSON.stringify(plan.diagnostics.slice(0, DIAGNOSTICS)),
    })
    .where('id', '=', work.run.id)
    .execute()
}

function shorten(entries: readonly PlanEntry[]): PlanEntry[] {
  return entries.slice(0, LISTED).map((entry, i) => (i < DETAILED ? entry : withoutFields(entry)))
}

/** Named one by one: a copy of all would work out the fields first. */
function withoutFields({ kind, slug, path, change, from, impact, dependents }: PlanEntry): PlanEntry {
  return {
    kind,
    slug,
    path,
    change,
    ...(from === undefined ? {} : { from }),
    fields: [],
    impact,
    ...(dependents === undefined ? {} : { dependents }),
  }
}
