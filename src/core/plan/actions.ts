import type { FileRef, FileValue, Value } from '../model/resource.ts'
import { refOf, theirsOf } from './decide.ts'
import type { FileStatus } from './files.ts'
import type { Forward } from './forwards.ts'
import { type Merged, mergedOf } from './merged.ts'
import { respelling } from './names.ts'
import { type Problem, severityOf } from './problem.ts'
import type { Reconciliation } from './reconcile.ts'
import type { BaseEntry, Pair, Snapshot, WorkspaceEntry } from './snapshot.ts'
import { flowsIn, flowsOut, type Standing } from './standing.ts'

/** A resource of the workspace that becomes what the file says; `value` null: it goes. */
export type Incoming = {
  readonly ref: FileRef
  readonly present: WorkspaceEntry | null
  readonly value: Value | null
}

/** A new base; `id` null: the id that the incoming resource of this name gets. */
export type Agreed = {
  readonly id: string | null
  readonly ref: FileRef
  readonly path: string
  readonly blob: string
  readonly fileValue: FileValue
  readonly value: Value
  /** The old names that the file uses (S18). */
  readonly forwards: readonly Forward[]
}

export type OpenFile = {
  readonly path: string
  /** Null: the file is gone at the head, and that has not been applied. */
  readonly blob: string | null
  readonly ref: FileRef
  readonly state: 'aside' | 'pending' | 'conflict' | 'waiting'
  readonly errors: readonly string[]
  readonly reason: string
  readonly forwards: readonly Forward[]
}

/** What applying a plan does to the database (one transaction). */
export type Actions = {
  readonly incoming: readonly Incoming[]
  readonly agreed: readonly Agreed[]
  /** Resources whose queued saves go out as one commit with this value (S7). */
  readonly merged: readonly (Merged & { readonly id: string })[]
  /** Bases that stay, by what their references are called in the others from now on (S18). */
  readonly respelled: readonly Pick<BaseEntry, 'id' | 'fileValue' | 'value'>[]
  /** Bases whose resource is gone on both sides, or has another id now. */
  readonly dropped: readonly string[]
  /** Files that are as their base and use old names, though nothing else of them moves (S18). */
  readonly forwarded: readonly { readonly id: string; readonly forwards: readonly Forward[] }[]
  /** Names that something has in Git: forwards of them are at their end. */
  readonly taken: readonly FileRef[]
  /** Resources that were made anew under their name: what leads to the old id leads to the new one. */
  readonly renewed: readonly { readonly id: string; readonly from: string }[]
  readonly open: readonly OpenFile[]
}

export function actionsOf(snapshot: Snapshot, { standings, statuses }: Reconciliation): Actions {
  const each = snapshot.pairs.map((pair, i) => ({
    pair,
    standing: standings[i] ?? { kind: 'same' as const, rebase: false },
    status: statuses[i] ?? { kind: 'usable' as const },
  }))
  return {
    incoming: each.flatMap(({ pair, standing }) => incoming(pair, standing)),
    agreed: each.flatMap(({ pair, standing }) => agreed(pair, standing)),
    merged: [...mergedOf(snapshot.pairs, standings)].map(([id, merged]) => ({ id, ...merged })),
    respelled: respelled(snapshot.pairs, standings),
    dropped: each.flatMap(({ pair, standing }) => dropped(pair, standing)),
    forwarded: each.flatMap(({ pair, standing }) => forwarded(pair, standing)),
    taken: snapshot.pairs.flatMap(({ file }) => (file ? [file.ref] : [])),
    renewed: each.flatMap(({ pair, standing }) => renewed(pair, standing)),
    open: each.flatMap(({ pair, standing, status }) => open(pair, standing, status)),
  }
}

function moves(standing: Standing): boolean {
  return flowsIn(standing) || ('rebase' in standing && standing.rebase)
}

function incoming(pair: Pair, standing: Standing): Incoming[] {
  if (standing.kind === 'merge')
    return [{ ref: standing.ref, present: pair.workspace, value: standing.value }]
  if (standing.kind !== 'inbound') return []
  const value = pair.file?.kind === 'read' ? theirsOf(pair.file, pair) : null
  return [{ ref: pair.file?.ref ?? refOf(pair), present: pair.workspace, value }]
}

function agreed(pair: Pair, standing: Standing): Agreed[] {
  const { file, base, workspace } = pair
  if (!moves(standing) || file?.kind !== 'read') return []
  // Against what the base says, not the workspace: its own changes of unmanaged blocks are still to go out.
  const value =
    flowsOut(standing) && base ? theirsOf(file, { ...pair, workspace: null }) : theirsOf(file, pair)
  const id = workspace?.id ?? (flowsOut(standing) ? (base?.id ?? null) : null)
  const { ref, path, blob, fileValue } = file
  return [{ id, ref, path, blob, fileValue, value, forwards: forwardsOf(pair) }]
}

/** A base says the names that are agreed on: left with an old one, it would mean whatever takes that name. */
function respelled(pairs: readonly Pair[], standings: readonly Standing[]): Actions['respelled'] {
  const isMoving = (i: number) => moves(standings[i] ?? { kind: 'same', rebase: false })
  const slugAfter = ({ base, file }: Pair, i: number) => (isMoving(i) && file ? file : base)?.ref.slug
  const isRenamed = (pair: Pair, i: number) => pair.base !== null && pair.base.ref.slug !== slugAfter(pair, i)
  if (!pairs.some(isRenamed)) return []
  const withNames = respelling(pairs, slugAfter)
  return pairs.flatMap((pair, i) => {
    const before = isMoving(i) ? null : pair.base
    const after = before && withNames(pair).base
    return !after || after === before
      ? []
      : [{ id: after.id, fileValue: after.fileValue, value: after.value }]
  })
}

function forwardsOf({ file }: Pair): Forward[] {
  if (file?.kind !== 'read') return []
  return (file.forwarded ?? []).map(({ kind, slug, id }) => ({ kind, slug, id }))
}

function forwarded(pair: Pair, standing: Standing): Actions['forwarded'] {
  const { base } = pair
  const forwards = forwardsOf(pair)
  return base && forwards.length > 0 && !moves(standing) && isAsBase(pair) ? [{ id: base.id, forwards }] : []
}

function isAsBase({ base, file }: Pair): boolean {
  return base?.path === file?.path && base?.blob === file?.blob
}

function renewed({ base, workspace, file }: Pair, standing: Standing): Actions['renewed'] {
  if (!base || !workspace || !file || base.id === workspace.id || !moves(standing)) return []
  return [{ id: workspace.id, from: base.id }]
}

function dropped(pair: Pair, standing: Standing): string[] {
  const { base, workspace, file } = pair
  if (!base || !moves(standing)) return []
  if (file === null) return [base.id]
  // What is gone here alone is agreed on until its file is taken out.
  const isOther = workspace ? workspace.id !== base.id : !flowsOut(standing)
  return isOther ? [base.id] : []
}

function open(pair: Pair, standing: Standing, status: FileStatus): OpenFile[] {
  const { file, twins, role } = pair
  if (role === 'context') return []
  if (standing.kind === 'left' && file) {
    const state = standing.as
    const problems = status.kind === 'usable' ? [] : status.problems
    const errors = (path: string) =>
      problems.filter((p) => p.file === path && isError(p)).map((p) => p.identity)
    const all = [file, ...twins]
    const { reason } = standing
    const left = all.map(({ path, blob, ref }): OpenFile => {
      const forwards = path === file.path ? forwardsOf(pair) : []
      return { path, blob, ref, state, errors: errors(path), reason, forwards }
    })
    return [...goneFrom(pair, { state: 'waiting', errors: [], reason }), ...left]
  }
  if (standing.kind !== 'conflict' && standing.kind !== 'waiting' && standing.kind !== 'held') return []
  const state: OpenFile['state'] = standing.kind === 'conflict' ? 'conflict' : 'waiting'
  const { reason } = standing
  const rest = { state, errors: [], reason }
  if (isAsBase(pair)) return []
  const gone = goneFrom(pair, rest)
  return file
    ? [...gone, { path: file.path, blob: file.blob, ref: file.ref, ...rest, forwards: forwardsOf(pair) }]
    : gone
}

/** The place that its file has left: a later run, which reads only what differs, would take it to be there still. */
function goneFrom(
  { base, file, twins }: Pair,
  rest: Pick<OpenFile, 'state' | 'errors' | 'reason'>,
): OpenFile[] {
  const isThere = [file, ...twins].some((one) => one?.path === base?.path)
  return base && !isThere ? [{ path: base.path, blob: null, ref: base.ref, ...rest, forwards: [] }] : []
}

function isError(problem: Problem): boolean {
  return severityOf(problem) === 'error'
}
