import { type Pass, refsOf, stays, wait } from './block.ts'
import { checkRepository } from './check-repository.ts'
import { checkWorkspace } from './check-workspace.ts'
import { namesNow } from './meant.ts'
import { nameOf, type Respelled, renamedAlike } from './names.ts'
import { indexBySlug } from './related.ts'
import type { Snapshot } from './snapshot.ts'
import { flowsIn, flowsOut, isBlocked, type Standing } from './standing.ts'
import type { World } from './world.ts'

/**
 * S28: lets no change through that needs one which stays behind, was made in one change set with it, or
 * does not go together with one of the other side. Every pass only takes flows away, so it ends.
 */
export function settle(
  snapshot: Snapshot,
  initial: readonly Standing[],
  head: World,
  merged: Respelled,
): Standing[] {
  const { pairs } = snapshot
  const pass: Pass = { pairs, standings: [...initial] }
  const index = indexBySlug(pairs)
  const names = namesNow(pairs)
  const alike = renamedAlike(pairs)
  for (let changed = true; changed; ) {
    changed = waitTogether(snapshot, pass, alike)
    changed = waitForNames(pass) || changed
    changed = waitForLookalikes(pass) || changed
    changed = checkWorkspace(snapshot, pass, index, names, merged) || changed
    changed = checkRepository(snapshot, pass, index, names, head) || changed
  }
  return pass.standings
}

/**
 * What takes a name in Git waits while another, which has left it there and cannot go yet, is agreed on under
 * it: bases that say the name could not tell which of the two they mean.
 */
function waitForNames(pass: Pass): boolean {
  const { pairs, standings } = pass
  const kept = new Map(
    pairs.flatMap(({ base, file }, j) => {
      const isLeft = base !== null && file?.ref.slug !== base.ref.slug
      return isLeft && stays(standings[j]) ? [[nameOf(base.ref), j] as const] : []
    }),
  )
  if (kept.size === 0) return false
  let changed = false
  pairs.forEach(({ base, file }, i) => {
    if (!file || !flowsIn(standings[i]) || base?.ref.slug === file.ref.slug) return
    const holder = kept.get(nameOf(file.ref))
    if (holder !== undefined) changed = wait(pass, i, 'inbound', [holder])
  })
  return changed
}

/**
 * Of a group of lookalikes, no other goes while one gone and one new would be all that is left: the next plan
 * would take the two for a rename.
 */
function waitForLookalikes(pass: Pass): boolean {
  const { pairs, standings } = pass
  const alike = [...pairs.keys()].filter((i) => pairs[i]?.lookalikes !== undefined)
  let changed = false
  for (const group of Map.groupBy(alike, (i) => pairs[i]?.lookalikes).values()) {
    const left = group.filter((i) => stays(standings[i]))
    const gone = left.filter((i) => pairs[i]?.base)
    if (gone.length !== 1 || left.length !== 2) continue
    for (const i of group) if (flowsIn(standings[i])) changed = wait(pass, i, 'inbound', left)
  }
  return changed
}

function waitTogether({ queued }: Snapshot, { pairs, standings }: Pass, alike: Respelled): boolean {
  const byId = new Map(
    pairs.flatMap((p, i) => [p.workspace, p.base].flatMap((s) => (s ? [[s.id, i] as const] : []))),
  )
  const isHeldBack = (i: number) => {
    const [pair, standing] = [pairs[i], standings[i]]
    return pair !== undefined && standing !== undefined && isBlocked(alike(pair), standing)
  }
  let changed = false
  for (const set of queued) {
    const members = set.resourceIds.flatMap((id) => byId.get(id) ?? [])
    const blocked = members.filter(isHeldBack)
    if (blocked.length === 0) continue
    for (const i of members) {
      if (!flowsOut(standings[i])) continue
      const reason = 'Saved together with a change that waits'
      standings[i] = { kind: 'waiting', direction: 'outbound', reason, waitsFor: refsOf(pairs, blocked) }
      changed = true
    }
  }
  return changed
}
