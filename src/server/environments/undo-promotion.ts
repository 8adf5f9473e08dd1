import { planUndo, type Undo } from '../../core/environments/undo.ts'
import type { UndoAnswer } from '../../core/wire/environments.ts'
import { type ChangeSetInput, checkChangeSetIn, commitChangeSetIn } from '../../store/change-sets.ts'
import type { Db } from '../../store/database.ts'
import { claimUndo, doneChanges, markUndone } from '../../store/promotions.ts'
import type { Workspace } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { problemsOf, refusedWith } from './change-set-problems.ts'
import { entryBody } from './promote.ts'

/** One step: what a promotion did is taken back as a new change set, where nobody changed it since. */
export async function undoPromotion(
  db: Db,
  workspace: Workspace,
  actor: Actor,
  id: string,
  dryRun: boolean,
): Promise<UndoAnswer> {
  if (!/^\d{1,18}$/.test(id)) throw notFound('such promotion')
  const [plan, outcome] = await db.transaction().execute(async (tx) => {
    const promotion = await claimUndo(tx, workspace.id, id)
    if (promotion === null) throw notFound('such promotion, or it is undone already')
    const plan = planUndo(await doneChanges(tx, workspace.id, id))
    refuseChanged(plan)
    const input = inputOf(workspace, actor, plan, promotion.from)
    if (dryRun) return [plan, await checkChangeSetIn(tx, input)] as const
    const done = await commitChangeSetIn(tx, input)
    if (done.kind === 'saved') await markUndone(tx, id, done.changeSetId)
    return [plan, done] as const
  })
  const changes = plan.changes.map((change) => {
    const { neededBy: _, ...body } = entryBody({ ...change, neededBy: null })
    return body
  })
  switch (outcome.kind) {
    case 'saved':
      return { dryRun, changes, diagnostics: [], changeSet: outcome.changeSetId }
    case 'prepared':
      return { dryRun, changes, diagnostics: [], changeSet: null }
    default: {
      const diagnostics = await problemsOf(db, workspace.id, outcome)
      if (dryRun) return { dryRun, changes, diagnostics, changeSet: null }
      throw refusedWith('Nothing was undone.', diagnostics)
    }
  }
}

function inputOf(workspace: Workspace, actor: Actor, plan: Undo, from: string): ChangeSetInput {
  const { writes, deletes, renames } = plan
  const isRenamed = (kind: string, slug: string) =>
    renames.some((rename) => rename.kind === kind && rename.to === slug)
  return {
    workspaceId: workspace.id,
    actor: { id: actor.id, name: actor.name, email: actor.email },
    kind: 'promotion',
    message: `Takes the promotion from ${from} back.`,
    writes: writes.map(({ revision, ...write }) => {
      if (revision !== null) return { ...write, revision }
      return isRenamed(write.kind, write.slug) ? write : { ...write, isNew: true }
    }),
    deletes: [...deletes],
    renames: [...renames],
  }
}

function refuseChanged({ changedSince }: Undo): void {
  if (changedSince.length === 0) return
  const names = changedSince.map(({ kind, slug }) => `${kind}/${slug}`).join(', ')
  throw new ProblemError(
    'stale',
    `Nothing was undone: somebody changed ${names} since the promotion. Restore them from their history instead.`,
  )
}
