import { type Reference, referencesOf } from '../lint/references.ts'
import { isSchemaModelKind } from '../model/kind.ts'
import { type FileRef, resourceKey } from '../model/resource.ts'
import { TARGET_KINDS } from './catalog.ts'
import { refOf, workspaceChanged } from './decide.ts'
import { meantOtherwise, type NamesNow, namesNow } from './meant.ts'
import { type Holders, holdersOf, ours, repositoryAfter, theirs, workspaceAfter } from './sides-after.ts'
import type { Pair, Snapshot } from './snapshot.ts'
import { flowsIn, flowsOut, isBlocked, type Standing } from './standing.ts'
import { errorsOf, faultOf, type Holding, type World, worldCatalog } from './world.ts'

/**
 * S28: lets no change through that needs one which stays behind, was made in one change set with it, or
 * does not go together with one of the other side. Every pass only takes flows away, so it ends.
 */
export function settle(snapshot: Snapshot, initial: readonly Standing[], head: World): Standing[] {
  const standings = [...initial]
  const index = indexBySlug(snapshot.pairs)
  const names = namesNow(snapshot.pairs)
  for (let changed = true; changed; ) {
    changed = waitTogether(snapshot, standings)
    changed = checkWorkspace(snapshot, standings, index, names) || changed
    changed = checkRepository(snapshot, standings, index, head, names) || changed
  }
  return standings
}

type Index = ReadonlyMap<string, readonly number[]>

function indexBySlug(pairs: readonly Pair[]): Index {
  const index = new Map<string, number[]>()
  pairs.forEach((pair, i) => {
    for (const slug of new Set(sidesOf(pair).map((ref) => ref.slug))) {
      const list = index.get(slug)
      if (list) list.push(i)
      else index.set(slug, [i])
    }
  })
  return index
}

function sidesOf({ base, workspace, file }: Pair): FileRef[] {
  return [base, workspace, file].flatMap((side) => (side ? [side.ref] : []))
}

function waitTogether({ pairs, queued }: Snapshot, standings: Standing[]): boolean {
  const byId = new Map(
    pairs.flatMap((p, i) => [p.workspace, p.base].flatMap((s) => (s ? [[s.id, i] as const] : []))),
  )
  let changed = false
  for (const set of queued) {
    const members = set.resourceIds.flatMap((id) => byId.get(id) ?? [])
    const blocked = members.filter((i) => isBlockedAt(pairs, standings, i))
    if (blocked.length === 0) continue
    for (const i of members) {
      if (!flowsOut(standings[i])) continue
      const waitsFor = refsOf(pairs, blocked)
      standings[i] = {
        kind: 'waiting',
        direction: 'outbound',
        reason: 'Saved together with a change that waits',
        waitsFor,
      }
      changed = true
    }
  }
  return changed
}

/** The workspace with what comes in must be as valid as it is now. */
function checkWorkspace(snapshot: Snapshot, standings: Standing[], index: Index, names: NamesNow): boolean {
  if (!standings.some(flowsIn)) return false
  const { world, twice, holders } = workspaceAfter(snapshot.pairs, standings)
  let changed = false
  for (const { at: i, other, ref } of twice) {
    const reason = `Another resource has the name ${ref.slug} here: rename one of the two`
    changed = conflict(snapshot.pairs, standings, i, [other], reason) || changed
  }
  const catalog = worldCatalog(world, snapshot)
  snapshot.pairs.forEach((pair, i) => {
    const holding = pair.role === 'context' ? null : ours(pair, standings[i])
    if (!holding) return
    const named = flowsIn(standings[i]) ? names.of(standings[i]) : changedHere(pair, names)
    const others = meantOtherwise(holding, named, holders, { pair, side: 'workspace', names })
    if (others.length > 0 && flowsIn(standings[i])) {
      changed = waitOrConflict(snapshot.pairs, standings, i, 'inbound', others)
      return
    }
    for (const j of others) {
      if (flowsIn(standings[j])) changed = conflict(snapshot.pairs, standings, j, [i])
    }
    if (errorsOf(world, catalog, holding).length === 0) return
    const related = relatedTo(snapshot.pairs, index, holding, i)
    if (flowsIn(standings[i])) {
      const behind = related.filter((j) => stays(standings[j]))
      changed =
        behind.length > 0
          ? wait(snapshot.pairs, standings, i, 'inbound', behind)
          : conflict(
              snapshot.pairs,
              standings,
              i,
              related.filter((j) => flowsOut(standings[j])),
            )
      return
    }
    for (const j of related) {
      if (flowsIn(standings[j])) changed = conflict(snapshot.pairs, standings, j, [i])
    }
  })
  return changed
}

/** The repository with what goes out must have no error that it has not at the head (S8). */
function checkRepository(
  snapshot: Snapshot,
  standings: Standing[],
  index: Index,
  head: World,
  names: NamesNow,
): boolean {
  if (!standings.some(flowsOut)) return false
  const { world, twice, holders } = repositoryAfter(snapshot.pairs, standings)
  const [catalog, before] = [worldCatalog(world, snapshot), worldCatalog(head, snapshot)]
  const agreed = holdersOf(snapshot.pairs, ({ base }) => base?.ref)
  let changed = false
  for (const { at: i, other } of twice) {
    if (flowsOut(standings[i])) changed = wait(snapshot.pairs, standings, i, 'outbound', [other]) || changed
  }
  snapshot.pairs.forEach((pair, i) => {
    const holding = pair.role === 'context' ? null : theirs(pair, standings[i])
    if (!holding) return
    // What is agreed on of one that stays is under its old name: nothing else may be agreed on under that.
    const former = agreed.get(resourceKey(holding.ref)) ?? i
    if (former !== i && flowsOut(standings[i]) && stays(standings[former])) {
      changed = wait(snapshot.pairs, standings, i, 'outbound', [former])
      return
    }
    const others = flowsOut(standings[i])
      ? meantOtherwise(holding, names.of(standings[i]), holders, { pair, side: 'repository', names })
      : []
    if (others.length > 0) {
      changed = waitOrConflict(snapshot.pairs, standings, i, 'outbound', others)
      return
    }
    const errors = errorsOf(world, catalog, holding)
    if (errors.length === 0) return
    const old = pair.file?.kind === 'read' ? head.get(resourceKey(pair.file.ref)) : undefined
    const known = new Set(old ? errorsOf(head, before, old).map(faultOf) : [])
    if (errors.every((finding) => known.has(faultOf(finding)))) return
    const related = relatedTo(snapshot.pairs, index, holding, i)
    if (flowsOut(standings[i])) {
      const behind = related.filter((j) => stays(standings[j]))
      changed =
        behind.length > 0
          ? wait(snapshot.pairs, standings, i, 'outbound', behind)
          : conflict(
              snapshot.pairs,
              standings,
              i,
              related.filter((j) => flowsIn(standings[j])),
            )
      return
    }
    for (const j of related) {
      if (flowsOut(standings[j])) changed = wait(snapshot.pairs, standings, j, 'outbound', [i])
    }
  })
  return changed
}

/** What was saved here and is not in Git yet was meant for what bears the name here. */
function changedHere(pair: Pair, names: NamesNow): Holders | null {
  return workspaceChanged(pair) ? names.workspace : null
}

function stays(standing: Standing | undefined): boolean {
  const kind = standing?.kind
  return kind === 'conflict' || kind === 'waiting' || kind === 'held' || kind === 'left'
}

function isBlockedAt(pairs: readonly Pair[], standings: readonly Standing[], i: number): boolean {
  const [pair, standing] = [pairs[i], standings[i]]
  return pair !== undefined && standing !== undefined && isBlocked(pair, standing)
}

function conflict(
  pairs: readonly Pair[],
  standings: Standing[],
  i: number,
  others: readonly number[],
  why?: string,
): boolean {
  const causes = refsOf(pairs, others)
  const names = causes.map((ref) => `${ref.kind}/${ref.slug}`).join(', ')
  const together = names
    ? `It does not go together with the other side's change of ${names}`
    : 'It does not fit the other side'
  standings[i] = { kind: 'conflict', reason: why ?? together, fields: [], causes }
  return true
}

/** It waits for them, or does not go together with what the other side does to them. */
function waitOrConflict(
  pairs: readonly Pair[],
  standings: Standing[],
  i: number,
  direction: 'inbound' | 'outbound',
  others: readonly number[],
): boolean {
  const opposite = direction === 'inbound' ? flowsOut : flowsIn
  const against = others.filter((j) => opposite(standings[j]))
  return against.length > 0
    ? conflict(pairs, standings, i, against)
    : wait(pairs, standings, i, direction, others)
}

function wait(
  pairs: readonly Pair[],
  standings: Standing[],
  i: number,
  direction: 'inbound' | 'outbound',
  others: readonly number[],
): boolean {
  const waitsFor = refsOf(pairs, others)
  const names = waitsFor.map((ref) => `${ref.kind}/${ref.slug}`).join(', ')
  const reason = `It needs ${names}, which cannot go yet`
  // A merge that waits keeps its saves back too.
  const waiting = standings[i]?.kind === 'merge' ? 'outbound' : direction
  standings[i] = { kind: 'waiting', direction: waiting, reason, waitsFor }
  return true
}

function refsOf(pairs: readonly Pair[], indices: readonly number[]): FileRef[] {
  return indices.flatMap((j) => {
    const pair = pairs[j]
    return pair ? [refOf(pair)] : []
  })
}

/** Pairs that a holding refers to on any side, and those that share its slug. */
function relatedTo(pairs: readonly Pair[], index: Index, holding: Holding, self: number): number[] {
  const references = referencesOf(holding.ref, holding.value ?? {})
  const named = references.flatMap((reference) =>
    (index.get(reference.slug) ?? []).filter((j) => isMeant(pairs[j], reference)),
  )
  const { kind, slug } = holding.ref
  const sharing = isSchemaModelKind(kind)
    ? (index.get(slug) ?? []).filter((j) => pairs[j] && isSchemaModelKind(refOf(pairs[j]).kind))
    : []
  return [...new Set([...named, ...sharing])].filter((j) => j !== self)
}

function isMeant(pair: Pair | undefined, { target, slug }: Reference): boolean {
  return (
    pair !== undefined &&
    sidesOf(pair).some((ref) => ref.slug === slug && TARGET_KINDS[target].includes(ref.kind))
  )
}
