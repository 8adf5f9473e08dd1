import type { JsonObject } from '../../core/model/json.ts'
import type { Kind } from '../../core/model/kind.ts'
import { textOf } from './resource-name.ts'

export const METHODS = [
  { value: 'table', label: 'Table' },
  { value: 'raw_sql', label: 'SQL' },
  { value: 'dbt_model', label: 'dbt model' },
  { value: 'custom', label: 'Custom' },
] as const

/** Where rows come from, for lists and cards: a table's name, else the method. */
export function methodWords(kind: Kind, value: JsonObject): string {
  if (kind === 'model-relationships') return textOf(value, 'cardinality')
  if (kind === 'sources' || kind === 'destinations') return textOf(value, 'type')
  const type = textOf(value, 'type')
  if (type === 'table') return textOf(value, 'tableName')
  if (type === 'dbt_model') return textOf(value, 'dbtModel')
  return METHODS.find((method) => method.value === type)?.label ?? type
}
