import { isObject, type JsonObject, own, withKey } from '../../core/model/json.ts'
import { listWords } from '../words/count.ts'
import { textOf } from '../words/resource-name.ts'
import { connectionFields } from './config-fields.ts'

/**
 * The value with another type. The connection keeps only what the new type asks for too: a key of the old
 * one would be stored unseen. Back at the saved type, its connection is there again.
 */
export function retyped(value: JsonObject, type: string, saved: JsonObject): JsonObject {
  const next = withKey(value, 'type', type)
  const config = own(value, 'config')
  if (!isObject(config) || type === textOf(value, 'type')) return next
  if (type === textOf(saved, 'type')) return withKey(next, 'config', own(saved, 'config') ?? {})
  const before = keysOf(textOf(value, 'type'))
  const shared = keysOf(type).filter((key) => before.includes(key))
  const kept = Object.entries(config).filter(([key]) => shared.includes(key))
  return withKey(next, 'config', Object.fromEntries(kept))
}

function keysOf(type: string): readonly string[] {
  return connectionFields(type)?.map(({ key }) => key) ?? []
}

/** What a source or destination still needs before it is stored; null: nothing. */
export function missingOfConnection(value: JsonObject): string | null {
  const config = own(value, 'config')
  const asked = isObject(config) ? (connectionFields(textOf(value, 'type')) ?? []) : []
  const missing = [
    ...['name', 'type'].filter((key) => textOf(value, key).trim() === ''),
    ...asked
      .filter(({ key, required }) => required && isObject(config) && textOf(config, key).trim() === '')
      .map(({ label }) => label.toLowerCase()),
  ]
  return missing.length === 0 ? null : `Still missing: ${listWords(missing, 6)}`
}
