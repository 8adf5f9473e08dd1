import type { SavedSet } from '../../../core/plan/commits/draft.ts'
import { workspaceChanged } from '../../../core/plan/decide.ts'
import { type Merged, mergedOf } from '../../../core/plan/merged.ts'
import type { Pair } from '../../../core/plan/snapshot.ts'
import { flowsOut, isToMend } from '../../../core/plan/standing.ts'
import { isProposed } from '../../../core/reviews/proposal.ts'
import { insertChanges, type Written } from '../../../store/change-set/change-rows.ts'
import { insertChangeSet } from '../../../store/change-set/write.ts'
import type { ChangeSetKind } from '../../../store/change-sets.ts'
import type { Db } from '../../../store/database.ts'
import { queueResources } from '../../../store/queue-resources.ts'
import { queuedSets } from '../../../store/queued-sets.ts'
import type { Run } from '../../../store/runs.ts'
import { shareValues } from './share-values.ts'
import { type Facts, known, type Work } from './work.ts'

/**
 * A first sync, a full resync and the mending of old names are change sets too (S8): what goes out and is in
 * no queued one, because nobody saved it since syncing began, is queued as one in the name of who asked.
 */
export async function queueUnsaved(tx: Db, work: Work, facts: Facts): Promise<void> {
  const unsaved = unsavedPairs(facts)
  const isMended = (pair: Pair) => isToMend(pair, known(facts.snapshot)) && !workspaceChanged(pair)
  await queuePairs(tx, work, facts, 'mend', unsaved.filter(isMended))
  const kind = known(facts.reading).mode === 'first' ? 'first-sync' : 'resync'
  await queuePairs(
    tx,
    work,
    facts,
    kind,
    unsaved.filter((pair) => !isMended(pair)),
  )
}

async function queuePairs(
  tx: Db,
  work: Work,
  facts: Facts,
  kind: ChangeSetKind,
  unsaved: readonly Pair[],
): Promise<void> {
  if (unsaved.length === 0) return
  const { workspaceId } = work.connection
  const asker = askerOf(work.run)
  const actor = { id: work.run.actor_id, ...asker }
  const set = await insertChangeSet(tx, { workspaceId, kind, message: null, actor })
  const merged = mergedOf(known(facts.snapshot).pairs, known(facts.reconciliation).standings)
  const fresh = new Map(
    unsaved.flatMap((pair) => (isFresh(pair) ? [[pair.workspace.id, pair] as const] : [])),
  )
  const queued = await queueResources(tx, workspaceId, set, [...fresh.keys()])
  const others = unsaved.filter((pair) => !isFresh(pair)).flatMap((pair) => changeOf(pair, merged))
  await insertChanges(tx, { workspaceId, changeSetId: set, mode: 'queued', commitOid: null }, others)
  if (others.length > 0) {
    const sets = await queuedSets(tx, workspaceId, known(facts.state).wanted_aliases_set)
    facts.sets = shareValues(sets, known(facts.snapshot).pairs)
    return
  }
  const changes = queued.flatMap(({ id, resourceId }) => {
    const side = fresh.get(resourceId)?.workspace
    return side ? [{ id, resourceId, ref: side.ref, value: side.value, isMerged: false }] : []
  })
  facts.sets = [
    ...known(facts.sets),
    { ...NO_SET, id: set, kind, author: asker, savedAt: Date.now(), changes },
  ]
}

const NO_SET = {
  message: null,
  touchesManifest: false,
  manifestChangeIds: [],
  touchesAliases: false,
} satisfies Partial<SavedSet>

function unsavedPairs(facts: Facts): Pair[] {
  const { standings } = known(facts.reconciliation)
  const queued = new Set(known(facts.sets).flatMap((set) => set.changes.map((change) => change.resourceId)))
  const { pairs, reviews } = known(facts.snapshot)
  return pairs.filter((pair, i) => {
    const { base, workspace, file } = pair
    const side = workspace ?? base
    const standing = standings[i]
    const isWaiting = standing?.kind === 'waiting' && standing.direction === 'outbound'
    const isLeaving = flowsOut(standing) || isWaiting
    return side && isLeaving && !queued.has(side.id) && (workspace || file) && !isProposed(pair, reviews)
  })
}

type Fresh = Pair & { readonly workspace: NonNullable<Pair['workspace']> }

/** In the workspace alone: nothing of it can have been merged in this transaction, its row is what goes out. */
function isFresh(pair: Pair): pair is Fresh {
  return pair.workspace !== null && pair.base === null && pair.file === null
}

function changeOf({ base, workspace }: Pair, merged: ReadonlyMap<string, Merged>): Written[] {
  const side = workspace ?? base
  if (!side) return []
  const before = base && {
    id: side.id,
    ...base.ref,
    value: base.value,
    revision: '',
    updatedAt: new Date(0),
    updatedBy: null,
  }
  // Merged in this transaction: what came of it goes out, not what was there before.
  const { ref, value } = merged.get(side.id) ?? { ref: side.ref, value: workspace?.value ?? null }
  return [{ id: side.id, ...ref, before, value }]
}

/** The person who asked for a run, to sign what nobody saved by itself. */
export function askerOf({ actor_name, actor_email }: Run): { name: string; email: string } {
  return { name: actor_name || 'Tandem', email: actor_email || 'tandem@localhost' }
}
