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

/** What the ends of relationships and syncs are called, by slug: models of the schema, of syncs, destinations. */
export type NamesBySlug = {
  readonly schema: ReadonlyMap<string, string>
  readonly models: ReadonlyMap<string, string>
  readonly destinations: ReadonlyMap<string, string>
}
const none: ReadonlyMap<string, string> = new Map()
export const NO_NAMES: NamesBySlug = { schema: none, models: none, destinations: none }

/** The name that a person reads; kinds without a name of their own are named by what they join. */
export function nameOf(kind: Kind, value: JsonObject, names: NamesBySlug = NO_NAMES): string {
  if (kind === 'model-relationships') {
    const [from, to] = [endSlug(value, 'from'), endSlug(value, 'to')]
    return `${names.schema.get(from) ?? from} → ${names.schema.get(to) ?? to}`
  }
  if (kind === 'syncs') {
    const [model, to] = [textOf(value, 'model'), textOf(value, 'destination')]
    const from = names.models.get(model) ?? names.schema.get(model) ?? model
    return `${from} → ${names.destinations.get(to) ?? to}`
  }
  return textOf(value, 'name').trim() || textOf(value, 'slug')
}
