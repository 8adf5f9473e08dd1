import * as z from 'zod'
import { FreeForm } from './json.ts'
import { AnyResource, KindWire } from './resource.ts'

const ref = { kind: KindWire, slug: z.string().min(1) }

/** One change set, all or nothing (A3). Without `revision` it writes over whatever is there. */
export const Changes = z.strictObject({
  message: z.string().max(10_000).optional(),
  writes: z.array(z.strictObject({ ...ref, value: FreeForm, revision: z.string().optional() })).default([]),
  deletes: z.array(z.strictObject({ ...ref, revision: z.string().optional() })).default([]),
  renames: z
    .array(z.strictObject({ kind: KindWire, from: z.string().min(1), to: z.string().min(1) }))
    .default([]),
})
export type Changes = z.infer<typeof Changes>
export type ChangesInput = z.input<typeof Changes>

export const ChangesSaved = z.object({
  changeSet: z.string(),
  resources: z.array(AnyResource.extend({ kind: KindWire })),
})
export type ChangesSaved = z.infer<typeof ChangesSaved>
