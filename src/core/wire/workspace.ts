import * as z from 'zod'
import { RoleWire } from './person.ts'

/** Part of file names (`manifest-<slug>.yaml`), so it stays plain. */
export const WORKSPACE_SLUG = /^[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?$/

const name = z.string().trim().min(1).max(200)

export const Workspace = z.object({
  slug: z.string(),
  name: z.string(),
  /** The feature flag of A3: off, nothing is synced or polled. */
  gitSync: z.boolean(),
  /** Since when it is archived: out of sight, read-only and not synced. Null: it is in use. */
  archivedAt: z.string().nullable(),
  /** The asker's role. */
  role: RoleWire,
})
export type Workspace = z.infer<typeof Workspace>

export const WorkspacesQuery = z.object({
  /** `true`: those that are archived, which are left out otherwise. */
  archived: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
})

export const WorkspaceCreate = z.strictObject({
  slug: z.string().regex(WORKSPACE_SLUG, {
    error: 'Expected lower-case letters, digits, "-" and "_", beginning and ending with a letter or digit',
  }),
  name: name.optional(),
  /** It begins with what this one has. */
  cloneOf: z.string().min(1).max(100).optional(),
  /** Of a clone: sources and destinations as they are, or their names and types alone. Secrets never come along. */
  connections: z.enum(['copy', 'names']).optional(),
})
export type WorkspaceCreate = z.infer<typeof WorkspaceCreate>

export const WorkspaceUpdate = z.strictObject({ name: name.optional(), gitSync: z.boolean().optional() })
export type WorkspaceUpdate = z.infer<typeof WorkspaceUpdate>
