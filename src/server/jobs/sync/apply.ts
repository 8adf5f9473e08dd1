import { sql } from 'kysely'
import { type Actions, actionsOf } from '../../../core/plan/actions.ts'
import { sameAliases } from '../../../core/plan/merge-aliases.ts'
import { isInboundBlocked, type Plan } from '../../../core/plan/plan.ts'
import { isToBeWrittenBack, opensTheWay } from '../../../core/plan/plan-again.ts'
import { idOf } from '../../../core/reviews/proposal.ts'
import { applyActions } from '../../../store/apply-actions.ts'
import { dropBases, writeBases } from '../../../store/bases.ts'
import { newestPushed } from '../../../store/commit-records.ts'
import { guardLease } from '../../../store/leases.ts'
import { movedMeanwhile } from '../../../store/moved-meanwhile.ts'
import { enqueueSync, lockWorkspace } from '../../../store/outbox.ts'
import { forgetDeclined } from '../../../store/proposals.ts'
import { type SyncState, updateSyncState } from '../../../store/sync-state.ts'
import { newConnections } from './new-connections.ts'
import { queueUnsaved } from './queue-unsaved.ts'
import { toStored } from './read-own-files.ts'
import { heldKeys, recordPlan } from './record-plan.ts'
import { DONE, type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/**
 * Everything that comes in, the bases that move, conflicts and open files in one transaction (S14). A
 * resource that was saved since the snapshot sends the run back to plan again: nothing is written over.
 */
export async function applyPlan(work: Work, facts: Facts): Promise<StepResult> {
  // What the run shows is written beside what it does: neither waits for the other.
  const recorded = recordPlan(work, known(facts.plan), { dryRun: false })
  const [result] = await Promise.all([apply(work, facts), recorded])
  return result
}

async function apply(work: Work, facts: Facts): Promise<StepResult> {
  const snapshot = known(facts.snapshot)
  const plan = known(facts.plan)
  const head = known(facts.head).parent
  if (isInboundBlocked(plan)) {
    await markBlocked(work, plan, head)
    return isKnown(plan) && !known(facts.head).isApproved ? NEXT : DONE
  }
  const actions = actionsOf(snapshot, known(facts.reconciliation))
  const { standings } = known(facts.reconciliation)
  const author = await authorOf(work, facts, actions)
  const again = await work.db.transaction().execute(async (tx) => {
    await lockWorkspace(tx, work.connection.workspaceId)
    await guardLease(tx, work.lease)
    if (await movedMeanwhile(tx, work.connection.workspaceId, known(facts.lastChange), snapshot, actions))
      return true
    const place = { connectionId: work.connection.id, workspaceId: work.connection.workspaceId }
    await newConnections(tx, work, facts)
    await writeFallen(tx, work, facts)
    const written = await applyActions(tx, place, {
      actions,
      plan,
      snapshot,
      standings,
      head,
      author,
      run: work.run.id,
    })
    await forgetDeclined(tx, work.connection.id, agreedAnew(facts))
    await queueUnsaved(tx, work, facts)
    await advanceState(tx, work, facts, plan)
    // By the next run: each such run has let something in, so there is an end to them.
    if (opensTheWay(snapshot, standings)) await enqueueSync(tx, work.connection.id)
    facts.applied = { moved: actions.agreed.length + actions.dropped.length, incoming: written }
    return false
  })
  if (again) return { kind: 'again', from: 'snapshot' }
  if (isToBeWrittenBack(snapshot, standings)) return { kind: 'again', from: 'snapshot' }
  // The approved commit is in; what came on top of it waits for its own plan (S16).
  if (known(facts.head).isApproved) {
    facts.approvedIn = true
    return { kind: 'again', from: 'fetch' }
  }
  return NEXT
}

/** Resources of closed reviews that the two sides agree about again: there is nothing left to settle. */
function agreedAnew(facts: Facts): string[] {
  const { pairs, reviews } = known(facts.snapshot)
  const { standings } = known(facts.reconciliation)
  return pairs.flatMap((pair, i) => {
    const id = idOf(pair)
    const kind = standings[i]?.kind
    const isDeclined = id !== null && reviews?.declined.has(id)
    return isDeclined && (kind === 'same' || kind === 'inbound') ? [id] : []
  })
}

async function markBlocked(work: Work, plan: Plan, head: string | null): Promise<void> {
  await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    const { stopped } = plan
    await updateSyncState(tx, work.connection.id, { stopped, seen_head: head, ...heldBy(work, plan) })
  })
}

/** False: the branch itself is in question, and nothing of it can be built on (S16). */
function isKnown({ held }: Plan): boolean {
  return !held.some(({ direction }) => direction === 'both')
}

function heldBy({ run }: Work, plan: Plan) {
  return { held_run: plan.held.length > 0 ? run.id : null, held: JSON.stringify(heldKeys(plan)) }
}

async function writeFallen(tx: Work['db'], { connection }: Work, { fallen }: Facts): Promise<void> {
  const { changed, dropped } = known(fallen)
  await dropBases(tx, connection.id, dropped)
  await writeBases(
    tx,
    connection.id,
    null,
    changed.map((base) => ({ ...base, forwards: [] })),
  )
}

async function advanceState(tx: Work['db'], work: Work, facts: Facts, plan: Plan): Promise<void> {
  const { own } = known(facts.reading)
  const { parent, isNewBranch } = known(facts.head)
  const hasFiles = known(facts.snapshot).pairs.some((pair) => pair.file !== null)
  await tx
    .updateTable('sync_state')
    .set({
      // A branch that is still to be made was never seen; cut off before that, the run begins there again.
      head: isNewBranch ? null : parent,
      seen_head: isNewBranch ? null : parent,
      last_commit: newestPushed(work.connection.id),
      stopped: false,
      aliases: JSON.stringify(toStored(own.aliases)),
      ...(sameAliases(own.aliases, known(facts.aliases)) ? fulfilled(known(facts.state)) : {}),
      alias_blob: own.aliasBlob,
      manifest_blob: own.manifestBlob,
      had_files: sql<boolean>`had_files or ${hasFiles}`,
      ...heldBy(work, plan),
    })
    .where('connection_id', '=', work.connection.id)
    .execute()
}

/** The wish that this run has seen is one no more; one that was saved since is for the next run. */
function fulfilled({ wanted_aliases_set: seen }: SyncState) {
  const isSeen = sql`wanted_aliases_set is not distinct from ${seen}::bigint`
  return {
    wanted_aliases: sql<string | null>`case when ${isSeen} then null else wanted_aliases end`,
    wanted_aliases_set: sql<string | null>`case when ${isSeen} then null else wanted_aliases_set end`,
  }
}

/** Whose change it is that comes in: the author of the commits when there is only one, else Git. */
async function authorOf(
  work: Work,
  facts: Facts,
  actions: Actions,
): Promise<{ name: string; email: string }> {
  const { parent } = known(facts.head)
  const last = known(facts.state).head
  const git = { name: 'Git', email: '' }
  if (actions.incoming.length === 0 || parent === null || last === null || last === parent) return git
  const { tip } = facts
  // One commit on top of the last one, the usual case: it was read with the head.
  if (tip?.oid === parent && tip.parents.length === 1 && tip.parents[0] === last) return tip.author
  const isRewritten = known(facts.reading).branch === 'rewritten'
  // A rewritten history may have taken the old head along.
  if (isRewritten && !(await work.repository.hasCommit(last))) return git
  const log = await work.repository.log({ from: last, to: parent, path: work.connection.path, limit: 50 })
  const people = new Map(log.map(({ author }) => [author.email, { name: author.name, email: author.email }]))
  return people.size === 1 ? ([...people.values()][0] ?? git) : git
}
