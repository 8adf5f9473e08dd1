import type { Node as FlowNode } from '@xyflow/react'
import { CARD, positionOf, routeEdges } from './geometry.ts'
import type { Slots } from './layout.ts'
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
  return graph.relations.flatMap((relation): RelationFlowEdge[] => {
    const route = routes.get(relation.id)
    if (route === undefined) return []
    const touches = relation.from === focus || relation.to === focus
    // Below a card, labels stand apart near the other end; between neighbours the middle is the only room.
    const hangs = route.from.side === 'bottom' || route.from.side === 'top'
    const labelAt = !hangs ? 0.5 : relation.from === focus ? 0.66 : relation.to === focus ? 0.34 : 0.5
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
