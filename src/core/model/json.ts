/** What a file, a `jsonb` column and a request body can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * An own property, never one of the prototype: keys come from hostile files, where `constructor` and
 * `__proto__` are data like any other key (F19).
 */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** A copy with one key set in place or added last. `Object.fromEntries` defines, so `__proto__` stays data. */
export function withKey(object: JsonObject, key: string, value: Json): JsonObject {
  if (!Object.hasOwn(object, key)) return Object.fromEntries([...Object.entries(object), [key, value]])
  return Object.fromEntries(Object.entries(object).map(([name, old]) => [name, name === key ? value : old]))
}

/** A copy without one key. */
export function withoutKey(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
}

/** Equal as data: key order does not count, list order does (F23). */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  )
}
