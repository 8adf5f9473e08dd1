import { createHash } from 'node:crypto'
import { compareTwo } from '../../core/environments/compare-two.ts'
import { counterpartOf } from '../../core/environments/environment.ts'
import { type Promotion, planPromotion } from '../../core/environments/promotion.ts'
import { impactOf } from '../../core/impact/impact-of.ts'
import { type FileRef, resourceKey } from '../../core/model/resource.ts'
import { promotionSummary } from '../../core/reviews/summary.ts'
import type { PromotionAnswer, PromotionEntryWire, PromotionRequest } from '../../core/wire/environments.ts'
import { type ChangeSetInput, checkChangeSetIn, commitChangeSetIn } from '../../store/change-sets.ts'
import { type Connection, connectionOf } from '../../store/connections.ts'
import type { Db } from '../../store/database.ts'
import { lastChanges, recordPromotion } from '../../store/promotions.ts'
import { resourcesByRef } from '../../store/resources.ts'
import type { Workspace } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import type { JobContext } from '../jobs/context.ts'
import { proposeChangeSet } from '../jobs/propose-change-set.ts'
import { ProblemError } from '../problem-error.ts'
import { diagnosticsOf, problemsOf, refusedWith } from './change-set-problems.ts'
import { gatherEnvironments } from './gather-environments.ts'
import { promotionMessage } from './promotion-message.ts'

type Sides = { readonly from: Workspace; readonly to: Workspace }

/**
 * W7: a change set of the target, checked and committed like any save, so that its way into Git (directly, or by a
 * pull request where the branch asks for one) is the sync engine's. By a review of its own it is written to Git
 * alone, and the target takes over what is merged. A dry run stops before anything is written.
 */
export async function promote(
  context: JobContext,
  sides: Sides,
  actor: Actor,
  asked: PromotionRequest,
  signal: AbortSignal,
): Promise<PromotionAnswer> {
  const { db } = context
  const { from, to } = sides
  const connection = asked.as === 'review' ? await reviewable(db, to) : null
  const plan = await planFor(db, sides, asked.resources ?? null)
  const digest = digestOf(plan)
  if (asked.digest !== undefined && asked.digest !== digest) throw changedMeanwhile()
  const dryRun = asked.dryRun ?? false
  const told = { changes: plan.changes.map(entryBody), alike: [...plan.alike], digest }
  const answer = { from: from.slug, to: to.slug, dryRun, ...told, changeSet: null, proposed: null }
  const own = diagnosticsOf(plan.findings)
  const input = await inputOf(db, sides, actor, plan, asked)
  if (dryRun) {
    const diagnostics = own.length > 0 ? own : await checked(db, input)
    return { ...answer, diagnostics }
  }
  if (own.length > 0) throw refusedWith('Nothing was promoted.', own)
  if (plan.changes.length === 0) return { ...answer, diagnostics: [] }
  if (connection !== null) {
    const proposed = await propose(context, connection, sides, { input, changes: plan.changes }, signal)
    return { ...answer, diagnostics: [], proposed }
  }
  const outcome = await db.transaction().execute(async (tx) => {
    const done = await commitChangeSetIn(tx, input)
    if (done.kind === 'saved') {
      await recordPromotion(tx, { changeSetId: done.changeSetId, workspaceId: to.id, from: from.slug })
    }
    return done
  })
  if (outcome.kind !== 'saved') {
    throw refusedWith('Nothing was promoted.', await problemsOf(db, to.id, outcome))
  }
  return { ...answer, diagnostics: [], changeSet: outcome.changeSetId }
}

type Proposal = {
  readonly input: ChangeSetInput
  readonly changes: Promotion['changes']
}

async function propose(
  context: JobContext,
  connection: Connection,
  { from, to }: Sides,
  { input, changes }: Proposal,
  signal: AbortSignal,
): Promise<NonNullable<PromotionAnswer['proposed']>> {
  const { db, baseUrl } = context
  const link =
    baseUrl === undefined
      ? null
      : `${baseUrl}/${to.slug}/git/environments/compare?from=${to.slug}&to=${from.slug}`
  const asked = (input.message ?? '').split('\n', 1)[0] ?? ''
  const title =
    asked === '' || asked.startsWith('Promoted from') ? `Promote ${from.slug} to ${to.slug}` : asked
  const body = promotionSummary(
    changes.map((change) => ({ ...change, impact: impactOf(change) })),
    { from: from.slug, to: to.slug, person: input.actor.name, link },
  )
  const proposing = { input, name: `promote-${from.slug}`, words: { title, body } }
  const outcome = await proposeChangeSet(context, connection, to, proposing, signal)
  if (outcome.kind !== 'proposed') {
    throw refusedWith('Nothing was proposed.', await problemsOf(db, to.id, outcome))
  }
  const { branch, pullRequest } = outcome
  return { branch, number: pullRequest?.number ?? null, url: pullRequest?.url ?? null }
}

async function planFor(db: Db, { from, to }: Sides, chosen: readonly FileRef[] | null): Promise<Promotion> {
  const [source, target] = await gatherEnvironments(db, [from, to], 'exact')
  if (source === undefined || target === undefined) throw new Error('each workspace was gathered')
  refuseUnknown(chosen, [source.resources, target.resources], [from.slug, to.slug])
  const { differences } = compareTwo(target, source)
  const [before, after] = await Promise.all([
    resourcesByRef(
      db,
      to.id,
      differences.flatMap((one) => one.before ?? []),
    ),
    resourcesByRef(
      db,
      from.id,
      differences.flatMap((one) => one.after ?? []),
    ),
  ])
  const counterparts = new Map<string, string | null>()
  return planPromotion({
    pairs: differences.map((difference) => ({
      difference,
      target: (difference.before && before.get(resourceKey(difference.before))) ?? null,
      source: (difference.after && after.get(resourceKey(difference.after))?.value) ?? null,
    })),
    chosen,
    counterpart: (section, slug) => {
      const key = `${section}:${slug}`
      const known = counterparts.get(key)
      if (known !== undefined) return known
      const found = counterpartOf(section, slug, source, target)
      counterparts.set(key, found)
      return found
    },
    from: from.slug,
    to: to.slug,
  })
}

type Known = { has(key: ReturnType<typeof resourceKey>): boolean }

function refuseUnknown(
  chosen: readonly FileRef[] | null,
  sides: readonly Known[],
  [from, to]: readonly [string, string],
): void {
  const unknown = (chosen ?? []).filter((ref) => !sides.some((side) => side.has(resourceKey(ref))))
  if (unknown.length === 0) return
  const names = unknown.map(({ kind, slug }) => `${kind}/${slug}`).join(', ')
  throw new ProblemError('not-found', `Neither ${from} nor ${to} has ${names}. Check the spelling.`)
}

async function inputOf(
  db: Db,
  { from, to }: Sides,
  actor: Actor,
  { writes, deletes, renames }: Promotion,
  { message = null }: { readonly message?: string | null | undefined },
): Promise<ChangeSetInput> {
  const isRenamed = ({ kind, slug }: FileRef) =>
    renames.some((rename) => rename.kind === kind && rename.to === slug)
  return {
    workspaceId: to.id,
    actor: { id: actor.id, name: actor.name, email: actor.email },
    kind: 'promotion',
    message: promotionMessage(message, from.slug, await lastChanges(db, from.id, writes)),
    writes: writes.map(({ revision, ...write }) =>
      revision !== null ? { ...write, revision } : isRenamed(write) ? write : { ...write, isNew: true },
    ),
    deletes: [...deletes],
    renames: [...renames],
  }
}

async function checked(db: Db, input: ChangeSetInput): Promise<PromotionAnswer['diagnostics']> {
  const outcome = await db.transaction().execute((tx) => checkChangeSetIn(tx, input))
  return outcome.kind === 'prepared' ? [] : problemsOf(db, input.workspaceId, outcome)
}

export function entryBody({ fields, ...change }: Promotion['changes'][number]): PromotionEntryWire {
  const { word, reasons } = impactOf({ ...change, fields })
  return { ...change, fields: [...fields], impact: { word, reasons: [...reasons] } }
}

function digestOf({ writes, deletes, renames }: Promotion): string {
  return createHash('sha256')
    .update(JSON.stringify([writes, deletes, renames]))
    .digest('hex')
}

/** There is nothing to review against before the first sync. */
async function reviewable(db: Db, { id, slug, gitSync }: Workspace): Promise<Connection> {
  if (!gitSync) {
    throw new ProblemError(
      'git-sync-off',
      `Git Sync is off for ${slug}. Switch it on, or promote without a review.`,
    )
  }
  const connection = await connectionOf(db, id)
  if (connection?.activeSince) return connection
  throw new ProblemError(
    'not-connected',
    `${slug} was not synced with a repository yet, so there is nothing to review against. Promote without a review, or connect and sync it first.`,
  )
}

function changedMeanwhile(): ProblemError {
  return new ProblemError(
    'stale',
    'Promoting would do something else by now: somebody saved or pushed meanwhile. Look at what it would do again.',
  )
}
