import { QUERY_KEYS } from '../model/fields.ts'
import type { Path } from '../model/json-pointer.ts'
import type { FileKind } from '../model/kind.ts'

/** Top-level keys that are one field together. The first names the field; `sql` merges by line when it changed alone. */
export type Group = { readonly keys: readonly [string, ...string[]]; readonly sql: string | null }

/**
 * Lists whose elements are told apart by a text of their own: the block of that name, of which absent means
 * empty (F23), or every list below a key, however deep.
 */
export type NamedLists =
  | { readonly kind: 'block'; readonly at: 'columns'; readonly key: string }
  | { readonly kind: 'below'; readonly at: string; readonly key: string }

/**
 * What S4 says of a kind. What is in no row is the rule: maps merge key by key at every depth, lists and
 * all other values are one field each.
 */
export type MergeRules = {
  readonly groups: readonly Group[]
  /** Maps that are one field. */
  readonly whole: readonly Path[]
  readonly lists: readonly NamedLists[]
}

/** `customQuery` is a map, and one field with its group. */
const MODEL: MergeRules = {
  groups: [{ keys: ['type', 'source', ...QUERY_KEYS], sql: 'rawSql' }],
  whole: [['sampling', 'schedule']],
  lists: [{ kind: 'block', at: 'columns', key: 'name' }],
}
const RELATIONSHIP: MergeRules = {
  groups: [{ keys: ['from', 'to', 'cardinality', 'mapping', 'through'], sql: null }],
  whole: [],
  lists: [],
}
const SYNC: MergeRules = {
  groups: [],
  whole: [['schedule']],
  lists: [{ kind: 'below', at: 'config', key: 'to' }],
}
const BY_KEY: MergeRules = { groups: [], whole: [], lists: [] }

export const MERGE_RULES: Readonly<Record<FileKind, MergeRules>> = {
  models: MODEL,
  'parent-models': MODEL,
  'related-models': MODEL,
  'event-models': MODEL,
  'model-relationships': RELATIONSHIP,
  syncs: SYNC,
  'event-contracts': BY_KEY,
  'contract-events': BY_KEY,
}

export function isWhole({ whole }: MergeRules, path: Path): boolean {
  return whole.some((other) => other.length === path.length && other.every((part, i) => part === path[i]))
}

/** The key that names the elements of the list at `path`, or null: the list is one field. */
export function elementKey({ lists }: MergeRules, path: Path): string | null {
  const found = lists.find(({ kind, at }) => path[0] === at && (kind === 'below' || path.length === 1))
  return found?.key ?? null
}
