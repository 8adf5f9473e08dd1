import { isObject, type Json, type JsonObject, own, withKey } from '../../core/model/json.ts'
import type { SchemaModelKind } from '../../core/model/kind.ts'
import type { MeasureRelationship } from '../../core/wire/relationship.ts'
import { textOf } from '../words/resource-name.ts'
import { setKey } from './draft.ts'

export type End = 'from' | 'to'
export type Pair = { readonly fromColumn: string; readonly toColumn: string }

export function endOf(value: JsonObject, end: End): JsonObject {
  const found = own(value, end)
  return isObject(found) ? found : {}
}

/** One key of an end; an empty optional key is left out of the file. */
export function withEnd(value: JsonObject, end: End, key: string, to: Json | undefined): JsonObject {
  return withKey(value, end, setKey(endOf(value, end), key, to))
}

export function pairsOf(value: JsonObject): readonly JsonObject[] {
  const mapping = own(value, 'mapping')
  return Array.isArray(mapping) ? mapping.map((pair) => (isObject(pair) ? pair : {})) : []
}

export function withPair(value: JsonObject, at: number, key: keyof Pair, column: string): JsonObject {
  return withKey(
    value,
    'mapping',
    pairsOf(value).map((pair, i) => (i === at ? withKey(pair, key, column) : pair)),
  )
}

export function withNewPair(value: JsonObject): JsonObject {
  return withKey(value, 'mapping', [...pairsOf(value), { fromColumn: '', toColumn: '' }])
}

export function withoutPair(value: JsonObject, at: number): JsonObject {
  return withKey(
    value,
    'mapping',
    pairsOf(value).filter((_, i) => i !== at),
  )
}

export const CARDINALITIES = ['1:1', '1:many', 'many:1'] as const
export type Cardinality = (typeof CARDINALITIES)[number]

/** A cardinality as a sentence about the two models. */
export function cardinalityWords(
  cardinality: Cardinality,
  from: string,
  to: string,
): { readonly title: string; readonly means: string } {
  switch (cardinality) {
    case '1:1':
      return { title: 'One to one', means: `A row of ${from} has one of ${to}, and the other way round` }
    case '1:many':
      return { title: 'One to many', means: `A row of ${from} has many of ${to}` }
    case 'many:1':
      return { title: 'Many to one', means: `Many rows of ${from} share one of ${to}` }
  }
}

/** Columns that both sides call the same come first: they are what people join by. */
export function sharedFirst(columns: readonly string[], others: readonly string[]): string[] {
  const shared = new Set(others.map((name) => name.toLowerCase()))
  return columns.toSorted((a, b) => Number(shared.has(b.toLowerCase())) - Number(shared.has(a.toLowerCase())))
}

/** Whether nobody has touched the key pairs yet: only then one is put in by itself. */
export function isBlankMapping(value: JsonObject): boolean {
  const [first, ...more] = pairsOf(value)
  return (
    more.length === 0 &&
    first !== undefined &&
    textOf(first, 'fromColumn') === '' &&
    textOf(first, 'toColumn') === ''
  )
}

type Ref = { readonly kind: SchemaModelKind; readonly slug: string }

/** The declaration as it can be measured; null while a column or the cardinality is missing. */
export function measureOf(value: JsonObject, from: Ref, to: Ref): MeasureRelationship | null {
  const mapping = pairsOf(value).map((pair) => ({
    fromColumn: textOf(pair, 'fromColumn').trim(),
    toColumn: textOf(pair, 'toColumn').trim(),
  }))
  const cardinality = CARDINALITIES.find((one) => one === own(value, 'cardinality'))
  if (cardinality === undefined || mapping.length === 0) return null
  if (mapping.some((pair) => pair.fromColumn === '' || pair.toColumn === '')) return null
  const ref = ({ kind, slug }: Ref) => ({ kind, slug })
  return { from: ref(from), to: ref(to), cardinality, mapping }
}

/** The first pair, put where a person typed none yet, else as one more. */
export function withProposal(value: JsonObject, pair: Pair): JsonObject {
  const pairs = pairsOf(value)
  const free = pairs.findIndex((one) => textOf(one, 'fromColumn') === '' && textOf(one, 'toColumn') === '')
  const taken = { fromColumn: pair.fromColumn, toColumn: pair.toColumn }
  return withKey(
    value,
    'mapping',
    free < 0 ? [...pairs, taken] : pairs.map((one, i) => (i === free ? taken : one)),
  )
}

/** The query of a model, to read its columns; null where nothing can be read live. */
export function queryOfModel(model: JsonObject) {
  const type = textOf(model, 'type')
  if (type === 'table') return { type: 'table', tableName: textOf(model, 'tableName') } as const
  if (type === 'raw_sql') return { type: 'raw_sql', rawSql: textOf(model, 'rawSql') } as const
  return null
}
