import * as z from 'zod'
import { CELLS } from '../environments/matrix.ts'
import { FILE_KINDS } from '../model/kind.ts'
import { ValueDiagnostic } from './diagnostic.ts'
import { GIT_STATUS } from './git.ts'
import { LIMIT_MAX, listOf } from './list.ts'
import { FieldChangeWire, ImpactWire, PlanEntryWire } from './plan.ts'
import { Run } from './run.ts'
import { Workspace } from './workspace.ts'

const kind = z.enum(FILE_KINDS)
const slug = z.string().min(1).max(500)
const flag = z.enum(['true', 'false', '1', '0', '']).transform((text) => text === 'true' || text === '1')
const cursor = z.string().optional()

/** One workspace as an environment (W7). */
export const EnvironmentWire = Workspace.extend({
  /** Null: no repository is connected. */
  git: z
    .object({
      url: z.string(),
      branch: z.string(),
      path: z.string(),
      aliasFile: z.string(),
      state: z.enum(GIT_STATUS),
      syncedCommit: z.string().nullable(),
    })
    .nullable(),
  resources: z.int(),
})
export type EnvironmentWire = z.infer<typeof EnvironmentWire>

export const CellWire = z.enum(CELLS)
export const MatrixRowWire = z.object({
  kind,
  slug: z.string(),
  /** Null: it is there as a file that waits, and nowhere else. */
  name: z.string().nullable(),
  /** The workspace that the others are held against: the first that has it. */
  from: z.string(),
  /** In the order of `workspaces`. */
  cells: z.array(CellWire),
})
export type MatrixRowWire = z.infer<typeof MatrixRowWire>

export const EnvironmentsQuery = z.object({
  /** Slugs, separated by commas, in the order of the columns; without them all that you may read. */
  workspaces: z.string().max(20_000).optional(),
  differing: flag.optional(),
  q: z.string().max(500).optional(),
  kind: kind.optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(100),
  cursor,
})
export type EnvironmentsQuery = z.infer<typeof EnvironmentsQuery>

export const Environments = z.object({
  workspaces: z.array(EnvironmentWire),
  /** A page of the resources that the filters leave. */
  items: z.array(MatrixRowWire),
  total: z.int(),
  /** Of all resources, whatever the filters: those that are not alike everywhere. */
  differing: z.int(),
  resources: z.int(),
  nextCursor: z.string().nullable(),
})
export type Environments = z.infer<typeof Environments>

export const CompareEnvironmentsQuery = z.object({
  from: slug,
  to: slug,
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(50),
  cursor,
})
export type CompareEnvironmentsQuery = z.infer<typeof CompareEnvironmentsQuery>

/** `environment`: both sides stand for the same thing in their workspace; it is no difference of the schema. */
export const EnvironmentFieldWire = FieldChangeWire.extend({ environment: z.boolean() })
export type EnvironmentFieldWire = z.infer<typeof EnvironmentFieldWire>

export const EnvironmentChangeWire = z.object({
  kind,
  slug: z.string(),
  change: z.enum(['added', 'removed', 'changed', 'renamed']),
  from: z.string().optional(),
  /** Its file waits over there for a source or destination (E4). */
  pending: z.boolean(),
  fields: z.array(EnvironmentFieldWire),
  impact: ImpactWire,
})
export type EnvironmentChangeWire = z.infer<typeof EnvironmentChangeWire>

export const CounterpartWire = z.object({
  section: z.enum(['sources', 'destinations']),
  from: z.string(),
  to: z.string(),
  /** The alias that means both; null: they have one name and type. */
  alias: z.string().nullable(),
  resources: z.int(),
})
export type CounterpartWire = z.infer<typeof CounterpartWire>

export const EnvironmentComparison = z.object({
  from: z.string(),
  to: z.string(),
  counts: z.object({ added: z.int(), removed: z.int(), changed: z.int(), renamed: z.int(), same: z.int() }),
  /** A page of what differs: what `to` has and `from` has not is added. */
  changes: z.array(EnvironmentChangeWire),
  /** What is each workspace's own and no difference. */
  counterparts: z.array(CounterpartWire),
  nextCursor: z.string().nullable(),
})
export type EnvironmentComparison = z.infer<typeof EnvironmentComparison>

export const EnvironmentDriftQuery = z.object({ from: slug, to: slug })
export type EnvironmentDriftQuery = z.infer<typeof EnvironmentDriftQuery>

/** How far apart two workspaces were at the end of each day, the oldest first; the last day is not over yet. */
export const EnvironmentDrift = z.object({
  from: z.string(),
  to: z.string(),
  /** UTC days since both were there, at most those of eight weeks. */
  days: z.array(z.object({ day: z.iso.date(), differing: z.int() })).min(1),
})
export type EnvironmentDrift = z.infer<typeof EnvironmentDrift>

const ref = z.object({ kind, slug: z.string() })
const chosen = z.strictObject({ kind, slug })

/** W7: what the workspace in the path is to take over from another one. */
export const PromotionRequest = z.strictObject({
  /** The workspace that has it. */
  from: slug,
  /** Without: everything in which the two differ, but for what only the target has. */
  resources: z.array(chosen).max(10_000).optional(),
  message: z.string().max(10_000).optional(),
  /** `review`: by a branch and a pull request of its own. The target takes it over once that is merged. */
  as: z.enum(['save', 'review']).default('save'),
  /** Says what it would do, and does nothing. */
  dryRun: z.boolean().optional(),
  /** That of a dry run: refused when it would do anything else by now. */
  digest: z.string().max(100).optional(),
})
export type PromotionRequest = z.infer<typeof PromotionRequest>
export type PromotionInput = z.input<typeof PromotionRequest>

export const PromotionEntryWire = PlanEntryWire.omit({ kind: true, path: true, dependents: true }).extend({
  kind,
  /** It comes along, because this one needs it; null: it was chosen. */
  neededBy: ref.nullable(),
})
export type PromotionEntryWire = z.infer<typeof PromotionEntryWire>

export const PromotionAnswer = z.object({
  from: z.string(),
  to: z.string(),
  dryRun: z.boolean(),
  changes: z.array(PromotionEntryWire),
  /** Asked for, and the same in both already. */
  alike: z.array(ref),
  /** Of a dry run: the errors for which it would be refused. */
  diagnostics: z.array(ValueDiagnostic),
  digest: z.string(),
  /** Null: a dry run, a review, or nothing differs. */
  changeSet: z.string().nullable(),
  /** Of a review: its branch, and its pull request where the host has an API for them. */
  proposed: z
    .object({ branch: z.string(), number: z.int().nullable(), url: z.string().nullable() })
    .nullable(),
})
export type PromotionAnswer = z.infer<typeof PromotionAnswer>

export const PromotionWire = z.object({
  id: z.string(),
  from: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
  resources: z.int(),
  /** Changes of it that are not in Git yet. */
  waiting: z.int(),
  undone: z.boolean(),
})
export type PromotionWire = z.infer<typeof PromotionWire>
export const PromotionList = listOf(PromotionWire)
export type PromotionList = z.infer<typeof PromotionList>

export const UndoPromotion = z.strictObject({ dryRun: z.boolean().optional() })

export const UndoAnswer = z.object({
  dryRun: z.boolean(),
  changes: z.array(PromotionEntryWire.omit({ neededBy: true })),
  diagnostics: z.array(ValueDiagnostic),
  /** Null: a dry run. */
  changeSet: z.string().nullable(),
})
export type UndoAnswer = z.infer<typeof UndoAnswer>

const section = z.enum(['sources', 'destinations'])
const choice = z.object({ slug: z.string(), name: z.string(), type: z.string() })

/** What the names in the shared files mean in every workspace that shares them. */
export const AliasTable = z.object({
  file: z.string(),
  /** This workspace first; of the others those that you may read. */
  workspaces: z.array(z.string()),
  rows: z.array(
    z.object({
      section,
      name: z.string(),
      /** Files of this workspace that spell it. */
      files: z.int(),
      meanings: z.array(
        z.object({
          workspace: z.string(),
          isAlias: z.boolean(),
          /** Null: nothing there. */
          slug: z.string().nullable(),
        }),
      ),
      /** What it most likely means here, where it means nothing. */
      proposals: z.array(z.object({ slug: z.string(), why: z.array(z.string()) })),
    }),
  ),
  /** What an alias of this workspace may stand for. */
  choices: z.object({ sources: z.array(choice), destinations: z.array(choice) }),
  /** Files that wait for a name (E4), each with the line that frees it. */
  pending: z.array(z.object({ path: z.string(), reason: z.string() })),
})
export type AliasTable = z.infer<typeof AliasTable>

const aliasName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\S(?:\P{Cc}*\S)?$/u, { error: 'Expected a name on one line, without blanks around it' })

export const RenameAlias = z.strictObject({
  section,
  from: z.string().min(1),
  to: aliasName,
  waitSeconds: z.number().min(0).max(600).optional(),
})
export type RenameAlias = z.infer<typeof RenameAlias>

export const RenamedAlias = z.object({
  run: Run,
  /** Workspaces that read these files from another branch: the line that each needs before they arrive there. */
  addIn: z.array(
    z.object({
      workspace: z.string(),
      branch: z.string(),
      file: z.string(),
      section,
      name: z.string(),
      slug: z.string(),
    }),
  ),
})
export type RenamedAlias = z.infer<typeof RenamedAlias>
