import * as z from 'zod'
import { DIAGNOSTIC_CODES } from '../model/diagnostic.ts'

export const SeverityWire = z.enum(['error', 'warning', 'notice'])

/** A problem at a line of a file of the repository (F18). */
export const DiagnosticWire = z.object({
  code: z.enum(DIAGNOSTIC_CODES),
  severity: SeverityWire,
  message: z.string(),
  file: z.string(),
  line: z.int(),
  column: z.int(),
  hint: z.string().nullable(),
})
export type DiagnosticWire = z.infer<typeof DiagnosticWire>

/** A problem in a value that was sent: `field` is a JSON pointer into it. */
export const ValueDiagnostic = z.object({
  code: z.enum(DIAGNOSTIC_CODES),
  severity: SeverityWire,
  message: z.string(),
  kind: z.string(),
  slug: z.string(),
  field: z.string(),
  hint: z.string().nullable(),
})
export type ValueDiagnostic = z.infer<typeof ValueDiagnostic>
