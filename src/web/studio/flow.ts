import type { Node as FlowNode } from '@xyflow/react'
import { CARD, labelPlace, positionOf, routeEdges } from './geometry.ts'
import type { Slot, Slots } from './layout.ts'
import type { RelationFlowEdge } from './RelationEdge.tsx'
import { type Card, near, type SchemaGraph } from './schema-graph.ts'

export type CardData = {
  readonly card: Card
  readonly dim: boolean
  readonly focused: boolean
  readonly to: string
  readonly [key: string]: unknown
}
export type CardNode = FlowNode<CardData, 'card'>

/** Sizes are known beforehand, so nothing has to be measured before it shows. */
const fixed = { type: 'card' as const, width: CARD.width, height: CARD.height, measured: CARD }

type View = {
  readonly focus: string | undefined
  readonly typed: string
  readonly hrefOf: (card: Card) => string
}

export function nodesOf(graph: SchemaGraph, slots: Slots, view: View): CardNode[] {
  const around = near(graph, view.focus)
  const wanted = view.typed.trim().toLowerCase()
  return graph.cards.flatMap((card): CardNode[] => {
    const slot = slots.get(card.id)
    if (slot === undefined) return []
    const missed =
      wanted !== '' && !card.name.toLowerCase().includes(wanted) && !card.id.toLowerCase().includes(wanted)
    const dim = missed || (around !== null && !around.has(card.id))
    return [
      {
        ...fixed,
        id: card.id,
        position: positionOf(slot),
        data: { card, dim, focused: card.id === view.focus, to: view.hrefOf(card) },
      },
    ]
  })
}

export function edgesOf(graph: SchemaGraph, slots: Slots, focus: string | undefined): RelationFlowEdge[] {
  const events = new Set(graph.cards.filter((card) => card.kind === 'event-models').map((card) => card.id))
  const routes = routeEdges(slots, graph.relations, events)
  const focused = near(graph, focus) !== null
  const between = new Map<string, number>()
  return graph.relations.flatMap((relation): RelationFlowEdge[] => {
    const route = routes.get(relation.id)
    if (route === undefined) return []
    const touches = relation.from === focus || relation.to === focus
    const pair = [relation.from, relation.to].sort().join(' ')
    const nth = between.get(pair) ?? 0
    between.set(pair, nth + 1)
    // The labels of one card's edges are apart where they are nearer to the other cards.
    const share = relation.from === focus ? 0.6 : relation.to === focus ? 0.4 : 0.5
    const labelAt = labelPlace(route, rowTopOf(slots.get(relation.from), slots.get(relation.to)), nth, share)
    const state = !focused ? 'plain' : touches ? 'near' : 'dim'
    const ariaLabel = `${relation.label}: ${relation.from} to ${relation.to}, ${relation.cardinality}`
    return [
      {
        id: relation.id,
        type: 'relation',
        source: relation.from,
        target: relation.to,
        ariaLabel,
        data: { relation, route, state, labelAt },
      },
    ]
  })
}

/** The upper edge of the row that both cards stand in; null: they stand in two. */
function rowTopOf(from: Slot | undefined, to: Slot | undefined): number | null {
  return from === undefined || from.row !== to?.row ? null : positionOf(from).y
}
