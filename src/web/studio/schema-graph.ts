import { isObject, own } from '../../core/model/json.ts'
import type { SchemaModelKind } from '../../core/model/kind.ts'
import type { Resource } from '../api/resources.ts'
import { methodWords } from '../words/method-words.ts'
import { endSlug, nameOf, textOf } from '../words/resource-name.ts'
import type { LayoutCard } from './layout.ts'

export type Card = LayoutCard & {
  readonly name: string
  readonly kind: SchemaModelKind
  readonly from: string
  /** Primary key or timestamp; empty where the kind has none. */
  readonly key: string
  /**
   * How many columns its file describes (F11), which may be few of those that the warehouse has. Null: none, so
   * the card says nothing of columns; counting them in the warehouse would be a query a card.
   */
  readonly described: number | null
  readonly resource: Resource
}
export type Relation = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly cardinality: string
  readonly label: string
  readonly pairs: string
  readonly through: boolean
  readonly resource: Resource
}
export type SchemaGraph = { readonly cards: readonly Card[]; readonly relations: readonly Relation[] }

export type SchemaLists = Readonly<Record<SchemaModelKind | 'model-relationships', readonly Resource[]>>

/** The schema as a picture: cards are named by slug, which is unique among the three kinds (F1). */
export function graphOf(lists: SchemaLists): SchemaGraph {
  const cards = (['parent-models', 'related-models', 'event-models'] as const).flatMap((kind) =>
    lists[kind].map((resource) => cardOf(kind, resource)),
  )
  return { cards, relations: lists['model-relationships'].map(relationOf) }
}

function cardOf(kind: SchemaModelKind, resource: Resource): Card {
  const columns = own(resource, 'columns')
  return {
    id: resource.slug,
    kind,
    name: nameOf(kind, resource),
    from: methodWords(kind, resource),
    key: textOf(resource, kind === 'event-models' ? 'eventTimestampColumn' : 'primaryKey'),
    described: Array.isArray(columns) && columns.length > 0 ? columns.length : null,
    resource,
  }
}

function relationOf(resource: Resource): Relation {
  const from = own(resource, 'from') ?? null
  const mapping = own(resource, 'mapping')
  const pairs = Array.isArray(mapping) ? mapping.filter(isObject) : []
  const to = endSlug(resource, 'to')
  return {
    id: resource.slug,
    from: endSlug(resource, 'from'),
    to,
    cardinality: textOf(resource, 'cardinality'),
    label: (isObject(from) ? textOf(from, 'relationshipName') : '') || to,
    pairs: pairs.map((pair) => `${textOf(pair, 'fromColumn')} = ${textOf(pair, 'toColumn')}`).join(', '),
    through: Array.isArray(own(resource, 'through')),
    resource,
  }
}

/** A card and what is one relationship away; null: nothing is focused and nothing dims. */
export function near(graph: SchemaGraph, focus: string | undefined): ReadonlySet<string> | null {
  if (focus === undefined || !graph.cards.some((card) => card.id === focus)) return null
  const ids = graph.relations.flatMap(({ from, to }) => (from === focus ? [to] : to === focus ? [from] : []))
  return new Set([focus, ...ids])
}
