import { diffValues } from '../format/field-diff.ts'
import { impactOf } from '../impact/impact-of.ts'
import type { FileRef, Value } from '../model/resource.ts'
import { isFirst, refOf, theirsOf, workspaceChanged } from './decide.ts'
import { asWritten } from './forwards.ts'
import { renamedAlike } from './names.ts'
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
    ...entriesOf(snapshot, standings, 'merge', (pair, merged) => [mergedIn(pair, merged)]),
  ]
}

export function outboundEntries(snapshot: Snapshot, standings: readonly Standing[]): PlanEntry[] {
  return [
    ...entriesOf(snapshot, standings, 'outbound', (pair) => [outgoing(pair)]),
    ...entriesOf(snapshot, standings, 'merge', (pair, merged) => [mergedOut(pair, merged)]),
  ]
}

export function conflictEntries(snapshot: Snapshot, standings: readonly Standing[]): ConflictEntry[] {
  return entriesOf(snapshot, standings, 'conflict', (pair, { reason, fields, causes }) => [
    { ...incoming(pair), ...refOf(pair), reason, choices: fields, isFirst: isFirst(pair, snapshot), causes },
  ])
}

export function waitingEntries(snapshot: Snapshot, standings: readonly Standing[]): WaitingEntry[] {
  const alike = renamedAlike(snapshot.pairs)
  return entriesOf(snapshot, standings, 'waiting', (pair, { direction, reason, waitsFor, secret }) => {
    const entry = direction === 'inbound' ? incoming(pair) : outgoing(alike(pair))
    const waiting = { ...entry, direction, reason, waitsFor }
    return [secret ? { ...waiting, secret: { path: secret.path, what: secret.what } } : waiting]
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
  const after = file?.kind === 'read' ? { ref: file.ref, value: theirsOf(file, pair) } : null
  return entry(pair, workspace, after)
}

/** What a merge brings to the workspace: the other side's changes alone. */
function mergedIn(pair: Pair, merged: Named): PlanEntry {
  return entry(pair, pair.workspace, merged)
}

/** What a merge brings to the file. */
function mergedOut(pair: Pair, merged: Named): PlanEntry {
  return entry(pair, written(pair), merged)
}

/** From what was agreed on to the workspace's value; in a file that is mended from its old names (S18). */
export function outgoing(pair: Pair): PlanEntry {
  const { base, workspace } = pair
  return entry(pair, workspaceChanged(pair) ? (base ?? written(pair)) : written(pair), workspace)
}

type Named = { readonly ref: FileRef; readonly value: Value }

/** The file's value, with the names that it says. */
function written(pair: Pair): Named | null {
  const { file } = pair
  if (file?.kind !== 'read') return null
  return { ref: file.ref, value: asWritten(file.ref, theirsOf(file, pair), file.forwarded ?? []) }
}

function entry(pair: Pair, before: Named | null, after: Named | null): PlanEntry {
  const { kind, slug } = (after ?? before)?.ref ?? refOf(pair)
  const path = pair.file?.path ?? pair.base?.path ?? null
  const from = before && after && before.ref.slug !== slug ? before.ref.slug : null
  const change = changeOf(before, after, from)
  const fields = () => diffValues(kind, before?.value ?? null, after?.value ?? null)
  const about = { kind, slug, path, change }
  // What comes or goes as a whole is as bad whatever its fields are, and of thousands few are ever shown.
  if (before === null || after === null) {
    return withFields({ ...about, impact: impactOf({ kind, change, fields: [] }) }, fields)
  }
  const told = fields()
  const impact = impactOf({ kind, change, fields: told })
  return { ...about, fields: told, impact, ...(from === null ? {} : { from }) }
}

/** The fields are worked out when somebody reads them. */
function withFields(rest: Omit<PlanEntry, 'fields'>, workOut: () => PlanEntry['fields']): PlanEntry {
  let fields: PlanEntry['fields'] | null = null
  return {
    ...rest,
    get fields() {
      fields ??= workOut()
      return fields
    },
  }
}

function changeOf(before: Named | null, after: Named | null, from: string | null): Change {
  if (before === null) return 'added'
  if (after === null) return 'removed'
  return from === null ? 'changed' : 'renamed'
}
