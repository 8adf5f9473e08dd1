import '@xyflow/react/dist/style.css'
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { kindColor } from '../components/KindIcon.tsx'
import { paths } from '../paths.ts'
import { CanvasTools } from './CanvasTools.tsx'
import { CardNodeView } from './CardNodeView.tsx'
import c from './canvas.module.css'
import { type CardNode, edgesOf, nodesOf } from './flow.ts'
import { CARD, nearest, positionOf, type Side } from './geometry.ts'
import { forgetSlots, keepSlots, readSlots } from './kept-slots.ts'
import { layout } from './layout.ts'
import { RelationEdge } from './RelationEdge.tsx'
import type { SchemaGraph } from './schema-graph.ts'

const nodeTypes = { card: CardNodeView }
const edgeTypes = { relation: RelationEdge }
const MINIMAP_FROM = 40
/** Cards stay readable on a small screen: what does not fit is reached by moving. */
const FIT = { padding: 0.06, minZoom: 0.5, maxZoom: 1.15 } as const
const ARROWS: Readonly<Record<string, Side>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'top',
  ArrowDown: 'bottom',
}

type Props = {
  readonly ws: string
  readonly graph: SchemaGraph
  readonly typed: string
  readonly focus: string | undefined
  readonly onFocus: (id: string | undefined) => void
}

export function Canvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  )
}

function Picture({ ws, graph, typed, focus, onFocus }: Props) {
  const navigate = useNavigate()
  const flow = useReactFlow()
  const colorMode = useComputedColorScheme('light')
  const [previous, setPrevious] = useState(() => readSlots(ws))
  const slots = useMemo(() => layout(graph.cards, graph.relations, previous), [graph, previous])
  useEffect(() => keepSlots(ws, slots), [ws, slots])
  const nodes = useMemo(
    () => nodesOf(graph, slots, { focus, typed, hrefOf: (card) => paths.resource(ws, card.kind, card.id) }),
    [graph, slots, focus, typed, ws],
  )
  const edges = useMemo(() => edgesOf(graph, slots, focus), [graph, slots, focus])
  const moved = useRef(false)
  const { ref: place, width, height } = useElementSize<HTMLElement>()
  // A picture that nobody has moved fits its place, whatever becomes of that.
  useEffect(() => {
    if (width > 0 && height > 0 && !moved.current) void flow.fitView(FIT)
  }, [flow, width, height])
  const showAll = () => {
    moved.current = false
    requestAnimationFrame(() => void flow.fitView({ ...FIT, duration: 160 }))
  }
  const goTo = (id: string) => {
    const slot = slots.get(id)
    if (slot === undefined) return
    moved.current = true
    const { x, y } = positionOf(slot)
    void flow.setCenter(x + CARD.width / 2, y + CARD.height / 2, { zoom: flow.getZoom(), duration: 140 })
    onFocus(id)
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }),
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onFocus(undefined)
    const direction = ARROWS[event.key]
    const from = document.activeElement?.getAttribute('data-card')
    if (direction === undefined || typeof from !== 'string') return
    event.preventDefault()
    const next = nearest(slots, from, direction)
    if (next !== null) goTo(next)
  }
  return (
    <section ref={place} className={c.canvas} onKeyDown={onKeyDown} aria-label="Schema canvas">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={colorMode}
        fitView
        fitViewOptions={FIT}
        // Only a person's own move comes with an event.
        onMoveStart={(event) => {
          if (event !== null) moved.current = true
        }}
        minZoom={0.08}
        maxZoom={1.75}
        onlyRenderVisibleElements={graph.cards.length > 150}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        zoomOnDoubleClick={false}
        onNodeClick={(event, node) => {
          // The name is a link of its own: it leaves this page, and must not write to the next one's URL.
          if (!(event.target instanceof Element && event.target.closest('a'))) onFocus(node.id)
        }}
        onNodeDoubleClick={(_, node) => navigate({ to: node.data.to })}
        onEdgeClick={(_, edge) => navigate({ to: paths.resource(ws, 'model-relationships', edge.id) })}
        onPaneClick={() => onFocus(undefined)}
      >
        <Background variant={BackgroundVariant.Dots} gap={22} size={1} />
        {graph.cards.length >= MINIMAP_FROM && (
          <MiniMap<CardNode>
            pannable
            zoomable
            ariaLabel="Overview of the schema"
            nodeColor={(node) => kindColor(node.data.card.kind)}
            nodeStrokeWidth={0}
          />
        )}
      </ReactFlow>
      <CanvasTools
        onArrange={() => {
          forgetSlots(ws)
          setPrevious(new Map())
          showAll()
        }}
        onShowAll={showAll}
      />
    </section>
  )
}
