import { parsePointer } from '../../core/model/json-pointer.ts'

const WORDS: Readonly<Record<string, string>> = {
  name: 'name',
  description: 'description',
  source: 'source',
  type: 'method',
  rawSql: 'SQL',
  tableName: 'table',
  dbtModel: 'dbt model',
  customQuery: 'custom query',
  primaryKey: 'primary key',
  primaryLabel: 'primary label',
  secondaryLabel: 'secondary label',
  eventTimestampColumn: 'timestamp column',
  isSchema: 'schema flag',
  columns: 'columns',
  sampling: 'sampling',
  folder: 'folder',
  tags: 'tags',
  from: 'From model',
  to: 'To model',
  cardinality: 'cardinality',
  mapping: 'key pairs',
  through: 'path through relationships',
  model: 'model',
  destination: 'destination',
  config: 'configuration',
  schedule: 'schedule',
  schedulePaused: 'pause',
  // Of people, keys and workspaces, in the audit log.
  expiresAt: 'end',
  commitEmail: 'address in commits',
  gitSync: 'Git Sync',
}

/** A key of a resource as a person calls it; an unknown key stands as it is. */
export function fieldWord(key: string): string {
  return Object.hasOwn(WORDS, key) ? (WORDS[key] ?? key) : key
}

/** A JSON Pointer in words: `/config/mappings/0/to` is `configuration › mappings › 1 › to`. */
export function pointerWords(pointer: string): string {
  const [first, ...rest] = parsePointer(pointer.replace(/^(\/(?:from|to))\/slug$/, '$1'))
  if (first === undefined) return 'whole resource'
  return [
    fieldWord(first),
    ...rest.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part)),
  ].join(' › ')
}
