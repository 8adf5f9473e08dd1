import type { Aliases } from '../../environments/aliases.ts'
import type { Reconciliation } from '../reconcile.ts'
import type { Snapshot } from '../snapshot.ts'
import {
  type CommitDraft,
  changesFile,
  type FileWrite,
  type GeneratedWrite,
  type Person,
  phaseOf,
  type SavedSet,
} from './draft.ts'
import { type Group, group, join } from './group.ts'
import { RepositoryState } from './repository-state.ts'
import { mendSubject, subjectOf } from './subject.ts'

export type CommitPlanInput = {
  readonly snapshot: Snapshot
  readonly reconciliation: Reconciliation
  /** In the order in which they were saved. */
  readonly sets: readonly SavedSet[]
  readonly aliases: Aliases
  /** Manifest and alias file whose text at the head is not what it should be (F16, F17). */
  readonly generated: readonly GeneratedWrite[]
  /** One commit a window instead of one a save. */
  readonly batch: boolean
  /** The branch is still to be made, and by whom: its first commit has the generated files (S11). */
  readonly founder: { readonly author: Person; readonly at: number } | null
}

export type CommitPlan = {
  readonly drafts: readonly CommitDraft[]
  /** Rows of the outbox that change no file: settled without a commit (S7). */
  readonly idle: readonly string[]
}

/** S7, S8: from what was saved and the head to the commits that go on top of it, in order. */
export function planCommits(input: CommitPlanInput): CommitPlan {
  const { groups, idle } = group(input)
  const { leftFrom, ...plan } = layOut(input, groups, idle)
  return leftFrom === null ? plan : (atOnce(input, groups, idle, leftFrom) ?? plan)
}

/**
 * What cannot go after the changes before it may go at once with them: with the last one, or else with more. Null:
 * not even with all of them.
 */
function atOnce(
  input: CommitPlanInput,
  groups: readonly Group[],
  idle: readonly string[],
  leftFrom: number,
): CommitPlan | null {
  for (let more = 1; ; more *= 2) {
    const from = Math.max(leftFrom - more, 0)
    const together = groups.slice(from).reduce(join)
    const { leftFrom: left, ...plan } = layOut(input, [...groups.slice(0, from), together], idle)
    if (left === null) return plan
    if (from === 0) return null
  }
}

/** `leftFrom`: the group from which on nothing could be committed. */
function layOut(
  input: CommitPlanInput,
  groups: readonly Group[],
  idle: readonly string[],
): CommitPlan & { readonly leftFrom: number | null } {
  const state = new RepositoryState(input.snapshot, input.reconciliation.head, input.aliases)
  const drafts: CommitDraft[] = []
  const unchanged: string[] = [...idle]
  let generated = input.generated
  let carried: Group | null = null
  let carriedFrom = 0
  for (const [i, next] of groups.entries()) {
    if (!carried) carriedFrom = i
    const current: Group = carried ? join(carried, next) : next
    const writes = state.writesOf(current.changes)
    const isFirst = input.founder !== null && drafts.length === 0
    const now = generatedFor(current, writes.filter(changesFile), generated, isFirst)
    const phases = phasesOf(state, writes, now)
    if (phases === null) {
      carried = current
      continue
    }
    carried = null
    generated = generated.filter((write) => !now.includes(write))
    if (phases.length === 0) unchanged.push(...current.changeIds)
    drafts.push(...phases.map((phase, i) => draftOf(current, phase, i === phases.length - 1)))
    readWithLast(drafts, writes)
  }
  if (input.founder && drafts.length === 0 && generated.length > 0) {
    drafts.push(foundingDraft(input.founder, generated))
  }
  return { drafts, idle: unchanged, leftFrom: carried ? carriedFrom : null }
}

/** What is only read anew goes with the last commit so far: that, or one before it, gave it its meaning. */
function readWithLast(drafts: CommitDraft[], writes: readonly FileWrite[]): void {
  const last = drafts.at(-1)
  const anew = writes.filter((write) => !changesFile(write))
  if (last && anew.length > 0) drafts.splice(-1, 1, { ...last, readAnew: [...last.readAnew, ...anew] })
}

/** Nothing was saved that could bring them: the branch begins with the generated files alone (S11). */
function foundingDraft(
  { author, at }: NonNullable<CommitPlanInput['founder']>,
  generated: readonly GeneratedWrite[],
): CommitDraft {
  const subject = subjectOf([], generated)
  return {
    author,
    coauthors: [],
    savedAt: at,
    subject,
    message: null,
    writes: [],
    readAnew: [],
    generated,
    changeIds: [],
  }
}

type Phase = Pick<CommitDraft, 'writes' | 'generated'>

/** The manifest goes with the next files that are written, or alone when what it lists changed (F16). */
function generatedFor(
  current: Group,
  writes: readonly FileWrite[],
  generated: readonly GeneratedWrite[],
  isFirst: boolean,
): GeneratedWrite[] {
  return generated.filter((write) => {
    if (writes.length > 0 || isFirst) return true
    return write.kind === 'manifest' ? current.touchesManifest : current.touchesAliases
  })
}

/** Null: even all of it together brings an error, so that it has to wait for what was saved after it. */
function phasesOf(
  state: RepositoryState,
  writes: readonly FileWrite[],
  generated: readonly GeneratedWrite[],
): Phase[] | null {
  const first = writes.filter((write) => phaseOf(write) === 1)
  const second = writes.filter((write) => phaseOf(write) === 2)
  if (first.length === 0 || second.length === 0) {
    if (!state.tryWrites(writes)) return null
    return written([
      { writes: first, generated },
      { writes: second, generated: [] },
    ])
  }
  const before = state.save()
  if (state.tryWrites(first) && state.tryWrites(second)) {
    return written([
      { writes: first, generated },
      { writes: second, generated: [] },
    ])
  }
  state.restore(before)
  return state.tryWrites(writes) ? written([{ writes, generated }]) : null
}

/** A phase with nothing to do makes no commit. */
function written(all: readonly Phase[]): Phase[] {
  return all.flatMap(({ writes, generated }): Phase[] => {
    const changing = writes.filter(changesFile)
    return changing.length + generated.length > 0 ? [{ writes: changing, generated }] : []
  })
}

function draftOf(current: Group, phase: Phase, isLast: boolean): CommitDraft {
  const { author, coauthors, savedAt, message, rollback, isMend, changeIds } = current
  const subject =
    isMend && phase.writes.length > 0
      ? mendSubject(phase.writes)
      : subjectOf(phase.writes, phase.generated, rollback)
  // The rows are in Git when the last of their commits is; they go out in one push.
  const settled = isLast ? changeIds : []
  return { author, coauthors, savedAt, subject, message, ...phase, readAnew: [], changeIds: settled }
}
