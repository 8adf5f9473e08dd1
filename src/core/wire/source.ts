import * as z from 'zod'
import { MODEL_KINDS } from '../model/kind.ts'
import { FreeForm } from './json.ts'

export const ModelQueryWire = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('table'), tableName: z.string().min(1).max(1000) }),
  z.strictObject({ type: z.literal('raw_sql'), rawSql: z.string().min(1).max(1_000_000) }),
])
export type ModelQueryWire = z.infer<typeof ModelQueryWire>

/** A saved model by name: what a viewer may look at. */
export const SavedQuery = z.strictObject({
  type: z.literal('saved'),
  kind: z.enum(MODEL_KINDS),
  slug: z.string(),
})
export type SavedQuery = z.infer<typeof SavedQuery>
export const QueryWire = z.discriminatedUnion('type', [...ModelQueryWire.options, SavedQuery])
export type QueryWire = z.infer<typeof QueryWire>

export const PREVIEW_ROWS_MAX = 100

export const ColumnsRequest = z.strictObject({ query: QueryWire })
export type ColumnsRequest = z.infer<typeof ColumnsRequest>

export const PreviewRequest = z.strictObject({
  query: QueryWire,
  limit: z.int().min(1).max(PREVIEW_ROWS_MAX).default(PREVIEW_ROWS_MAX),
})
export type PreviewRequest = z.input<typeof PreviewRequest>

export const ColumnWire = z.object({ name: z.string(), type: z.string() })
export type ColumnWire = z.infer<typeof ColumnWire>

export const ColumnsAnswer = z.object({ columns: z.array(ColumnWire) })
export type ColumnsAnswer = z.infer<typeof ColumnsAnswer>

/** Values that JSON cannot hold exactly (large integers, decimals, dates) come as text. */
export const PreviewAnswer = z.object({
  columns: z.array(ColumnWire),
  rows: z.array(z.array(z.unknown())),
  /** There are more rows than these. */
  truncated: z.boolean(),
  ms: z.number(),
})
export type PreviewAnswer = z.infer<typeof PreviewAnswer>

/** `name` is how a model names it. `rows` is the warehouse's estimate. */
export const TableWire = z.object({
  name: z.string(),
  schema: z.string(),
  table: z.string(),
  kind: z.enum(['table', 'view', 'file']),
  rows: z.number().nullable(),
})
export type TableWire = z.infer<typeof TableWire>

export const TablesAnswer = z.object({ tables: z.array(TableWire) })
export type TablesAnswer = z.infer<typeof TablesAnswer>

/** An unsaved source; secrets that are absent are taken from the saved one named `slug`. */
export const SourceTest = z.strictObject({
  type: z.string().min(1).max(100),
  config: FreeForm.optional(),
  slug: z.string().optional(),
})
export type SourceTest = z.infer<typeof SourceTest>

export const SourceTestAnswer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ok'), ms: z.number(), version: z.string(), tables: z.int() }),
  z.object({
    state: z.literal('failed'),
    code: z.string(),
    message: z.string(),
    hint: z.string().nullable(),
  }),
  z.object({ state: z.literal('no-connector'), message: z.string() }),
])
export type SourceTestAnswer = z.infer<typeof SourceTestAnswer>

export const CloneSource = z.strictObject({ workspace: z.string().min(1) })
export type CloneSource = z.infer<typeof CloneSource>
