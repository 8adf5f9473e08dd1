import { withoutProposed } from '../reviews/share.ts'
import { branchGone, heldEntries } from './consent.ts'
import {
  conflictEntries,
  convergedEntries,
  inboundEntries,
  leftEntries,
  outboundEntries,
  waitingEntries,
} from './entries.ts'
import { type FileStatus, fileStatuses } from './files.ts'
import { forwardedProblems } from './forwards.ts'
import { namesOf } from './names.ts'
import { type HeldEntry, isInboundBlocked, type Plan } from './plan.ts'
import { type Problem, severityOf } from './problem.ts'
import { settle } from './settle.ts'
import type { Pair, Snapshot } from './snapshot.ts'
import { hold, type Standing, standingOf, stop } from './standing.ts'
import type { World } from './world.ts'

/** The plan, whose diagnostics still lack their lines, and what it says of each pair in order. */
export type Reconciliation = {
  readonly plan: Omit<Plan, 'diagnostics'>
  readonly problems: readonly Problem[]
  readonly standings: readonly Standing[]
  readonly statuses: readonly FileStatus[]
  /** The repository at the head. */
  readonly head: World
}

/** S1: base, workspace and repository in, the plan out; no clock, no randomness, no I/O. */
export function reconcile(snapshot: Snapshot): Reconciliation {
  if (snapshot.branch === 'gone') return nothing(snapshot, [branchGone(snapshot)])
  const { statuses, world } = fileStatuses(snapshot)
  const problems = problemsOf(snapshot, statuses)
  const stopped = snapshot.mode === 'following' && problems.some((problem) => isNewError(problem, snapshot))
  const names = namesOf(snapshot.pairs)
  const isSaved = savedIn(snapshot)
  const initial = snapshot.pairs.map((pair, i) => {
    const standing = standingOf(pair, statuses[i] ?? { kind: 'usable' }, snapshot, names)
    return stopped ? stop(pair, standing, isSaved(pair)) : standing
  })
  const settled = settle(snapshot, initial, world, names.merged)
  const held = heldEntries(snapshot, withoutProposed(snapshot, settled))
  const standings = withoutProposed(
    snapshot,
    held.length === 0 ? settled : settle(snapshot, holdBack(snapshot, settled, held), world, names.merged),
  )
  const aside = leftEntries(snapshot, standings, 'aside')
  return {
    plan: {
      version: 1,
      head: snapshot.head,
      base: snapshot.base,
      stopped,
      inbound: inboundEntries(snapshot, standings),
      outbound: outboundEntries(snapshot, standings),
      conflicts: conflictEntries(snapshot, standings),
      converged: convergedEntries(snapshot, standings),
      held,
      // What is not applied sets nothing aside: only what was aside before still is (S14).
      aside: isInboundBlocked({ stopped, held })
        ? aside.filter(({ path }) => snapshot.leftAlone.has(path))
        : aside,
      pending: leftEntries(snapshot, standings, 'pending'),
      waiting: waitingEntries(snapshot, standings),
    },
    problems,
    standings,
    statuses,
    head: world,
  }
}

/** Whether somebody's save of it is queued. */
function savedIn({ queued }: Snapshot): (pair: Pair) => boolean {
  const saved = new Set(queued.flatMap(({ resourceIds }) => resourceIds))
  return ({ workspace, base }) => [workspace, base].some((side) => side !== null && saved.has(side.id))
}

/** A direction is held whole (S16). */
function holdBack(
  snapshot: Snapshot,
  standings: readonly Standing[],
  held: readonly HeldEntry[],
): Standing[] {
  const isSaved = savedIn(snapshot)
  return snapshot.pairs.map((pair, i) => {
    const standing = standings[i] ?? { kind: 'same', rebase: false }
    return held.reduce<Standing>(
      (present, { direction, message }) => hold(pair, present, direction, message, isSaved(pair)),
      standing,
    )
  })
}

function problemsOf({ pairs, aliasProblems }: Snapshot, statuses: readonly FileStatus[]): Problem[] {
  const files = pairs.flatMap((pair, i) => {
    const status = statuses[i]
    const own = pair.role === 'touched' && pair.file?.kind === 'read' ? pair.file.problems : []
    const warnings = [...own, ...forwardedProblems(pair)]
    return status && status.kind !== 'usable' ? [...status.problems, ...warnings] : warnings
  })
  return [...aliasProblems, ...files]
}

/** An error that the last applied commit had not: neither it nor the file that it is in was there (S14). */
function isNewError(problem: Problem, { known, leftAlone, head, base }: Snapshot): boolean {
  if (severityOf(problem) !== 'error' || head === base) return false
  return !known.has(problem.identity) && !leftAlone.has(problem.file)
}

function nothing(snapshot: Snapshot, held: readonly HeldEntry[]): Reconciliation {
  const { head, base, pairs } = snapshot
  const empty = {
    inbound: [],
    outbound: [],
    conflicts: [],
    converged: [],
    aside: [],
    pending: [],
    waiting: [],
  }
  return {
    plan: { version: 1, head, base, stopped: false, ...empty, held },
    problems: [],
    standings: pairs.map(() => ({ kind: 'same', rebase: false })),
    statuses: pairs.map(() => ({ kind: 'usable' })),
    head: new Map(),
  }
}
