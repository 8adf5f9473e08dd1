import * as z from 'zod'
import { KINDS } from '../model/kind.ts'

/**
 * What `GET /workspaces/{ws}/events` streams. An event says what to read again, never the data itself.
 * `resources` stands for very many `resource` events at once.
 */
export const WorkspaceEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('resource'),
    workspace: z.string(),
    kind: z.enum(KINDS),
    slug: z.string(),
    change: z.enum(['saved', 'deleted', 'git']),
  }),
  z.object({ type: z.literal('resources'), workspace: z.string() }),
  z.object({ type: z.literal('run'), workspace: z.string(), run: z.string(), state: z.string() }),
  z.object({ type: z.literal('connection'), workspace: z.string() }),
  /** It was archived or restored. */
  z.object({ type: z.literal('workspace'), workspace: z.string() }),
])
export type WorkspaceEvent = z.infer<typeof WorkspaceEvent>
