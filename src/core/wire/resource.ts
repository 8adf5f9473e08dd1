import * as z from 'zod'
import { type FileKind, KINDS, type Kind } from '../model/kind.ts'
import { FreeForm } from './json.ts'
import { listOf } from './list.ts'

export const KindWire = z.enum(KINDS)

export const GIT_STATES = ['none', 'pending', 'in-git', 'conflict', 'held', 'set-aside'] as const
/** The review that a resource stands in; `number` and `url` null: the host has no pull requests. */
export const ReviewRef = z.object({
  id: z.string(),
  branch: z.string(),
  person: z.string(),
  number: z.int().nullable(),
  url: z.string().nullable(),
})
export type ReviewRef = z.infer<typeof ReviewRef>

/** `since` and `by`: the last change of the resource itself. `review`: until it is merged the state is *pending*. */
export const GitState = z.object({
  state: z.enum(GIT_STATES),
  commit: z.string().optional(),
  review: ReviewRef.optional(),
  /** What looks like a secret and keeps it out of Git (Z12): the first place. */
  secret: z.object({ path: z.string(), what: z.string() }).optional(),
  since: z.iso.datetime().optional(),
  by: z.string().optional(),
})
export type GitState = z.infer<typeof GitState>

/** What every resource has beside the file's keys; PUT ignores these (A3). */
const envelope = { slug: z.string(), revision: z.string(), git: GitState }

const queryType = z.enum(['raw_sql', 'table', 'dbt_model', 'custom'])
const modelKeys = {
  name: z.string(),
  source: z.string(),
  description: z.string().optional(),
  type: queryType,
  dbtModel: z.string().optional(),
  rawSql: z.string().optional(),
  tableName: z.string().optional(),
  customQuery: FreeForm.optional(),
}
const blocks = {
  columns: z.array(FreeForm).optional(),
  sampling: FreeForm.optional(),
  folder: z.string().optional(),
  tags: z.array(z.string()).optional(),
}
const end = z.looseObject({
  relationshipName: z.string().optional(),
  slug: z.string(),
  mergeColumns: z.boolean(),
})

/**
 * The value of each kind of file: what the format promises (format.md, *Fields*). Unknown keys are kept
 * (F15). Faults are found by core/lint, which names every one with its place, not by these schemas.
 */
export const FILE_VALUES = {
  models: z.looseObject({
    ...modelKeys,
    isSchema: z.boolean().optional(),
    primaryKey: z.string(),
    ...blocks,
  }),
  'parent-models': z.looseObject({
    ...modelKeys,
    primaryKey: z.string(),
    primaryLabel: z.string().optional(),
    secondaryLabel: z.string().optional(),
    ...blocks,
  }),
  'related-models': z.looseObject({ ...modelKeys, ...blocks }),
  'event-models': z.looseObject({ ...modelKeys, eventTimestampColumn: z.string(), ...blocks }),
  'model-relationships': z.looseObject({
    from: end,
    to: end,
    cardinality: z.enum(['1:1', '1:many', 'many:1']),
    mapping: z.array(z.looseObject({ fromColumn: z.string(), toColumn: z.string() })).optional(),
    folder: z.string().optional(),
    tags: z.array(z.string()).optional(),
    through: z.array(z.string()).optional(),
  }),
  syncs: z.looseObject({
    model: z.string(),
    destination: z.string(),
    description: z.string().optional(),
    config: FreeForm,
    schedule: FreeForm,
    schedulePaused: z.boolean(),
    folder: z.string().optional(),
    tags: z.array(z.string()).optional(),
  }),
  'event-contracts': z.looseObject({
    name: z.string(),
    onUndeclaredSchema: z.enum(['ALLOW_EVENT', 'BLOCK_EVENT']),
  }),
  'contract-events': z.looseObject({
    name: z.string(),
    onSchemaViolation: z.string(),
    onUndeclaredFields: z.string(),
    schema: FreeForm,
    type: z.string(),
    version: z.string(),
    includeBuiltInContext: z.boolean().optional(),
  }),
} as const satisfies Record<FileKind, z.ZodType>
export type FileValueOf<K extends FileKind> = z.infer<(typeof FILE_VALUES)[K]>

/** A source or destination: secrets of `config` go in and never come out. */
export const ConnectionValue = z.strictObject({
  name: z.string().min(1).optional(),
  type: z.string().min(1).max(100),
  config: FreeForm.optional(),
})
export type ConnectionValue = z.infer<typeof ConnectionValue>

const connection = z.object({
  name: z.string().optional(),
  type: z.string(),
  /** Without its secrets. Absent while the source is unconnected: only named by a manifest. */
  config: FreeForm.optional(),
  /** JSON pointers into `config` of the secrets that are set. */
  secrets: z.array(z.string()),
  ...envelope,
})

/** A resource as it is answered: flat, the file's keys beside slug, revision and git. */
export const RESOURCES = {
  sources: connection,
  destinations: connection,
  models: FILE_VALUES.models.extend(envelope),
  'parent-models': FILE_VALUES['parent-models'].extend(envelope),
  'related-models': FILE_VALUES['related-models'].extend(envelope),
  'event-models': FILE_VALUES['event-models'].extend(envelope),
  'model-relationships': FILE_VALUES['model-relationships'].extend(envelope),
  syncs: FILE_VALUES.syncs.extend(envelope),
  'event-contracts': FILE_VALUES['event-contracts'].extend(envelope),
  'contract-events': FILE_VALUES['contract-events'].extend(envelope),
} as const satisfies Record<Kind, z.ZodType>
export type ResourceOf<K extends Kind> = z.infer<(typeof RESOURCES)[K]>

/** Any resource, when the kind is not known. */
export const AnyResource = z.looseObject(envelope)
export type AnyResource = z.infer<typeof AnyResource>
export const ResourceList = listOf(AnyResource)

/** How the YAML tab shows a resource: the text exactly as Git has it or will have it. */
export const ResourceFile = z.object({ path: z.string(), text: z.string() })
export type ResourceFile = z.infer<typeof ResourceFile>

/** Who refers to a resource ("used by"). `field` is a JSON pointer into the referrer. */
export const UsedBy = listOf(
  z.object({ kind: KindWire, slug: z.string(), name: z.string(), field: z.string() }),
)
export type UsedBy = z.infer<typeof UsedBy>

export const Deleted = z.object({
  id: z.string(),
  kind: KindWire,
  slug: z.string(),
  name: z.string(),
  deletedAt: z.iso.datetime(),
  deletedBy: z.string().nullable(),
})
export type Deleted = z.infer<typeof Deleted>

/** `slug`: where the old one is taken by now. */
export const Restore = z.strictObject({ slug: z.string().min(1).max(255).optional() })
export type Restore = z.infer<typeof Restore>
