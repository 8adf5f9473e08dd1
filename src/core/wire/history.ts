import * as z from 'zod'
import { FILE_KINDS } from '../model/kind.ts'
import { DiagnosticWire, ValueDiagnostic } from './diagnostic.ts'
import { ListQuery, listOf } from './list.ts'
import { ChangeEntryWire, PlanEntryWire } from './plan.ts'

const kind = z.enum(FILE_KINDS)
const slug = z.string().min(1).max(500)
/** A whole commit id, or its beginning. */
const commit = z.string().regex(/^[0-9a-f]{4,40}$/, { error: 'Expected a commit id, or its beginning' })

/** One resource, or the schema as a whole. */
const scope = { kind: kind.optional(), slug: slug.optional() }
type Scope = { readonly kind?: unknown; readonly slug?: unknown }
const isWhole = ({ kind, slug }: Scope): boolean => (kind === undefined) === (slug === undefined)
const BOTH = { error: 'Expected both kind and slug, or neither' }

export const HistoryQuery = ListQuery.extend(scope).refine(isWhole, BOTH)
export type HistoryQuery = z.infer<typeof HistoryQuery>

const commitWire = {
  commit: z.string(),
  subject: z.string(),
  author: z.object({ name: z.string(), email: z.string() }),
  at: z.iso.datetime(),
}

/** A file that a version changed; `slug` and `path` are those after it. */
export const VersionChange = ChangeEntryWire.omit({ fields: true }).extend({
  /** Of a single resource's history alone. None: only the place, comments or style of its file changed. */
  fields: ChangeEntryWire.shape.fields.optional(),
})
export type VersionChange = z.infer<typeof VersionChange>

/** A commit that changed the schema, or a resource of it. */
export const Version = z.object({
  ...commitWire,
  counts: z.object({ added: z.int(), changed: z.int(), removed: z.int(), renamed: z.int() }),
  /** The first of them; the version itself has all. */
  changes: z.array(VersionChange),
})
export type Version = z.infer<typeof Version>
export const VersionList = listOf(Version)
export type VersionList = z.infer<typeof VersionList>

const flag = z.enum(['true', 'false', '1', '0', '']).transform((text) => text === 'true' || text === '1')
/** Each one is read, on both sides, and may be large. */
const limit = z.coerce.number().int().min(1).max(200).default(50)
const compared = ListQuery.extend({ ...scope, limit, text: flag.optional() })

export const VersionQuery = compared.refine(isWhole, BOTH)
export type VersionQuery = z.infer<typeof VersionQuery>
/** `to` is a commit, or `workspace`: the workspace as it is now. */
export const CompareQuery = compared
  .extend({ from: commit, to: z.union([z.literal('workspace'), commit]).default('workspace') })
  .refine(isWhole, BOTH)
export type CompareQuery = z.infer<typeof CompareQuery>

export const ComparedEntry = ChangeEntryWire.extend({
  /** The file's text on each side, where it was asked for; null where there is none. */
  text: z.object({ before: z.string().nullable(), after: z.string().nullable() }).optional(),
})
export type ComparedEntry = z.infer<typeof ComparedEntry>

/** What differs between two states, by resource and field, under the slugs of the later one. */
export const Comparison = z.object({
  /** Null: nothing, before the first commit. */
  from: z.object(commitWire).nullable(),
  /** Null: the workspace as it is now. */
  to: z.object(commitWire).nullable(),
  changes: z.array(ComparedEntry),
  /** Files that cannot be read on a side: they are compared as text alone. */
  diagnostics: z.array(DiagnosticWire),
  nextCursor: z.string().nullable(),
})
export type Comparison = z.infer<typeof Comparison>

export const RollbackRequest = z
  .strictObject({
    commit,
    ...scope,
    /** Says what it would do, and does nothing. */
    dryRun: z.boolean().optional(),
    /** That of a dry run: refused when it would do anything else by now. */
    digest: z.string().max(100).optional(),
  })
  .refine(isWhole, BOTH)
export type RollbackRequest = z.infer<typeof RollbackRequest>

export const RollbackAnswer = z.object({
  commit: z.string(),
  dryRun: z.boolean(),
  /** What it does to the workspace; the next sync brings it to Git. */
  changes: z.array(PlanEntryWire),
  /** Of a dry run: the errors for which it would be refused. */
  diagnostics: z.array(z.union([DiagnosticWire, ValueDiagnostic])),
  digest: z.string(),
  /** Null: a dry run, or nothing differs. */
  changeSet: z.string().nullable(),
})
export type RollbackAnswer = z.infer<typeof RollbackAnswer>
