import * as z from 'zod'
import { SavedQuery } from './source.ts'

const end = SavedQuery.pick({ kind: true, slug: true })
const pair = z.strictObject({ fromColumn: z.string().min(1).max(300), toColumn: z.string().min(1).max(300) })

/** A relationship as it is about to be declared, between two saved models. */
export const MeasureRelationship = z.strictObject({
  from: end,
  to: end,
  cardinality: z.enum(['1:1', '1:many', 'many:1']),
  mapping: z.array(pair).min(1).max(10),
})
export type MeasureRelationship = z.infer<typeof MeasureRelationship>

const side = z.object({
  /** Of the columns in the order of the mapping. */
  types: z.array(z.string()),
  rows: z.int(),
  /** False: these are the first rows only. */
  complete: z.boolean(),
  keys: z.int(),
  missing: z.int(),
  /** The part of its rows with a key that find one on the other side; null: not known. */
  matched: z.number().nullable(),
})
export const RelationshipMeasure = z.object({
  from: side,
  to: side,
  cardinality: z.enum(['1:1', '1:many', 'many:1', 'many:many']).nullable(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type RelationshipMeasure = z.infer<typeof RelationshipMeasure>
