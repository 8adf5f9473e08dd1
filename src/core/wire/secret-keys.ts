import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { printPointer } from '../model/json-pointer.ts'

/** Keys whose whole value is secret, for types whose drivers name things their own way. */
const SECRET_KEYS_OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  bigquery: ['credentials', 'keyFile'],
  snowflake: ['privateKeyPass'],
  databricks: ['token'],
  http: ['headers', 'authorization'],
  webhook: ['url'],
}

const SECRET_NAME =
  /pass(?:word|phrase|wd)?$|^pwd$|secret|token|private[-_]?key|api[-_]?key|access[-_]?key|credential|service[-_]?account|connection[-_]?string|^dsn$|^authorization$/i

/** A URL with a password in it, a PEM private key. */
const SECRET_VALUE = /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]+@|-----BEGIN [A-Z ]*PRIVATE KEY-----/i

export function isSecret(type: string, key: string, value: Json): boolean {
  if (typeof value === 'boolean') return false
  if (Object.hasOwn(SECRET_KEYS_OF_TYPE, type) && SECRET_KEYS_OF_TYPE[type]?.includes(key)) return true
  return SECRET_NAME.test(key) || (typeof value === 'string' && SECRET_VALUE.test(value))
}

export type SplitConfig = {
  /** The config without its secrets. */
  readonly config: JsonObject
  /** By JSON pointer; null: the stored secret is to be removed. */
  readonly secrets: ReadonlyMap<string, Json>
}

/** Takes the secrets out of a config, at every depth; a list that holds one anywhere is secret as a whole. */
export function splitSecrets(type: string, config: JsonObject): SplitConfig {
  const secrets = new Map<string, Json>()
  const strip = (object: JsonObject, path: readonly string[]): JsonObject => {
    const kept: [string, Json][] = []
    for (const [key, value] of Object.entries(object)) {
      const at = [...path, key]
      if (isSecret(type, key, value) || (Array.isArray(value) && hidesSecret(type, value)))
        secrets.set(printPointer(at), value)
      else kept.push([key, isObject(value) ? strip(value, at) : value])
    }
    return Object.fromEntries(kept)
  }
  return { config: strip(config, []), secrets }
}

function hidesSecret(type: string, value: Json): boolean {
  if (Array.isArray(value)) return value.some((item) => isSecret(type, '', item) || hidesSecret(type, item))
  if (!isObject(value)) return false
  return Object.entries(value).some(([key, item]) => isSecret(type, key, item) || hidesSecret(type, item))
}

/** The config with its secrets put back, as a driver takes it. */
export function joinSecrets(
  config: JsonObject,
  secrets: Iterable<readonly [readonly string[], Json]>,
): JsonObject {
  let joined = config
  for (const [path, value] of secrets) joined = setAt(joined, path, value)
  return joined
}

function setAt(object: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [key, ...rest] = path
  if (key === undefined) return object
  const others = Object.entries(object).filter(([name]) => name !== key)
  const inner = Object.hasOwn(object, key) ? object[key] : undefined
  const next = rest.length === 0 ? value : setAt(isObject(inner) ? inner : {}, rest, value)
  return Object.fromEntries([...others, [key, next]])
}
