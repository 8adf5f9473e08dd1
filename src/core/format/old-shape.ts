import { QUERY_KEY_OF_TYPE, QUERY_KEYS } from '../model/fields.ts'
import { type Json, type JsonObject, own } from '../model/json.ts'
import { type FileKind, isModelKind } from '../model/kind.ts'

/**
 * A top-level key that files of earlier years hold and that reads as absent (F7): `null`, a query key `''`
 * that `type` does not name, `isSchema: false`.
 */
export function readsAsAbsent(kind: FileKind, object: JsonObject, key: string): boolean {
  const value: Json | undefined = own(object, key)
  if (value === undefined || value === null) return true
  if (!isModelKind(kind)) return false
  if (key === 'isSchema') return value === false
  return value === '' && isQueryKey(key) && queryKeyOf(object) !== key
}

/** A file of an old shape keeps its own key order and its nulls (F7). */
export function isOldShape(kind: FileKind, value: JsonObject): boolean {
  return Object.keys(value).some((key) => readsAsAbsent(kind, value, key))
}

function queryKeyOf(object: JsonObject): string | undefined {
  const type = own(object, 'type')
  return typeof type === 'string' && Object.hasOwn(QUERY_KEY_OF_TYPE, type)
    ? QUERY_KEY_OF_TYPE[type]
    : undefined
}

function isQueryKey(key: string): boolean {
  return (QUERY_KEYS as readonly string[]).includes(key)
}
