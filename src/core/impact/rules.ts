import type { FileKind } from '../model/kind.ts'

/** How bad a change is for what depends on the resource, the mildest first. */
export const IMPACTS = ['safe', 'risky', 'breaking'] as const
export type Impact = (typeof IMPACTS)[number]

const MODELS = ['models', 'parent-models', 'related-models', 'event-models'] as const
const RELATIONSHIPS = ['model-relationships'] as const
const SYNCS = ['syncs'] as const
const CONTRACTS = ['event-contracts', 'contract-events'] as const

export type WholeRule = {
  readonly change: 'added' | 'removed' | 'renamed'
  readonly kinds: readonly FileKind[]
  readonly impact: Impact
  readonly why: string
}

/** The resource as a whole. A change of its fields is in the next table. */
export const WHOLE_RULES: readonly WholeRule[] = [
  {
    change: 'removed',
    kinds: MODELS,
    impact: 'breaking',
    why: 'The model goes: what is built on it has no rows any more',
  },
  {
    change: 'removed',
    kinds: RELATIONSHIPS,
    impact: 'breaking',
    why: 'The relationship goes: audiences cannot go through it any more',
  },
  {
    change: 'removed',
    kinds: SYNCS,
    impact: 'risky',
    why: 'The sync goes: its destination gets nothing new',
  },
  {
    change: 'removed',
    kinds: CONTRACTS,
    impact: 'risky',
    why: 'The contract goes: events are not checked by it any more',
  },
  {
    change: 'renamed',
    kinds: MODELS,
    impact: 'breaking',
    why: 'The model has another slug: what names it elsewhere does not find it',
  },
  {
    change: 'renamed',
    kinds: [...RELATIONSHIPS, ...SYNCS, ...CONTRACTS],
    impact: 'risky',
    why: 'It has another slug: what names it elsewhere does not find it',
  },
]

export type FieldRule = {
  readonly kinds: readonly FileKind[]
  /** On the JSON pointer of the field. */
  readonly path: RegExp
  /** Only where the value goes, or only where it is new; left out: always. */
  readonly only?: 'gone' | 'new'
  readonly impact: Impact
  readonly why: string
}

/** The first that fits counts; a field that no rule names is risky: nothing is known of what reads it. */
export const FIELD_RULES: readonly FieldRule[] = [
  { kinds: MODELS, path: /^\/primaryKey$/, impact: 'breaking', why: 'Rows are told apart by another key' },
  {
    kinds: MODELS,
    path: /^\/eventTimestampColumn$/,
    impact: 'breaking',
    why: 'Events are placed in time by another column',
  },
  { kinds: MODELS, path: /^\/source$/, impact: 'risky', why: 'The rows come from another source' },
  {
    kinds: MODELS,
    path: /^\/(type|tableName|rawSql|dbtModel|customQuery)(\/|$)/,
    impact: 'risky',
    why: 'Another query may give other rows or columns',
  },
  { kinds: MODELS, path: /^\/columns\/\d+$/, only: 'gone', impact: 'breaking', why: 'A column goes' },
  { kinds: MODELS, path: /^\/columns(\/\d+)?$/, only: 'new', impact: 'safe', why: 'A column is described' },
  { kinds: MODELS, path: /^\/columns\/\d+\/name$/, impact: 'breaking', why: 'A column has another name' },
  { kinds: MODELS, path: /^\/columns\/\d+\/type$/, impact: 'breaking', why: 'A column has another type' },
  {
    kinds: MODELS,
    path: /^\/columns\/\d+\/(visible|privacy)$/,
    impact: 'risky',
    why: 'A column is shown to others than before',
  },
  {
    kinds: MODELS,
    path: /^\/columns\/\d+\/(label|description|semanticType|suggestions)(\/|$)/,
    impact: 'safe',
    why: 'Only how a column is presented',
  },
  {
    kinds: MODELS,
    path: /^\/(sampling|isSchema)(\/|$)/,
    impact: 'risky',
    why: 'Previews and sizes are computed otherwise',
  },
  {
    kinds: MODELS,
    path: /^\/(primaryLabel|secondaryLabel)$/,
    impact: 'safe',
    why: 'Only how rows are presented',
  },
  {
    kinds: RELATIONSHIPS,
    path: /^\/to\/relationshipName$/,
    impact: 'risky',
    why: 'The reverse direction has another name',
  },
  {
    kinds: RELATIONSHIPS,
    path: /^\/(from|to)\/mergeColumns$/,
    impact: 'risky',
    why: 'Other columns are offered through it',
  },
  {
    kinds: RELATIONSHIPS,
    path: /^\/cardinality$/,
    impact: 'breaking',
    why: 'It joins one to many otherwise: counts and filters change',
  },
  {
    kinds: RELATIONSHIPS,
    path: /^\/(mapping|through)(\/|$)/,
    impact: 'breaking',
    why: 'Rows are joined by other columns',
  },
  { kinds: RELATIONSHIPS, path: /^\/(from|to)(\/|$)/, impact: 'breaking', why: 'It joins other models' },
  {
    kinds: SYNCS,
    path: /^\/(model|destination)$/,
    impact: 'breaking',
    why: 'Other rows are sent, or to another place',
  },
  { kinds: SYNCS, path: /^\/config(\/|$)/, impact: 'risky', why: 'What is sent changes' },
  {
    kinds: SYNCS,
    path: /^\/(schedule|schedulePaused)(\/|$)/,
    impact: 'risky',
    why: 'It is sent at other times',
  },
  { kinds: CONTRACTS, path: /^\/name$/, impact: 'risky', why: 'Events are matched by another name' },
  {
    kinds: CONTRACTS,
    path: /^\/(schema|type|version|includeBuiltInContext|onSchemaViolation|onUndeclaredFields|onUndeclaredSchema)(\/|$)/,
    impact: 'risky',
    why: 'Events are checked otherwise',
  },
  {
    kinds: [...MODELS, ...RELATIONSHIPS, ...SYNCS],
    path: /^\/(name|description|folder|tags)(\/|$)/,
    impact: 'safe',
    why: 'Only how it is presented',
  },
]

/** Of a field that no rule names. */
export const UNKNOWN_FIELD = { impact: 'risky', why: 'Nothing is known of what reads this key' } as const
