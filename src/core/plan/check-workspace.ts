import { conflict, nameTaken, type Pass, stays, wait, waitOrConflict } from './block.ts'
import { isOnlyHere } from './decide.ts'
import { meantOtherwise, type NamesNow } from './meant.ts'
import type { Respelled } from './names.ts'
import { once } from './once.ts'
import { type Index, relatedTo } from './related.ts'
import { ours, repositoryAfter, workspaceAfter } from './sides-after.ts'
import type { Snapshot } from './snapshot.ts'
import { flowsIn, flowsOut } from './standing.ts'
import { errorsOf, isSharedSlug, worldCatalog } from './world.ts'

/** The workspace with what comes in must be as valid as it is now. True: a flow was taken away. */
export function checkWorkspace(
  snapshot: Snapshot,
  pass: Pass,
  index: Index,
  names: NamesNow,
  merged: Respelled,
): boolean {
  const { pairs, standings } = pass
  if (!standings.some(flowsIn)) return false
  const { world, twice, holders } = workspaceAfter(pairs, standings)
  const afterElsewhere = once(() => repositoryAfter(pairs, standings).holders)
  let changed = false
  for (const { at: i, other, ref } of twice) changed = conflict(pass, i, [other], nameTaken(ref))
  const catalog = worldCatalog(world, snapshot)
  pairs.forEach((pair, i) => {
    const holding = pair.role === 'context' ? null : ours(pair, standings[i])
    if (!holding) return
    const flowing = names.of(flowsIn(standings[i]) ? standings[i] : undefined)
    // What was saved here and is not in Git yet, or stays as it is, was meant for what bears the name here.
    const isSaved = isOnlyHere(pair, merged)
    const isWaiting = !isSaved && stays(standings[i])
    const here = flowing ?? (isSaved || isWaiting ? names.workspace : null)
    const keepBack = (j: number, why?: string) =>
      isWaiting ? wait(pass, j, 'inbound', [i]) : conflict(pass, j, [i], why)
    const there = { after: holders, afterElsewhere, present: ours(pair, undefined), names: names.workspace }
    const others = here ? meantOtherwise(holding, here, there) : []
    if (others.length > 0 && flowing) {
      changed = waitOrConflict(pass, i, 'inbound', others)
      return
    }
    for (const j of others) {
      if (flowsIn(standings[j])) changed = keepBack(j)
    }
    const errors = errorsOf(world, catalog, holding)
    if (errors.length === 0) return
    const related = relatedTo(pairs, index, holding, i)
    const why = errors.every(isSharedSlug) ? nameTaken(holding.ref) : undefined
    if (!flowsIn(standings[i])) {
      for (const j of related) {
        if (flowsIn(standings[j])) changed = keepBack(j, why)
      }
      return
    }
    const behind = related.filter((j) => stays(standings[j]))
    const against = related.filter((j) => flowsOut(standings[j]))
    changed = behind.length > 0 ? wait(pass, i, 'inbound', behind) : conflict(pass, i, against, why)
  })
  return changed
}
