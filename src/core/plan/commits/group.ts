import { type ResourceKey, resourceKey } from '../../model/resource.ts'
import { rivals } from '../forwards.ts'
import { secretIn } from '../kept-secret.ts'
import { isInboundBlocked } from '../plan.ts'
import type { Pair } from '../snapshot.ts'
import { isBlocked, type Standing } from '../standing.ts'
import type { Person, Rollback, SavedChange, SavedSet } from './draft.ts'
import type { CommitPlanInput } from './plan-commits.ts'
import { valuesOut } from './values-out.ts'

/** Change sets that become one commit (or its two phases). */
export type Group = {
  readonly author: Person
  readonly coauthors: readonly Person[]
  readonly savedAt: number
  readonly message: string | null
  /** Null unless it is a rollback and nothing else. */
  readonly rollback: Rollback | null
  /** It mends references by old names and does nothing else (S18). */
  readonly isMend: boolean
  readonly changes: readonly SavedChange[]
  readonly changeIds: readonly string[]
  readonly touchesManifest: boolean
  readonly touchesAliases: boolean
}

/**
 * One group a change set. Changes of what is blocked stay in the outbox; `idle` ones have no effect left:
 * the resource is as its file is, or gone on both sides.
 */
export function group(input: CommitPlanInput): { groups: Group[]; idle: string[] } {
  const { snapshot, reconciliation, batch } = input
  const sets = valuesOut(input)
  const flows = new Map<string, Flow>()
  const saved = savesByResource(sets)
  const oldNames = oldNamesOf(snapshot.pairs)
  snapshot.pairs.forEach((pair, i) => {
    const standing = reconciliation.standings[i]
    if (!standing) return
    const saves = saved.get((pair.workspace ?? pair.base)?.id ?? '') ?? []
    const isOne = hadSecret(pair, saves, snapshot) || hadOldName(saves, oldNames)
    const flow = isOne ? collapsing(flowOf(pair, standing)) : flowOf(pair, standing)
    if (flow) for (const side of [pair.workspace, pair.base]) if (side) flows.set(side.id, flow)
  })
  // While nothing comes in, what both sides have alike is not agreed on yet.
  const isBehind = isInboundBlocked(reconciliation.plan)
  const isIdle = ({ resourceId }: SavedChange) => !isBehind && !flows.has(resourceId)
  const idle = sets.flatMap(({ changes }) => changes.filter(isIdle).map((change) => change.id))
  const flowing = sets.map((set) => {
    const changes = set.changes.filter((c) => flows.has(c.resourceId) && flows.get(c.resourceId) !== 'stays')
    return groupOf(set, changes)
  })
  const collapsed = collapse(
    flowing,
    (change) => change.isMerged || flows.get(change.resourceId) === 'collapses',
  )
  const some = collapsed.filter((g) => g.changes.length > 0 || g.touchesManifest || g.touchesAliases)
  // The alias file first: the files of later commits may be spelled with its names. Then what is mended, before
  // anything takes a name that the files still use.
  const rank = (g: Group) => (g.touchesAliases ? 0 : g.isMend ? 1 : 2)
  const ordered = some.toSorted((a, b) => rank(a) - rank(b))
  return { groups: batch && ordered.length > 0 ? [ordered.reduce(join)] : ordered, idle }
}

type Flow = 'out' | 'stays' | 'collapses'

function flowOf(pair: Pair, standing: Standing): Flow | null {
  if (standing.kind === 'merge') return 'collapses'
  if (standing.kind === 'outbound') return standing.rebase ? 'collapses' : 'out'
  return isBlocked(pair, standing) ? 'stays' : null
}

function savesByResource(sets: readonly SavedSet[]): Map<string, SavedChange[]> {
  const saved = new Map<string, SavedChange[]>()
  for (const change of sets.flatMap(({ changes }) => changes)) {
    const saves = saved.get(change.resourceId)
    if (saves) saves.push(change)
    else saved.set(change.resourceId, [change])
  }
  return saved
}

/** A later save took a secret out: the earlier one must not be a commit of its own (Z12). */
function hadSecret(
  pair: Pair,
  saves: readonly SavedChange[],
  snapshot: CommitPlanInput['snapshot'],
): boolean {
  return saves.length > 1 && saves.some(({ value }) => secretIn(value, pair, snapshot) !== null)
}

/** Names by which files still mean a renamed resource, as whatever could take them. */
type OldNames = ReadonlySet<ResourceKey>

function oldNamesOf(pairs: readonly Pair[]): OldNames {
  const forwarded = pairs.flatMap(({ file }) => (file?.kind === 'read' ? (file.forwarded ?? []) : []))
  return new Set(
    forwarded.flatMap(({ kind, slug }) => rivals(kind).map((other) => resourceKey({ kind: other, slug }))),
  )
}

/** It had such a name between two saves: committed, those files would have meant it for as long (S18). */
function hadOldName(saves: readonly SavedChange[], oldNames: OldNames): boolean {
  const last = saves.at(-1)?.ref.slug
  return oldNames.size > 0 && saves.some(({ ref }) => ref.slug !== last && oldNames.has(resourceKey(ref)))
}

function collapsing(flow: Flow | null): Flow | null {
  return flow === 'out' ? 'collapses' : flow
}

function groupOf(set: SavedSet, changes: readonly SavedChange[]): Group {
  const { author, savedAt, message, rollbackTo = null, touchesManifest, touchesAliases } = set
  const changeIds = [...changes.map((change) => change.id), ...set.manifestChangeIds]
  // What a merge made of it is not the old state any more.
  const isOther = rollbackTo === null || changes.some((change) => change.isMerged)
  const rollback = isOther ? null : { to: rollbackTo, isOne: set.changes.length === 1 }
  const isMend = set.kind === 'mend'
  const about = { author, coauthors: [], savedAt, message, rollback, isMend }
  return { ...about, changes, changeIds, touchesManifest, touchesAliases }
}

/** The saves of a resource whose file has moved are one: the last takes the others and their authors. */
function collapse(groups: readonly Group[], collapses: (change: SavedChange) => boolean): Group[] {
  const last = new Map<string, number>()
  groups.forEach((g, i) => {
    for (const change of g.changes) if (collapses(change)) last.set(change.resourceId, i)
  })
  if (last.size === 0) return [...groups]
  const result = [...groups]
  groups.forEach((g, i) => {
    const isLate = (c: SavedChange) => collapses(c) && last.get(c.resourceId) !== i
    for (const change of g.changes.filter(isLate)) {
      const at = last.get(change.resourceId)
      const target = at === undefined ? undefined : result[at]
      if (at === undefined || !target) continue
      result[at] = {
        ...target,
        rollback: null,
        isMend: false,
        coauthors: [...target.coauthors, g.author],
        changeIds: [...target.changeIds, change.id],
      }
    }
    const kept = g.changes.filter((change) => !isLate(change))
    const self = result[i]
    if (self)
      result[i] = {
        ...self,
        changes: kept,
        changeIds: self.changeIds.filter((id) => !g.changes.some((c) => c.id === id && isLate(c))),
      }
  })
  return result
}

/** Two as one: the later author signs, the earlier is named beside. */
export function join(a: Group, b: Group): Group {
  return {
    author: b.author,
    coauthors: [...a.coauthors, a.author, ...b.coauthors],
    savedAt: b.savedAt,
    message: a.message && b.message ? `${a.message}\n\n${b.message}` : (b.message ?? a.message),
    rollback: null,
    isMend: a.isMend && b.isMend,
    changes: [...a.changes, ...b.changes],
    changeIds: [...a.changeIds, ...b.changeIds],
    touchesManifest: a.touchesManifest || b.touchesManifest,
    touchesAliases: a.touchesAliases || b.touchesAliases,
  }
}
