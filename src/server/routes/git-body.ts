import type { MergeField } from '../../core/merge/merge-field.ts'
import type { Connection, GitStatus, GitTest } from '../../core/wire/git.ts'
import { HostWire } from '../../core/wire/git.ts'
import type { Conflict, MergeFieldWire } from '../../core/wire/plan.ts'
import { PlanWire } from '../../core/wire/plan.ts'
import type { Run, RunSummary } from '../../core/wire/run.ts'
import { knownHost } from '../../git/hosts/find-host.ts'
import type { Conflict as StoredConflict } from '../../store/conflicts.ts'
import type { Connection as StoredConnection } from '../../store/connections.ts'
import type { GitStatus as StoredStatus } from '../../store/git-status.ts'
import { type ListedRun, type RunCommit, type Run as StoredRun, TOUCHED_SHOWN } from '../../store/runs.ts'

export function connectionBody(
  connection: StoredConnection,
  status: StoredStatus,
  gitSync: boolean,
  test?: GitTest,
): Connection {
  const { id, workspaceId: _, activeSince: __, host, ...settings } = connection
  return {
    id,
    ...settings,
    host: HostWire.catch({ type: knownHost(settings.url) ?? 'none' }).parse(host ?? undefined),
    status: statusBody(status, gitSync),
    ...(test ? { test } : {}),
  }
}

function statusBody(status: StoredStatus, gitSync: boolean): GitStatus {
  const { lastInbound, lastOutbound, syncedAt } = status
  return {
    ...status,
    state: gitSync ? status.state : 'off',
    syncedAt: syncedAt?.toISOString() ?? null,
    lastInbound: lastInbound && { oid: lastInbound.head, at: lastInbound.at.toISOString() },
    lastOutbound: lastOutbound && { ...lastOutbound, at: lastOutbound.at.toISOString() },
  }
}

export function runSummary(run: ListedRun, savedBy: readonly string[]): RunSummary {
  return {
    id: run.id,
    direction: run.direction,
    trigger: run.trigger,
    state: run.state,
    full: run.options.full,
    dryRun: run.options.dryRun,
    head: run.head,
    actor: run.actor_name || null,
    savedBy: [...savedBy],
    createdAt: run.queued_at.toISOString(),
    startedAt: run.started_at?.toISOString() ?? null,
    finishedAt: run.finished_at?.toISOString() ?? null,
    counts: run.counts,
    touched: [...run.touched],
    waiting: run.waiting,
    error: run.problem,
  }
}

export function runBody(
  run: StoredRun,
  { savedBy, commits }: { readonly savedBy: readonly string[]; readonly commits: readonly RunCommit[] },
): Run {
  const parsed = PlanWire.safeParse(run.plan)
  const plan = parsed.success ? parsed.data : null
  return {
    ...runSummary(
      { ...run, touched: plan ? touchedBy(plan) : [], waiting: plan?.waiting.length ?? 0 },
      savedBy,
    ),
    phases: run.phases,
    commits: commits.map(({ oid, subject, author, review }) => {
      return { oid, subject, author, ...(review === null ? {} : { review }) }
    }),
    changes: { inbound: plan?.inbound ?? [], outbound: plan?.outbound ?? [] },
    diagnostics: [...run.diagnostics],
    plan,
  }
}

function touchedBy({ inbound, outbound }: PlanWire): string[] {
  return [inbound, outbound].flatMap((entries) => entries.slice(0, TOUCHED_SHOWN).map(({ slug }) => slug))
}

function choiceBody({ paths, ...field }: MergeField): MergeFieldWire {
  return { ...field, paths: [...paths] }
}

export function conflictBody(conflict: StoredConflict): Conflict {
  const { createdAt, updatedAt: _, fields, choices, causes, review, ...rest } = conflict
  return {
    ...rest,
    fields: [...fields],
    choices: choices.map(choiceBody),
    causes: [...causes],
    ...(review ? { review } : {}),
    since: createdAt.toISOString(),
  }
}
