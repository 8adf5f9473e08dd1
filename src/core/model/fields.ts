import type { FileKind } from './kind.ts'

/** A known key of a kind: where it stands in the canonical text, and whether a file must have it. */
export type Field = { readonly key: string; readonly required: boolean }

const required = (key: string): Field => ({ key, required: true })
const optional = (key: string): Field => ({ key, required: false })

/** The query keys (F7): `type` names the one that applies, so none is required by itself. */
export const QUERY_KEYS = ['dbtModel', 'rawSql', 'tableName', 'customQuery'] as const
export type QueryKey = (typeof QUERY_KEYS)[number]
export const QUERY_KEY_OF_TYPE: Readonly<Record<string, QueryKey>> = {
  dbt_model: 'dbtModel',
  raw_sql: 'rawSql',
  table: 'tableName',
  custom: 'customQuery',
}

/** Our optional blocks (F11): a block that a file lacks is not managed there. */
export const OPTIONAL_BLOCKS = ['columns', 'sampling', 'folder', 'tags', 'through'] as const
export type OptionalBlock = (typeof OPTIONAL_BLOCKS)[number]

const query = QUERY_KEYS.map(optional)
const model = [required('name'), required('source'), optional('description'), required('type'), ...query]
const blocks = ['columns', 'sampling', 'folder', 'tags'].map(optional)

/** Keys of each kind in the order in which they are written (docs/spec/format.md, *Fields*). */
export const FIELDS: Readonly<Record<FileKind, readonly Field[]>> = {
  models: [...model, optional('isSchema'), required('primaryKey'), ...blocks],
  'parent-models': [
    ...model,
    required('primaryKey'),
    optional('primaryLabel'),
    optional('secondaryLabel'),
    ...blocks,
  ],
  'related-models': [...model, ...blocks],
  'event-models': [...model, required('eventTimestampColumn'), ...blocks],
  'model-relationships': [
    required('from'),
    required('to'),
    required('cardinality'),
    optional('mapping'),
    optional('folder'),
    optional('tags'),
    optional('through'),
  ],
  syncs: [
    required('model'),
    required('destination'),
    optional('description'),
    required('config'),
    required('schedule'),
    required('schedulePaused'),
    optional('folder'),
    optional('tags'),
  ],
  'event-contracts': [required('name'), required('onUndeclaredSchema')],
  'contract-events': [
    required('name'),
    required('onSchemaViolation'),
    required('onUndeclaredFields'),
    required('schema'),
    required('type'),
    required('version'),
    optional('includeBuiltInContext'),
  ],
}
