import * as z from 'zod'
import { IMPACTS } from '../impact/rules.ts'
import { MERGE_REASONS } from '../merge/merge-field.ts'
import { HELD_REASONS } from '../plan/plan.ts'
import { DiagnosticWire } from './diagnostic.ts'
import { KindWire } from './resource.ts'

export const FieldChangeWire = z.object({
  /** JSON pointer. */
  path: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
})
export type FieldChangeWire = z.infer<typeof FieldChangeWire>

const ref = z.object({ kind: KindWire, slug: z.string() })
const place = { kind: KindWire, slug: z.string(), path: z.string().nullable() }

/** One field in conflict; a side that has nothing there has no value. */
export const MergeFieldWire = z.object({
  /** JSON pointer; empty: the whole resource. An element of a list with names is told by its name. */
  path: z.string(),
  /** All that the field holds: more than one for fields that only go together. */
  paths: z.array(z.string()),
  reason: z.enum(MERGE_REASONS),
  base: z.unknown().optional(),
  ours: z.unknown().optional(),
  theirs: z.unknown().optional(),
})
export type MergeFieldWire = z.infer<typeof MergeFieldWire>

/** How bad a change is for what depends on the resource. */
export const ImpactWire = z.object({
  word: z.enum(IMPACTS),
  /** All that is more than safe, the worst first; `field` null: the resource as a whole. */
  reasons: z.array(z.object({ impact: z.enum(IMPACTS), field: z.string().nullable(), why: z.string() })),
})
export type ImpactWire = z.infer<typeof ImpactWire>

/** A change of one resource, by field. */
export const ChangeEntryWire = z.object({
  ...place,
  change: z.enum(['added', 'changed', 'removed', 'renamed']),
  /** The slug before a rename. */
  from: z.string().optional(),
  fields: z.array(FieldChangeWire),
})

/** A change that a side will take from the other. */
export const PlanEntryWire = ChangeEntryWire.extend({
  impact: ImpactWire,
  /** What depends on it, here (`workspace` null) and in other workspaces on the same files. */
  dependents: z.array(ref.extend({ workspace: z.string().nullable() })).optional(),
})
export type ChangeEntryWire = z.infer<typeof ChangeEntryWire>
export type PlanEntryWire = z.infer<typeof PlanEntryWire>

/** A file that is left alone, and why. */
export const LeftEntryWire = z.object({ ...place, reason: z.string() })
export type LeftEntryWire = z.infer<typeof LeftEntryWire>

/** S1: the one value that the API, the CLI and the page show. */
export const PlanWire = z.object({
  version: z.literal(1),
  head: z.string().nullable(),
  base: z.string().nullable(),
  /** A new error at the head: nothing comes in until it is mended. */
  stopped: z.boolean(),
  inbound: z.array(PlanEntryWire),
  outbound: z.array(PlanEntryWire),
  /** `causes`: the other resources of a joint conflict. */
  conflicts: z.array(
    PlanEntryWire.extend({
      reason: z.string(),
      choices: z.array(MergeFieldWire),
      isFirst: z.boolean(),
      causes: z.array(ref),
    }),
  ),
  converged: z.array(z.object(place)),
  held: z.array(
    z.object({
      direction: z.enum(['inbound', 'outbound', 'both']),
      reason: z.enum(HELD_REASONS),
      message: z.string(),
      changes: z.array(PlanEntryWire),
      /** Names the changes by value: what is approved is this and nothing else. */
      digest: z.string(),
    }),
  ),
  aside: z.array(LeftEntryWire),
  pending: z.array(LeftEntryWire),
  /** Fine by itself, but needs another change that cannot flow yet. */
  waiting: z.array(
    PlanEntryWire.extend({
      direction: z.enum(['inbound', 'outbound']),
      reason: z.string(),
      waitsFor: z.array(ref),
      /** What looks like a secret, at this JSON pointer, keeps it out of Git (Z12). */
      secret: z.object({ path: z.string(), what: z.string() }).optional(),
    }),
  ),
  diagnostics: z.array(DiagnosticWire),
})
export type PlanWire = z.infer<typeof PlanWire>

export const CONFLICT_TAKES = ['workspace', 'git', 'value'] as const

/** `ours` is the workspace's side, `theirs` Git's; null where a side deleted it. */
export const Conflict = z.object({
  id: z.string(),
  ...place,
  base: z.unknown(),
  ours: z.unknown(),
  theirs: z.unknown(),
  /** JSON pointers of the fields in conflict. */
  fields: z.array(z.string()),
  /** The same with what each side has there; none in a joint conflict. */
  choices: z.array(MergeFieldWire),
  /** Nothing was ever agreed on: what only one side has is asked about too. */
  isFirst: z.boolean(),
  /** The other resources of a joint conflict (S28). */
  causes: z.array(ref),
  /** The review that proposed it and was closed without being merged (S21). */
  review: z.object({ number: z.int().nullable(), branch: z.string(), url: z.string().nullable() }).optional(),
  since: z.iso.datetime(),
})
export type Conflict = z.infer<typeof Conflict>

/** The two versions that the resolution was made for; a stale one is refused (S5). */
export const ResolveConflict = z.strictObject({
  take: z.enum(CONFLICT_TAKES),
  /** With `take: value`: the edited result, for both sides. */
  value: z.record(z.string(), z.unknown()).optional(),
  ours: z.unknown(),
  theirs: z.unknown(),
})
export type ResolveConflict = z.infer<typeof ResolveConflict>
