import * as z from 'zod'
import { DiagnosticWire } from './diagnostic.ts'
import { listOf } from './list.ts'
import { PlanEntryWire, PlanWire } from './plan.ts'
import { KindWire } from './resource.ts'

export const RUN_DIRECTIONS = ['INBOUND', 'OUTBOUND', 'BOTH'] as const
export const RUN_TRIGGERS = ['first', 'save', 'poll', 'webhook', 'manual'] as const
export const RUN_STATES = ['queued', 'running', 'succeeded', 'failed', 'held', 'nothing-to-do'] as const
export const FINAL_RUN_STATES = ['succeeded', 'failed', 'held', 'nothing-to-do'] as const

export const RunPhase = z.object({
  name: z.string(),
  done: z.int(),
  total: z.int(),
  ms: z.number(),
})
export type RunPhase = z.infer<typeof RunPhase>

/** `review`: the branch of the review that it went to, where it did not go to the branch itself. */
export const RunCommit = z.object({
  oid: z.string(),
  subject: z.string(),
  author: z.string(),
  review: z.string().optional(),
})
export type RunCommit = z.infer<typeof RunCommit>

export const RunCounts = z.object({
  inbound: z.int(),
  outbound: z.int(),
  conflicts: z.int(),
  held: z.int(),
  aside: z.int(),
  pending: z.int(),
})
export type RunCounts = z.infer<typeof RunCounts>

/** A line of the list of runs. */
export const RunSummary = z.object({
  id: z.string(),
  direction: z.enum(RUN_DIRECTIONS),
  trigger: z.enum(RUN_TRIGGERS),
  state: z.enum(RUN_STATES),
  full: z.boolean(),
  dryRun: z.boolean(),
  /** The head that it read; null before. */
  head: z.string().nullable(),
  /** Who asked; null for the server itself. */
  actor: z.string().nullable(),
  /** Whose saves it carries, each person once. */
  savedBy: z.array(z.string()),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  counts: RunCounts,
  /** Slugs of what came in or went out: the first few of each direction. */
  touched: z.array(z.string()),
  /** Changes that are fine by themselves and cannot go yet: what they need waits, or they hold a secret. */
  waiting: z.int(),
  /** What stopped it; null unless it failed. */
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
})
export type RunSummary = z.infer<typeof RunSummary>

/** A run to its end: what it did, by field (S24). */
export const Run = RunSummary.extend({
  phases: z.array(RunPhase),
  commits: z.array(RunCommit),
  changes: z.object({ inbound: z.array(PlanEntryWire), outbound: z.array(PlanEntryWire) }),
  diagnostics: z.array(DiagnosticWire),
  /** What it was going to do; null before it is made. */
  plan: PlanWire.nullable(),
})
export type Run = z.infer<typeof Run>

/** The digest of the held changes, as the run's plan names it. */
export const ApproveRun = z.strictObject({
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'Expected the digest of the held changes: 64 hex digits' }),
  /** In a rewritten history: what it dropped is sent again (the default), or given up here too. */
  dropped: z.enum(['send', 'give-up']).optional(),
  waitSeconds: z.number().min(0).max(600).optional(),
})
export type ApproveRun = z.infer<typeof ApproveRun>

export const PutBack = z.strictObject({ waitSeconds: z.number().min(0).max(600).optional() })
export type PutBack = z.infer<typeof PutBack>

export const MendReferences = z.strictObject({ waitSeconds: z.number().min(0).max(600).optional() })
export type MendReferences = z.infer<typeof MendReferences>

/** A file with a new error, relative to the connection's path. */
export const SetAside = z.strictObject({
  path: z.string().min(1).max(1000),
  waitSeconds: z.number().min(0).max(600).optional(),
})
export type SetAside = z.infer<typeof SetAside>

/** A place of a resource, as a plan's `waiting` names it (Z12). */
export const AllowSecret = z.strictObject({
  kind: KindWire,
  slug: z.string().min(1).max(1000),
  path: z.string().min(1).max(1000),
  waitSeconds: z.number().min(0).max(600).optional(),
})
export type AllowSecret = z.infer<typeof AllowSecret>

export const RunList = listOf(RunSummary)

/** Whom a run is due to: who asked for it, else who saved what it carries; nobody where it only looked. */
export function peopleOf({ actor, savedBy }: Pick<RunSummary, 'actor' | 'savedBy'>): readonly string[] {
  return actor === null ? savedBy : [actor]
}

export function isFinal(state: RunSummary['state']): boolean {
  return (FINAL_RUN_STATES as readonly string[]).includes(state)
}
