import * as z from 'zod'
import { resourceKey } from '../model/resource.ts'
import { FreeForm } from './json.ts'
import { AnyResource, KindWire } from './resource.ts'

const ref = { kind: KindWire, slug: z.string().min(1) }

/** One change set, all or nothing (A3). Without `revision` it writes over whatever is there. */
export const Changes = z
  .strictObject({
    message: z.string().max(10_000).optional(),
    writes: z.array(z.strictObject({ ...ref, value: FreeForm, revision: z.string().optional() })).default([]),
    deletes: z.array(z.strictObject({ ...ref, revision: z.string().optional() })).default([]),
    renames: z
      .array(z.strictObject({ kind: KindWire, from: z.string().min(1), to: z.string().min(1) }))
      .default([]),
  })
  .superRefine(({ writes, deletes }, issues) => {
    const seen = new Set<string>()
    const each = [
      ...writes.map((ref, i) => ({ ref, path: ['writes', i] })),
      ...deletes.map((ref, i) => ({ ref, path: ['deletes', i] })),
    ]
    for (const { ref, path } of each) {
      const key = resourceKey(ref)
      if (seen.has(key)) {
        const message = `Expected each resource once, found ${ref.kind}/${ref.slug} again: which of the two should count?`
        issues.addIssue({ code: 'custom', path, message })
      }
      seen.add(key)
    }
  })
export type Changes = z.infer<typeof Changes>
export type ChangesInput = z.input<typeof Changes>

export const ChangesSaved = z.object({
  changeSet: z.string(),
  resources: z.array(AnyResource.extend({ kind: KindWire })),
})
export type ChangesSaved = z.infer<typeof ChangesSaved>
