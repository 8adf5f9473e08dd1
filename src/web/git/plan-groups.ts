import { IMPACTS } from '../../core/impact/rules.ts'
import type { Kind } from '../../core/model/kind.ts'
import type { FieldChangeWire, ImpactWire, PlanEntryWire, PlanWire } from '../../core/wire/plan.ts'
import type { Tone } from '../components/tone.ts'
import { count } from '../words/count.ts'

type Change = 'added' | 'changed' | 'removed' | 'renamed'
export type PlanLine = {
  readonly kind: Kind
  readonly slug: string
  readonly change: Change | null
  readonly note: string | null
  readonly fields: readonly FieldChangeWire[]
  readonly impact: ImpactWire | null
  readonly dependents: PlanEntryWire['dependents']
}
export type PlanGroup = {
  readonly id: string
  readonly title: string
  readonly tone: Tone
  readonly lines: readonly PlanLine[]
}

/** Breaking first; of the same word what goes away, then what changes, then what comes. */
const ORDER: Readonly<Record<Change, number>> = { removed: 0, renamed: 1, changed: 2, added: 3 }

type Entry = {
  readonly kind: Kind
  readonly slug: string
  readonly change?: Change
  readonly from?: string | undefined
  readonly reason?: string
  readonly fields?: readonly FieldChangeWire[]
  readonly impact?: ImpactWire
  readonly dependents?: PlanEntryWire['dependents']
}

function linesOf(entries: readonly Entry[]): readonly PlanLine[] {
  return entries
    .map(
      (entry): PlanLine => ({
        kind: entry.kind,
        slug: entry.slug,
        change: entry.change ?? null,
        note: entry.reason ?? (entry.from === undefined ? null : `was ${entry.from}`),
        fields: entry.fields ?? [],
        impact: entry.impact ?? null,
        dependents: entry.dependents,
      }),
    )
    .sort((a, b) => wordRank(b) - wordRank(a) || changeRank(a) - changeRank(b))
}

function wordRank({ impact }: PlanLine): number {
  return impact ? IMPACTS.indexOf(impact.word) : 0
}

function changeRank({ change }: PlanLine): number {
  return change ? ORDER[change] : 0
}

/** A plan as what a person decides on: conflicts and waits before what simply flows. */
export function planGroups(plan: PlanWire): readonly PlanGroup[] {
  const held = plan.held.flatMap((one) => one.changes.map((entry) => ({ ...entry, reason: one.message })))
  const groups: readonly PlanGroup[] = [
    { id: 'conflicts', title: 'Differ on both sides', tone: 'amber', lines: linesOf(plan.conflicts) },
    { id: 'held', title: 'Held for consent', tone: 'orange', lines: linesOf(held) },
    ...changeGroups(plan.inbound, plan.outbound),
    { id: 'waiting', title: 'Wait', tone: 'slate', lines: linesOf(plan.waiting) },
    {
      id: 'pending',
      title: 'Pending: a name is not known here',
      tone: 'slate',
      lines: linesOf(plan.pending),
    },
    { id: 'aside', title: 'Set aside: the file has an error', tone: 'grey', lines: linesOf(plan.aside) },
  ]
  return groups.filter((group) => group.lines.length > 0)
}

/** All that approving one held entry would do (S16). */
export function heldGroup({ digest, changes }: PlanWire['held'][number]): PlanGroup {
  return { id: digest, title: 'What it would do', tone: 'orange', lines: linesOf(changes) }
}

/** What flows, by direction. */
export function changeGroups(
  inbound: PlanWire['inbound'],
  outbound: PlanWire['outbound'],
): readonly PlanGroup[] {
  const groups: readonly PlanGroup[] = [
    { id: 'inbound', title: 'From Git to the workspace', tone: 'blue', lines: linesOf(inbound) },
    { id: 'outbound', title: 'From the workspace to Git', tone: 'violet', lines: linesOf(outbound) },
  ]
  return groups.filter((group) => group.lines.length > 0)
}

/** Counts first: `3 in, 2 out, 1 conflict`. */
export function planCounts(plan: PlanWire): string {
  const parts = [
    `${plan.inbound.length} in`,
    `${plan.outbound.length} out`,
    ...(plan.conflicts.length > 0 ? [count(plan.conflicts.length, 'conflict')] : []),
    ...(plan.pending.length > 0 ? [`${plan.pending.length} pending`] : []),
    ...(plan.aside.length > 0 ? [`${plan.aside.length} set aside`] : []),
    ...(plan.converged.length > 0 ? [`${plan.converged.length} equal`] : []),
  ]
  return parts.join(', ')
}
