import type { FieldShape, Fields, Shape } from '../lint/shape.ts'
import { ALIASES_SHAPE, MANIFEST_SHAPE, SHAPES } from '../lint/shapes.ts'
import { QUERY_KEY_OF_TYPE } from '../model/fields.ts'
import type { Json, JsonObject } from '../model/json.ts'
import { FILE_KINDS, type FileKind, isModelKind, KIND_WORDS } from '../model/kind.ts'

/** F22: every kind of file that has a schema. */
export const SCHEMA_KINDS = [...FILE_KINDS, 'manifest', 'aliases'] as const
export type SchemaKind = (typeof SCHEMA_KINDS)[number]

const VALUE: JsonObject = { $ref: '#/$defs/value' }
const TEXT: JsonObject = { $ref: '#/$defs/text' }

/** F10: what can be held exactly. */
const DEFS: JsonObject = {
  text: { type: 'string', pattern: '^[^\\u0000\\p{Cs}]*$' },
  value: {
    anyOf: [
      { type: ['null', 'boolean'] },
      { $ref: '#/$defs/text' },
      { type: 'number', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
      { type: 'array', items: VALUE },
      { type: 'object', propertyNames: TEXT, additionalProperties: VALUE },
    ],
  },
}

/** The JSON Schema (2020-12) of a kind of file, printed from the table that the reader checks by. */
export function jsonSchema(kind: SchemaKind): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:tandem:schema:${kind}`,
    title: titleOf(kind),
    ...mapping(fieldsOf(kind), true),
    ...rulesOf(kind),
    $defs: DEFS,
  }
}

function fieldsOf(kind: SchemaKind): Fields {
  if (kind === 'manifest') return MANIFEST_SHAPE
  return kind === 'aliases' ? ALIASES_SHAPE : SHAPES[kind]
}

function titleOf(kind: SchemaKind): string {
  if (kind === 'manifest') return 'Manifest'
  if (kind === 'aliases') return 'Aliases'
  const words = KIND_WORDS[kind]
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

/** At the top of a file `null` reads as absent (F23); unknown keys are kept (F15). An empty own file is a valid one. */
function mapping(fields: Fields, top: boolean): JsonObject {
  const required = Object.entries(fields).flatMap(([key, field]) => (field.required ? [key] : []))
  const properties = Object.entries(fields).map(([key, field]) => [key, property(field, top)] as const)
  return {
    type: 'object',
    propertyNames: TEXT,
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: VALUE,
  }
}

function property({ shape, required }: FieldShape, top: boolean): JsonObject {
  const schema = schemaOf(shape)
  return top && !required ? { anyOf: [schema, { type: 'null' }] } : schema
}

function schemaOf(shape: Shape): JsonObject {
  switch (shape.kind) {
    case 'text':
      return TEXT
    case 'choice':
      return { enum: [...shape.of] }
    case 'boolean':
      return { type: 'boolean' }
    case 'number':
      return { type: 'number', minimum: shape.min, maximum: shape.max }
    case 'list':
      return {
        type: 'array',
        items: schemaOf(shape.of),
        ...(shape.atLeast > 0 ? { minItems: shape.atLeast } : {}),
      }
    case 'fields':
    case 'open':
      return mapping(shape.fields, false)
    case 'record':
      return { type: 'object', propertyNames: TEXT, additionalProperties: schemaOf(shape.of) }
    case 'either':
      return { anyOf: shape.of.map(schemaOf) }
    case 'anything':
      return VALUE
  }
}

/** What one key says about another (F7, F8, F11). */
function rulesOf(kind: SchemaKind): JsonObject {
  if (kind === 'model-relationships') return { anyOf: [isThere('mapping'), goesThrough()] }
  return isFileKind(kind) && isModelKind(kind) ? { allOf: queryRules() } : {}
}

function isFileKind(kind: SchemaKind): kind is FileKind {
  return kind !== 'manifest' && kind !== 'aliases'
}

function queryRules(): Json[] {
  return Object.entries(QUERY_KEY_OF_TYPE).map(([type, key]) => ({
    if: { properties: { type: { const: type } }, required: ['type'] },
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
    then: isThere(key),
  }))
}

function isThere(key: string): JsonObject {
  return { properties: { [key]: { not: { enum: [null, ''] } } }, required: [key] }
}

function goesThrough(): JsonObject {
  return { properties: { through: { type: 'array', minItems: 1 } }, required: ['through'] }
}
