import * as z from 'zod'
import { DiagnosticWire } from './diagnostic.ts'
import { KindWire } from './resource.ts'

export const FieldChangeWire = z.object({
  /** JSON pointer. */
  path: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
})
export type FieldChangeWire = z.infer<typeof FieldChangeWire>

export const PlanEntryWire = z.looseObject({
  kind: KindWire,
  slug: z.string(),
  path: z.string().nullable().optional(),
  change: z.enum(['added', 'changed', 'removed', 'renamed']).optional(),
  from: z.string().optional(),
  fields: z.array(FieldChangeWire).optional(),
  /** Why it waits, for held, aside and pending entries. */
  reason: z.string().optional(),
})
export type PlanEntryWire = z.infer<typeof PlanEntryWire>

/** S1: the one value that the API, the CLI and the page show. */
export const PlanWire = z.looseObject({
  version: z.literal(1),
  head: z.string().nullable(),
  base: z.string().nullable(),
  inbound: z.array(PlanEntryWire),
  outbound: z.array(PlanEntryWire),
  conflicts: z.array(PlanEntryWire),
  converged: z.array(PlanEntryWire),
  held: z.array(PlanEntryWire),
  aside: z.array(PlanEntryWire),
  pending: z.array(PlanEntryWire),
  diagnostics: z.array(DiagnosticWire),
})
export type PlanWire = z.infer<typeof PlanWire>

export const CONFLICT_TAKES = ['workspace', 'git'] as const

/** `ours` is the workspace's side, `theirs` Git's; null where a side deleted it. */
export const Conflict = z.looseObject({
  id: z.string(),
  kind: KindWire,
  slug: z.string(),
  base: z.unknown(),
  ours: z.unknown(),
  theirs: z.unknown(),
  /** JSON pointers of the fields that differ on both sides. */
  fields: z.array(z.string()),
})
export type Conflict = z.infer<typeof Conflict>

/** The two versions that the resolution was made for; a stale one is refused (S5). */
export const ResolveConflict = z.strictObject({
  take: z.enum(CONFLICT_TAKES),
  ours: z.unknown(),
  theirs: z.unknown(),
})
export type ResolveConflict = z.infer<typeof ResolveConflict>
