import type { Written } from '../../../store/change-set/write.ts'
import { insertChangeSet, insertChanges } from '../../../store/change-set/write.ts'
import type { Db } from '../../../store/database.ts'
import { queuedSets } from '../../../store/queued-sets.ts'
import type { Run } from '../../../store/runs.ts'
import { shareValues } from './share-values.ts'
import { type Facts, known, type Work } from './work.ts'

/**
 * A first sync and a full resync are change sets too (S8): what goes out and is in no queued one, because it
 * was saved before the first sync was asked for, is queued as one in the name of who asked.
 */
export async function queueUnsaved(tx: Db, work: Work, facts: Facts): Promise<void> {
  const { pairs } = known(facts.snapshot)
  const { standings } = known(facts.reconciliation)
  const queued = new Set(known(facts.sets).flatMap((set) => set.changes.map((change) => change.resourceId)))
  const unsaved = pairs.flatMap(({ base, workspace, file }, i): Written[] => {
    const side = workspace ?? base
    const standing = standings[i]
    const isWaiting = standing?.kind === 'waiting' && standing.direction === 'outbound'
    const isLeaving = standing?.kind === 'outbound' || isWaiting
    if (!side || !isLeaving || queued.has(side.id)) return []
    if (!workspace && !file) return []
    const before = base && {
      id: side.id,
      ...base.ref,
      value: base.value,
      revision: '',
      updatedAt: new Date(0),
      updatedBy: null,
    }
    return [{ id: side.id, ...side.ref, before, value: workspace?.value ?? null }]
  })
  if (unsaved.length === 0) return
  const { workspaceId } = work.connection
  const actor = { id: work.run.actor_id, ...askerOf(work.run) }
  const kind = known(facts.reading).mode === 'first' ? 'first-sync' : 'resync'
  const set = await insertChangeSet(tx, { workspaceId, kind, message: null, actor })
  await insertChanges(tx, workspaceId, set, unsaved, { mode: 'queued', commitOid: null })
  const sets = await queuedSets(tx, workspaceId, known(facts.state).wanted_aliases_set)
  facts.sets = shareValues(sets, pairs)
}

/** The person who asked for a run, to sign what nobody saved by itself. */
export function askerOf({ actor_name, actor_email }: Run): { name: string; email: string } {
  return { name: actor_name || 'Tandem', email: actor_email || 'tandem@localhost' }
}
