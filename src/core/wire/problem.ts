import * as z from 'zod'
import { DiagnosticWire, ValueDiagnostic } from './diagnostic.ts'
import { Conflict } from './plan.ts'
import { AnyResource } from './resource.ts'

/** Stable codes of refusals, each with its HTTP status. */
export const PROBLEM_STATUS = {
  'bad-request': 400,
  'invalid-query': 400,
  'invalid-cursor': 400,
  'not-signed-in': 401,
  'webhook-refused': 401,
  'wrong-credentials': 401,
  forbidden: 403,
  'cross-site': 403,
  'not-found': 404,
  'slug-taken': 409,
  'still-referenced': 409,
  'already-connected': 409,
  'branch-in-use': 409,
  'not-connected': 409,
  'git-sync-off': 409,
  'workspace-archived': 409,
  'conflict-settled': 409,
  'not-held': 409,
  'not-blocked': 409,
  'alias-waits': 409,
  'approval-stale': 409,
  'review-ended': 409,
  stale: 412,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'invalid-body': 422,
  'invalid-value': 422,
  'invalid-setting': 422,
  'no-connector': 422,
  'revision-required': 428,
  'too-many-attempts': 429,
  internal: 500,
  'source-failed': 422,
  'git-unreachable': 502,
  'git-failed': 502,
  'not-ready': 503,
} as const
export type ProblemCode = keyof typeof PROBLEM_STATUS
export const PROBLEM_CODES = Object.keys(PROBLEM_STATUS) as ProblemCode[] // Object.keys forgets the literal keys

export const ReferrerWire = z.object({ kind: z.string(), slug: z.string() })
export type ReferrerWire = z.infer<typeof ReferrerWire>

export const StaleWire = z.object({
  kind: z.string(),
  slug: z.string(),
  /** What is stored now; null when it is gone. */
  present: AnyResource.nullable(),
})
export type StaleWire = z.infer<typeof StaleWire>

/** RFC 9457. `detail` says what happened, why and what to do. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  diagnostics: z.array(z.union([DiagnosticWire, ValueDiagnostic])).optional(),
  referrers: z.array(ReferrerWire).optional(),
  stale: z.array(StaleWire).optional(),
  /** For a single resource: its present body (412). */
  present: AnyResource.nullable().optional(),
  /** The conflict as it is now, when a resolution was stale. */
  conflict: Conflict.optional(),
  /** The workspace that is in the way (branch-in-use). */
  workspace: z.string().optional(),
  /** For `internal`: what to look for in the server's log. */
  requestId: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>
