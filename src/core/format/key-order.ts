import { FIELDS } from '../model/fields.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { FILE_KINDS, type FileKind } from '../model/kind.ts'
import type { FileValue } from '../model/resource.ts'
import { compareKeys, jsonbOrder } from './jsonb-order.ts'
import { isOldShape } from './old-shape.ts'
import { placeKeys } from './place-keys.ts'

/** Parts of known shape keep the order of format.md at every place; all else is free-form (F10). */
const END = ['relationshipName', 'slug', 'mergeColumns']
const COLUMN = ['name', 'label', 'description', 'type', 'visible', 'privacy', 'semanticType', 'suggestions']
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  from: END,
  to: END,
  mapping: ['fromColumn', 'toColumn'],
  columns: COLUMN,
  sampling: ['enabled', 'percent', 'schedule', 'models'],
}

/** The value with its keys in canonical order (F12); the top level of an old shape stays as it is (F7). */
export function orderKeys(kind: FileKind, value: FileValue): FileValue {
  return pick(value, isOldShape(kind, value) ? Object.keys(value) : topKeys(kind, value), contentOf(kind))
}

/** As `orderKeys`, but an old shape takes the order of the file that it replaces, new keys put in place. */
export function orderLike(kind: FileKind, existing: FileValue, value: FileValue): FileValue {
  const canonical = topKeys(kind, value)
  const keys = isOldShape(kind, value) ? placeKeys(Object.keys(existing), canonical) : canonical
  return pick(value, keys, contentOf(kind))
}

function topKeys(kind: FileKind, value: FileValue): string[] {
  return knownFirst(value, fieldKeys(kind))
}

const FIELD_KEYS = new Map(FILE_KINDS.map((kind) => [kind, FIELDS[kind].map((field) => field.key)]))

function fieldKeys(kind: FileKind): readonly string[] {
  return FIELD_KEYS.get(kind) ?? []
}

function contentOf(kind: FileKind): (key: string, value: Json) => Json {
  const known = fieldKeys(kind)
  return (key, value) => {
    if (typeof value !== 'object') return value
    const shape = known.includes(key) ? SHAPES[key] : undefined
    if (shape === undefined) return jsonbOrder(value)
    return Array.isArray(value) ? value.map((item) => orderShape(item, shape)) : orderShape(value, shape)
  }
}

function orderShape(value: Json, shape: readonly string[]): Json {
  if (!isObject(value)) return jsonbOrder(value)
  return pick(value, knownFirst(value, shape), (_, content) => jsonbOrder(content))
}

function knownFirst(value: JsonObject, known: readonly string[]): string[] {
  const rest = Object.keys(value).filter((key) => !known.includes(key))
  return [...known.filter((key) => Object.hasOwn(value, key)), ...rest.sort(compareKeys)]
}

function pick(
  value: JsonObject,
  keys: readonly string[],
  content: (key: string, value: Json) => Json,
): JsonObject {
  const picked: { [key: string]: Json } = {}
  for (const key of keys) {
    const item = content(key, value[key] ?? null)
    // Thousands of files are ordered at once: assigning is several times as fast as a list of entries. A key that
    // would set the prototype instead is defined (F19).
    if (key === '__proto__') Object.defineProperty(picked, key, { ...DATA, value: item })
    else picked[key] = item
  }
  return picked
}

const DATA = { enumerable: true, configurable: true, writable: true }
