import {
  EdgeLabelRenderer,
  type EdgeProps,
  type Edge as FlowEdge,
  getBezierPath,
  Position,
} from '@xyflow/react'
import { useState } from 'react'
import c from './canvas.module.css'
import type { End, Point, Route, Side } from './geometry.ts'
import type { Relation } from './schema-graph.ts'

export type RelationEdgeData = {
  readonly relation: Relation
  readonly route: Route
  readonly state: 'plain' | 'near' | 'dim'
  /** The middle of its label. */
  readonly labelAt: Point
  readonly [key: string]: unknown
}
export type RelationFlowEdge = FlowEdge<RelationEdgeData, 'relation'>

const POSITION: Readonly<Record<Side, Position>> = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
}

/** A line whose ends say how many: a crow's foot for many, a bar for one. */
export function RelationEdge({ data }: EdgeProps<RelationFlowEdge>) {
  const [hovered, setHovered] = useState(false)
  if (data === undefined) return null
  const { relation, route, state, labelAt } = data
  const [line] = getBezierPath({
    sourceX: route.from.x,
    sourceY: route.from.y,
    sourcePosition: POSITION[route.from.side],
    targetX: route.to.x,
    targetY: route.to.y,
    targetPosition: POSITION[route.to.side],
  })
  const [manyFrom, manyTo] = relation.cardinality.split(':').map((word) => word === 'many')
  const marks = {
    ...(state === 'dim' ? { 'data-dim': true } : {}),
    ...(state === 'near' ? { 'data-near': true } : {}),
    ...(relation.through ? { 'data-through': true } : {}),
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only shows the label, which focusing a card shows too
    <g
      className={c['edge-group']}
      {...marks}
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
    >
      <path d={line} className={c['edge-hit']} />
      <path d={line} className={`${c.edge} ${c['edge-line']}`} />
      <path d={endMark(route.from, manyFrom ?? false)} className={c.edge} />
      <path d={endMark(route.to, manyTo ?? false)} className={c.edge} />
      <EdgeLabelRenderer>
        <div
          className={c['edge-label']}
          style={{ transform: `translate(-50%, -50%) translate(${labelAt.x}px, ${labelAt.y}px)` }}
          {...(hovered || state === 'near' ? { 'data-shown': true } : {})}
          {...(hovered ? { 'data-whole': true } : {})}
        >
          {relation.label} {hovered && relation.pairs !== '' && <code>{relation.pairs}</code>}
        </div>
      </EdgeLabelRenderer>
    </g>
  )
}

const OUTWARD: Readonly<Record<Side, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  top: [0, -1],
  bottom: [0, 1],
}
const FOOT = { length: 11, spread: 6 }

function endMark({ x, y, side }: End, many: boolean): string {
  const [dx, dy] = OUTWARD[side]
  const [tipX, tipY] = [x + dx * FOOT.length, y + dy * FOOT.length]
  // Across the line: the direction outward, turned by a right angle.
  const [ax, ay] = [dy * FOOT.spread, dx * FOOT.spread]
  if (many) return `M${x + ax},${y + ay} L${tipX},${tipY} L${x - ax},${y - ay}`
  const [barX, barY] = [x + dx * 7, y + dy * 7]
  return `M${barX + ax},${barY + ay} L${barX - ax},${barY - ay}`
}
