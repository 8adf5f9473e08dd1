import { FIELDS, QUERY_KEY_OF_TYPE } from '../../core/model/fields.ts'
import { isObject, type Json, type JsonObject, own } from '../../core/model/json.ts'
import { type FileKind, isModelKind } from '../../core/model/kind.ts'
import { listWords } from '../words/count.ts'
import { fieldWord } from '../words/field-words.ts'
import { endSlug, textOf } from '../words/resource-name.ts'

/** Why this value cannot be saved yet, as the save button says it; null when it can. */
export function missingWords(kind: FileKind, value: JsonObject): string | null {
  const missing = missingFields(kind, value)
  return missing.length === 0 ? null : `Still missing: ${listWords(missing, 6)}`
}

function missingFields(kind: FileKind, value: JsonObject): readonly string[] {
  if (kind === 'model-relationships') return missingOfRelationship(value)
  const required = FIELDS[kind]
    .filter((field) => field.required && isBlank(own(value, field.key)))
    .map((field) => fieldWord(field.key))
  const queryKey = isModelKind(kind) ? QUERY_KEY_OF_TYPE[textOf(value, 'type')] : undefined
  return queryKey !== undefined && isBlank(own(value, queryKey))
    ? [...required, fieldWord(queryKey)]
    : required
}

function missingOfRelationship(value: JsonObject): readonly string[] {
  const ends = (['from', 'to'] as const)
    .filter((end) => endSlug(value, end) === '')
    .map((end) => fieldWord(end))
  const pairs = own(value, 'mapping')
  const joined =
    own(value, 'through') !== undefined || (Array.isArray(pairs) && pairs.length > 0 && pairs.every(isWhole))
  return [
    ...ends,
    ...(textOf(value, 'cardinality') === '' ? ['cardinality'] : []),
    ...(joined ? [] : ['both columns of a key pair']),
  ]
}

function isWhole(pair: Json): boolean {
  return isObject(pair) && textOf(pair, 'fromColumn') !== '' && textOf(pair, 'toColumn') !== ''
}

function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || value === ''
}
