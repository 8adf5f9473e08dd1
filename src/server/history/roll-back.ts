import { type Assessable, impactOf } from '../../core/impact/impact-of.ts'
import type { DiagnosticCode, Finding } from '../../core/model/diagnostic.ts'
import { KIND_WORDS, type Kind } from '../../core/model/kind.ts'
import type { FileRef } from '../../core/model/resource.ts'
import type { RollbackAnswer } from '../../core/wire/history.ts'
import type { ImpactWire } from '../../core/wire/plan.ts'
import {
  type ChangeSetInput,
  type ChangeSetOutcome,
  checkChangeSetIn,
  commitChangeSetIn,
  type Refusal,
} from '../../store/change-sets.ts'
import type { Actor } from '../auth/actor.ts'
import { ProblemError } from '../problem-error.ts'
import { invalidValue, refusal } from '../routes/outcome.ts'
import { toBody } from '../routes/resource-body.ts'
import type { History } from './open-history.ts'
import { type PreparedRollback, prepareRollback } from './prepare-rollback.ts'

export type Asked = {
  readonly commit: string
  /** Null: the schema as a whole. */
  readonly only: FileRef | null
  readonly dryRun: boolean
  readonly digest: string | undefined
}
type Refused = Exclude<ChangeSetOutcome, { kind: 'saved' }>

/** A new change set through the same checks as any save, all or nothing; a dry run stops before it is written. */
export async function rollBack(history: History, actor: Actor, asked: Asked): Promise<RollbackAnswer> {
  const { commit, only, dryRun } = asked
  const plan = await prepareRollback(history, commit, only)
  if (asked.digest !== undefined && asked.digest !== plan.digest) throw changedMeanwhile()
  const answer = {
    commit,
    dryRun,
    changes: plan.changes.map((change) => ({
      ...change,
      fields: [...change.fields],
      impact: impactBody(change),
      path: plan.pathOf(change),
    })),
    digest: plan.digest,
    changeSet: null,
  }
  const own = [...plan.faults, ...diagnosticsOf(plan.findings)]
  const input = await inputOf(history, actor, commit, plan)
  if (dryRun) {
    const refused = own.length > 0 ? null : await check(history, input)
    const broken = refused ? await brokenBy(history, commit, refused) : []
    return { ...answer, diagnostics: [...own, ...broken] }
  }
  if (own.length > 0) throw refusedWith(own)
  if (plan.changes.length === 0) return { ...answer, diagnostics: [] }
  const outcome = await history.db.transaction().execute((tx) => commitChangeSetIn(tx, input))
  if (outcome.kind !== 'saved') throw refusedWith(await brokenBy(history, commit, outcome))
  return { ...answer, diagnostics: [], changeSet: outcome.changeSetId }
}

/** What the rollback does to what depends on the resource, before anybody says yes to it. */
function impactBody(change: Assessable): ImpactWire {
  const { word, reasons } = impactOf(change)
  return { word, reasons: [...reasons] }
}

async function inputOf(
  { workspace, repository }: History,
  actor: Actor,
  commit: string,
  { writes, deletes }: PreparedRollback,
): Promise<ChangeSetInput> {
  const [entry] = await repository.log({ to: commit, limit: 1 })
  return {
    workspaceId: workspace.id,
    actor: { id: actor.id, name: actor.name, email: actor.email },
    kind: 'rollback',
    message: `Back to the state at ${commit}, “${entry?.subject ?? ''}”.`,
    rollbackTo: commit,
    writes: writes.map(({ revision, ...write }) =>
      revision === null ? { ...write, isNew: true } : { ...write, revision },
    ),
    deletes: [...deletes],
    renames: [],
  }
}

async function check({ db }: History, input: ChangeSetInput): Promise<Refused | null> {
  return db.transaction().execute(async (tx) => {
    const outcome = await checkChangeSetIn(tx, input)
    return outcome.kind === 'prepared' ? null : outcome
  })
}

/** Everything that would be wrong after it, as diagnostics; what moved meanwhile is told as such. */
async function brokenBy(
  history: History,
  commit: string,
  outcome: Refused,
): Promise<RollbackAnswer['diagnostics']> {
  switch (outcome.kind) {
    case 'refused':
      return diagnosticsOf(outcome.findings)
    case 'referenced':
      return diagnosticsOf(outcome.referrers.map((referrer) => dangling(referrer, outcome, commit)))
    case 'stale':
      throw await refusal(outcome, (resource) => toBody(history.db, history.workspace.id, resource))
  }
}

function dangling(
  { kind, slug }: { readonly kind: Kind; readonly slug: string },
  gone: { readonly kind_: Kind; readonly slug: string },
  commit: string,
): Refusal {
  const word = KIND_WORDS[gone.kind_]
  const finding: Finding = {
    code: UNRESOLVED[gone.kind_] ?? 'unresolved-model',
    severity: 'error',
    message: `It refers to the ${word} "${gone.slug}", which did not exist at ${commit.slice(0, 7)}`,
    hint: 'Change or delete it first, or choose a later version',
    path: [],
    at: 'value',
  }
  return { kind, slug, findings: [finding] }
}
const UNRESOLVED: Partial<Readonly<Record<Kind, DiagnosticCode>>> = {
  'model-relationships': 'unresolved-relationship',
  'event-contracts': 'unresolved-contract',
}

function diagnosticsOf(refusals: readonly Refusal[]): RollbackAnswer['diagnostics'] {
  return invalidValue(refusals).extras.diagnostics ?? []
}

function refusedWith(diagnostics: RollbackAnswer['diagnostics']): ProblemError {
  const [first] = diagnostics
  const rest = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : ''
  const where = first
    ? 'file' in first
      ? `${first.file}, line ${first.line}`
      : `${first.kind}/${first.slug}`
    : ''
  return new ProblemError(
    'invalid-value',
    `Nothing was rolled back, because of the errors that it would bring. ${where}: ${first?.message ?? ''}${rest}`,
    { diagnostics },
  )
}

function changedMeanwhile(): ProblemError {
  return new ProblemError(
    'stale',
    'Going back would do something else by now: somebody saved or pushed meanwhile. Look at what it would do again.',
  )
}
