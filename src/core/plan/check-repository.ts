import { isSchemaModelKind, SCHEMA_MODEL_KINDS } from '../model/kind.ts'
import { type FileRef, resourceKey } from '../model/resource.ts'
import { conflict, type Pass, stays, wait, waitOrConflict } from './block.ts'
import { rivals } from './forwards.ts'
import { meantOtherwise, type NamesNow } from './meant.ts'
import { once } from './once.ts'
import { type Index, relatedTo } from './related.ts'
import { type Holders, holdersOf, repositoryAfter, theirs, workspaceAfter } from './sides-after.ts'
import type { Pair, Snapshot } from './snapshot.ts'
import { flowsIn, flowsOut } from './standing.ts'
import { errorsOf, faultOf, type World, worldCatalog } from './world.ts'

/** The repository with what goes out must have no error that it has not at the head (S8). True: a flow was taken away. */
export function checkRepository(
  snapshot: Snapshot,
  pass: Pass,
  index: Index,
  names: NamesNow,
  head: World,
): boolean {
  const { pairs, standings } = pass
  if (!standings.some(flowsOut)) return false
  const { world, twice, holders } = repositoryAfter(pairs, standings)
  const afterElsewhere = once(() => workspaceAfter(pairs, standings).holders)
  const [catalog, before] = [worldCatalog(world, snapshot), worldCatalog(head, snapshot)]
  const agreed = holdersOf(pairs, ({ base }) => base?.ref)
  let changed = false
  for (const { at: i, other } of twice) {
    if (flowsOut(standings[i])) changed = wait(pass, i, 'outbound', [other])
  }
  const known = ({ file }: Pair) => {
    const old = file ? head.get(resourceKey(file.ref)) : undefined
    return new Set(old ? errorsOf(head, before, old).map(faultOf) : [])
  }
  pairs.forEach((pair, i) => {
    for (const j of takersOf(pair, holders, pass)) {
      if (!flowsOut(standings[i])) changed = wait(pass, j, 'outbound', [i])
    }
    const holding = pair.role === 'context' ? null : theirs(pair, standings[i])
    if (!holding) return
    const flowing = names.of(flowsOut(standings[i]) ? standings[i] : undefined)
    // What stays as it is was meant for what bears the name there.
    const here = flowing ?? (stays(standings[i]) ? names.repository : null)
    // What is agreed on of one that stays is under its old name: nothing else may be agreed on under that.
    const former = flowing ? formerOf(holding.ref, agreed).filter((j) => j !== i && stays(standings[j])) : []
    if (former.length > 0) {
      changed = wait(pass, i, 'outbound', former)
      return
    }
    const there = {
      after: holders,
      afterElsewhere,
      present: theirs(pair, undefined),
      names: names.repository,
    }
    const others = here ? meantOtherwise(holding, here, there) : []
    if (others.length > 0 && flowing) {
      changed = waitOrConflict(pass, i, 'outbound', others)
      return
    }
    for (const j of others) {
      if (flowsOut(standings[j])) changed = wait(pass, j, 'outbound', [i])
    }
    const errors = errorsOf(world, catalog, holding)
    if (errors.length === 0) return
    const old = known(pair)
    if (errors.every((finding) => old.has(faultOf(finding)))) return
    const related = relatedTo(pairs, index, holding, i)
    if (!flowsOut(standings[i])) {
      for (const j of related) {
        if (flowsOut(standings[j])) changed = wait(pass, j, 'outbound', [i])
      }
      return
    }
    const behind = related.filter((j) => stays(standings[j]))
    const against = related.filter((j) => flowsIn(standings[j]))
    changed = behind.length > 0 ? wait(pass, i, 'outbound', behind) : conflict(pass, i, against)
  })
  return changed
}

/** What goes out under a name by which this file still means another (S18): once there, the file would mean it. */
function takersOf({ file }: Pair, holders: Holders, { pairs, standings }: Pass): number[] {
  if (file?.kind !== 'read') return []
  return (file.forwarded ?? []).flatMap(({ kind, slug, id }) =>
    rivals(kind).flatMap((other) => {
      const j = holders.get(resourceKey({ kind: other, slug })) ?? -1
      const isAnother = pairs[j]?.workspace?.id !== id
      return isAnother && flowsOut(standings[j]) ? [j] : []
    }),
  )
}

/** Those that had the name when it was last agreed on: schema models have one space of names (F1). */
function formerOf({ kind, slug }: FileRef, agreed: Holders): number[] {
  const kinds = isSchemaModelKind(kind) ? SCHEMA_MODEL_KINDS : [kind]
  return kinds.flatMap((k) => agreed.get(resourceKey({ kind: k, slug })) ?? [])
}
