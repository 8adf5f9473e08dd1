import * as z from 'zod'
import { DOCTOR_STATES } from '../environments/doctor/item.ts'
import { FILE_KINDS } from '../model/kind.ts'

const section = z.enum(['sources', 'destinations'])

/** A mend that is a call of this API, or a page; what `fix` says in words. */
export const DoctorMend = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('switch-on') }),
  z.object({ kind: z.literal('connect') }),
  z.object({ kind: z.literal('sync') }),
  z.object({ kind: z.literal('save-aliases') }),
  z.object({ kind: z.literal('rename'), resource: z.enum(FILE_KINDS), slug: z.string(), to: z.string() }),
  z.object({ kind: z.literal('share'), workspace: z.string() }),
  z.object({ kind: z.literal('switch-branch'), branch: z.string() }),
  z.object({ kind: z.literal('conflicts') }),
  z.object({ kind: z.literal('run'), run: z.string() }),
  z.object({ kind: z.literal('source'), workspace: z.string(), slug: z.string() }),
  z.object({ kind: z.literal('copy-source'), from: z.string(), slug: z.string(), to: z.string() }),
  z.object({
    kind: z.literal('add-alias'),
    section,
    name: z.string(),
    proposed: z.string().nullable(),
    slugs: z.array(z.string()).readonly(),
  }),
])
export type DoctorMend = z.infer<typeof DoctorMend>

export const DoctorItem = z.object({
  /** Stays the same while the cause does. */
  id: z.string(),
  title: z.string(),
  state: z.enum(DOCTOR_STATES),
  message: z.string(),
  /** What to do, in one sentence; null where all is well. */
  fix: z.string().nullable(),
  mend: DoctorMend.nullable(),
})
export type DoctorItem = z.infer<typeof DoctorItem>

export const Doctor = z.object({ items: z.array(DoctorItem).readonly() })
export type Doctor = z.infer<typeof Doctor>
