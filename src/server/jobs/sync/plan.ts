import { createLocator, type Locator } from '../../../core/format/locate.ts'
import type { Diagnostic } from '../../../core/model/diagnostic.ts'
import { KINDS } from '../../../core/model/kind.ts'
import type { Plan } from '../../../core/plan/plan.ts'
import { type Problem, toDiagnostic } from '../../../core/plan/problem.ts'
import { type Reconciliation, reconcile } from '../../../core/plan/reconcile.ts'
import { slugsOf } from '../../../store/resources.ts'
import { withDependents } from './dependents.ts'
import { ownFileDiagnostics } from './own-file-diagnostics.ts'
import { decode } from './read-files.ts'
import { recordPlan } from './record-plan.ts'
import { DONE, type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/** The pure planner over the snapshot (S1). A dry run ends here. */
export async function makePlan(work: Work, facts: Facts): Promise<StepResult> {
  const { reconciliation, plan } = await planOf(work, facts)
  facts.reconciliation = reconciliation
  facts.plan = plan
  if (!work.run.options.dryRun) return NEXT
  await recordPlan(work, plan, { dryRun: true })
  return DONE
}

export async function planOf(
  work: Work,
  facts: Facts,
): Promise<{ reconciliation: Reconciliation; plan: Plan }> {
  const snapshot = known(facts.snapshot)
  let reconciliation = reconcile(snapshot)
  if (reconciliation.problems.some(isUnresolved)) {
    // Only now: "did you mean" needs every name that there is.
    const names = await slugsOf(work.db, work.connection.workspaceId, KINDS)
    reconciliation = reconcile({ ...snapshot, names })
  }
  const overruled = (facts.overruled ?? []).map((name) => overruledNote(snapshot.aliasFile, name))
  const diagnostics = [
    ...overruled,
    ...(await ownFileDiagnostics(work, facts)),
    ...(await locateAll(work, reconciliation.problems)),
  ]
  const plan = { ...reconciliation.plan, diagnostics }
  return { reconciliation, plan: await withDependents(work.db, work.connection.workspaceId, plan) }
}

function overruledNote(file: string, name: string): Diagnostic {
  const message = `The app and Git changed the alias ${name} differently; Git's line stands.`
  const hint = 'Change it again in the app if the other meaning was right.'
  return { code: 'alias-overruled', severity: 'warning', message, file, line: 1, column: 1, hint }
}

function isUnresolved({ detail }: Problem): boolean {
  return detail.kind === 'finding' && detail.finding.code.startsWith('unresolved-')
}

/** Reads the files at fault once more, to tell the lines. */
async function locateAll(work: Work, problems: readonly Problem[]): Promise<Diagnostic[]> {
  const blobs = new Set(problems.flatMap((p) => (p.detail.kind === 'finding' ? [p.blob] : [])))
  const locators = new Map<string, Locator>()
  if (blobs.size > 0) {
    for await (const { oid, bytes } of work.repository.readBlobs(blobs, {
      maxBytes: work.limits.fileBytes,
    })) {
      const text = bytes && decode(bytes)
      if (text !== null) locators.set(oid, createLocator(text))
    }
  }
  const diagnostics = problems.map((problem) =>
    toDiagnostic(problem, ({ blob }, finding) => locators.get(blob)?.find(finding) ?? null),
  )
  return diagnostics.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
}
