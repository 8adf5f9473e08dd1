import * as z from 'zod'
import { ListQuery } from './list.ts'
import { FieldChangeWire } from './plan.ts'

export const AUDIT_ORIGINS = ['page', 'api-key', 'cli', 'engine'] as const
export type AuditOriginWire = (typeof AUDIT_ORIGINS)[number]

export const AuditEntry = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.object({ id: z.string().nullable(), name: z.string() }),
  /** `<area>.<verb>`, such as `resource.save`. */
  action: z.string(),
  subject: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
  /** `cli`: an API key whose program calls itself the command line. Null in entries from before 0.5. */
  origin: z.enum(AUDIT_ORIGINS).nullable(),
  address: z.string().nullable(),
  /** The run and the commit that it came by or went out with. */
  run: z.string().nullable(),
  commit: z.string().nullable(),
  /** Before and after by field; `resource` null: of the subject itself. */
  changes: z.array(z.object({ resource: z.string().nullable(), fields: z.array(FieldChangeWire) })),
  /** Resources of the same change set that are not told by field. */
  omitted: z.number(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const filters = {
  /** The id of a person or key; of one without, the name. */
  person: z.string().min(1).max(400).optional(),
  /** `resource.save`, or `resource` for all that begin so. */
  action: z.string().min(1).max(100).optional(),
  /** `<kind>/<slug>`, a slug of any kind, or what else stands in `subject`. */
  resource: z.string().min(1).max(400).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
}
export const AuditQuery = ListQuery.extend(filters)
export type AuditQuery = z.infer<typeof AuditQuery>
export const AuditExportQuery = z.object({ ...filters, format: z.enum(['csv', 'json']) })
export type AuditExportQuery = z.infer<typeof AuditExportQuery>

export const AuditFacets = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  actions: z.array(z.string()),
})
export type AuditFacets = z.infer<typeof AuditFacets>
