import { isObject, type Json, type JsonObject, withKey } from './json.ts'

/** A copy with the text at a pointer's parts replaced. Parts that lead nowhere end at the first that is missing. */
export function replaceAt(value: JsonObject, path: readonly string[], text: string): JsonObject {
  const [key, ...rest] = path
  if (key === undefined) return value
  return withKey(value, key, replaceIn(value[key], rest, text))
}

function replaceIn(value: Json | undefined, path: readonly string[], text: string): Json {
  const [key, ...rest] = path
  if (key === undefined) return text
  if (Array.isArray(value)) {
    return value.map((item: Json, i) => (String(i) === key ? replaceIn(item, rest, text) : item))
  }
  return isObject(value) ? replaceAt(value, path, text) : (value ?? null)
}
