import { diffValues } from '../format/field-diff.ts'
import { impactOf } from '../impact/impact-of.ts'
import type { Value } from '../model/resource.ts'
import { isFirst, refOf, theirsOf } from './decide.ts'
import type { Change, ConflictEntry, ConvergedEntry, LeftEntry, PlanEntry, WaitingEntry } from './plan.ts'
import type { Pair, Snapshot } from './snapshot.ts'
import type { Standing } from './standing.ts'

type Of<K extends Standing['kind']> = Extract<Standing, { kind: K }>

function entriesOf<K extends Standing['kind'], T>(
  { pairs }: Snapshot,
  standings: readonly Standing[],
  kind: K,
  entry: (pair: Pair, standing: Of<K>) => T[],
): T[] {
  return pairs.flatMap((pair, i) => {
    const standing = standings[i]
    // The kind was compared; TypeScript does not narrow a union by a generic key.
    return standing?.kind === kind ? entry(pair, standing as Of<K>) : []
  })
}

export function inboundEntries(snapshot: Snapshot, standings: readonly Standing[]): PlanEntry[] {
  return [
    ...entriesOf(snapshot, standings, 'inbound', (pair) => [incoming(pair)]),
    ...entriesOf(snapshot, standings, 'merge', (pair, { value }) => [mergedIn(pair, value)]),
  ]
}

export function outboundEntries(snapshot: Snapshot, standings: readonly Standing[]): PlanEntry[] {
  return [
    ...entriesOf(snapshot, standings, 'outbound', (pair) => [outgoing(pair)]),
    ...entriesOf(snapshot, standings, 'merge', (pair, { value }) => [mergedOut(pair, value)]),
  ]
}

export function conflictEntries(snapshot: Snapshot, standings: readonly Standing[]): ConflictEntry[] {
  return entriesOf(snapshot, standings, 'conflict', (pair, { reason, fields, causes }) => [
    { ...incoming(pair), reason, choices: fields, isFirst: isFirst(pair, snapshot), causes },
  ])
}

export function waitingEntries(snapshot: Snapshot, standings: readonly Standing[]): WaitingEntry[] {
  return entriesOf(snapshot, standings, 'waiting', (pair, { direction, reason, waitsFor }) => {
    const entry = direction === 'inbound' ? incoming(pair) : outgoing(pair)
    return [{ ...entry, direction, reason, waitsFor }]
  })
}

export function convergedEntries(snapshot: Snapshot, standings: readonly Standing[]): ConvergedEntry[] {
  return entriesOf(snapshot, standings, 'same', (pair, { rebase }) =>
    rebase ? [{ ...refOf(pair), path: pair.file?.path ?? pair.base?.path ?? null }] : [],
  )
}

export function leftEntries(
  snapshot: Snapshot,
  standings: readonly Standing[],
  as: 'aside' | 'pending',
): LeftEntry[] {
  return entriesOf(snapshot, standings, 'left', (pair, standing) => {
    if (standing.as !== as || !pair.file) return []
    return [{ ...pair.file.ref, path: pair.file.path, reason: standing.reason }]
  })
}

/** From the workspace's value to the file's. */
export function incoming(pair: Pair): PlanEntry {
  const { workspace, file } = pair
  const after = file?.kind === 'read' ? theirsOf(file, pair) : null
  return entry(pair, workspace?.value ?? null, after, null)
}

/** What a merge brings to the workspace: the other side's changes alone. */
export function mergedIn(pair: Pair, value: Value): PlanEntry {
  return entry(pair, pair.workspace?.value ?? null, value, null)
}

/** What a merge brings to the file. */
export function mergedOut(pair: Pair, value: Value): PlanEntry {
  const { workspace, file } = pair
  const renamed = workspace && file && file.ref.slug !== workspace.ref.slug ? file.ref.slug : null
  return entry(pair, file?.kind === 'read' ? theirsOf(file, pair) : null, value, renamed)
}

/** From the file's value to the workspace's. */
export function outgoing(pair: Pair): PlanEntry {
  const { base, workspace, file } = pair
  const before = base?.value ?? (file?.kind === 'read' ? theirsOf(file, pair) : null)
  const renamed = base && workspace && base.ref.slug !== workspace.ref.slug ? base.ref.slug : null
  return entry(pair, before, workspace?.value ?? null, renamed)
}

function entry(pair: Pair, before: Value | null, after: Value | null, from: string | null): PlanEntry {
  const { kind, slug } = refOf(pair)
  const path = pair.file?.path ?? pair.base?.path ?? null
  const fields = diffValues(kind, before, after)
  const change = changeOf(before, after, from)
  return {
    kind,
    slug,
    path,
    change,
    fields,
    impact: impactOf({ kind, change, fields }),
    ...(from === null ? {} : { from }),
  }
}

function changeOf(before: Value | null, after: Value | null, from: string | null): Change {
  if (before === null) return 'added'
  if (after === null) return 'removed'
  return from === null ? 'changed' : 'renamed'
}
