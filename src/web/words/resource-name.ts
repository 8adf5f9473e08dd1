import { isObject, type JsonObject, own } from '../../core/model/json.ts'
import type { Kind } from '../../core/model/kind.ts'

export function textOf(object: JsonObject, key: string): string {
  const value = own(object, key)
  return typeof value === 'string' ? value : ''
}

/** The slug at an end of a relationship. */
export function endSlug(relationship: JsonObject, end: 'from' | 'to'): string {
  const value = own(relationship, end)
  return isObject(value) ? textOf(value, 'slug') : ''
}

/** The name that a person reads; kinds without a name of their own are named by what they join. */
export function nameOf(kind: Kind, value: JsonObject): string {
  if (kind === 'model-relationships') return `${endSlug(value, 'from')} → ${endSlug(value, 'to')}`
  if (kind === 'syncs') return `${textOf(value, 'model')} → ${textOf(value, 'destination')}`
  return textOf(value, 'name').trim() || textOf(value, 'slug')
}
