import type { FieldChange } from '../format/field-diff.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { type Json, sameJson } from '../model/json.ts'
import { resourceKey } from '../model/resource.ts'
import type { HeldReason, LeftEntry, Plan, PlanEntry } from '../plan/plan.ts'

/** What merging a pull request would do in a workspace (S22). */
export type PullPlan =
  | {
      readonly kind: 'planned'
      readonly changes: readonly PlanEntry[]
      /** Changed in the workspace too, so that somebody will have to choose. */
      readonly conflicts: readonly PlanEntry[]
      /** Files that would wait for a name that this workspace does not know. */
      readonly pending: readonly LeftEntry[]
      /** Why it would wait for an admin's consent. */
      readonly held: readonly HeldReason[]
      /** Those that the branch does not have already. */
      readonly problems: readonly Diagnostic[]
      /** Alias file and manifest are those of the branch (Z11). */
      readonly isFork: boolean
    }
  /** The host merges it no more than git does. */
  | { readonly kind: 'unmergeable'; readonly files: readonly string[] }
  /** Its commits are in a fork alone, which is not asked (Z11). */
  | { readonly kind: 'elsewhere' }

/** The plan of the merged state, without what the branch alone would do too. */
export function pullPlanOf(branch: Plan, merged: Plan, isFork: boolean): PullPlan {
  const isThere = new Set(branch.diagnostics.map(identity))
  return {
    kind: 'planned',
    changes: withoutThose(incoming(merged), incoming(branch)),
    conflicts: withoutThose(merged.conflicts, branch.conflicts),
    pending: merged.pending.filter(({ path }) => branch.pending.every((one) => one.path !== path)),
    held: [...new Set(inboundHeld(merged).map(({ reason }) => reason))],
    problems: merged.diagnostics.filter((diagnostic) => !isThere.has(identity(diagnostic))),
    isFork,
  }
}

function incoming(plan: Plan): PlanEntry[] {
  const all = [...plan.inbound, ...inboundHeld(plan).flatMap(({ changes }) => changes)]
  return [...new Map(all.map((entry) => [resourceKey(entry), entry])).values()]
}

function inboundHeld({ held }: Plan) {
  return held.filter(({ direction }) => direction !== 'outbound')
}

function withoutThose(entries: readonly PlanEntry[], those: readonly PlanEntry[]): PlanEntry[] {
  const known = new Map(those.map((entry) => [resourceKey(entry), entry]))
  return entries.filter((entry) => {
    const same = known.get(resourceKey(entry))
    return same === undefined || !(same.change === entry.change && sameFields(same.fields, entry.fields))
  })
}

function sameFields(a: readonly FieldChange[], b: readonly FieldChange[]): boolean {
  // Changes of fields are JSON but for what is absent.
  return sameJson(a as unknown as Json, b as unknown as Json)
}

/** The same fault on another line is still that fault. */
function identity({ code, file, message }: Diagnostic): string {
  return JSON.stringify([code, file, message])
}
