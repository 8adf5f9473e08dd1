import type { Slot, Slots } from './layout.ts'

export const CARD = { width: 220, height: 92 } as const
/** Between two cards of a row is room for the ends of an edge; its label stands above. */
const PITCH = { column: 268, row: 156 } as const
/** The events stand a little apart from the parents above them. */
const EVENTS_DOWN = 36

export type Point = { readonly x: number; readonly y: number }

/** The upper left corner of the card in a slot. */
export function positionOf(slot: Slot): Point {
  return { x: slot.column * PITCH.column, y: slot.row * PITCH.row + (slot.row > 0 ? EVENTS_DOWN : 0) }
}

export type Side = 'left' | 'right' | 'top' | 'bottom'
export type End = Point & { readonly side: Side }
export type Route = { readonly from: End; readonly to: End }
export type Edge = { readonly id: string; readonly from: string; readonly to: string }

type Stub = {
  readonly edge: string
  readonly end: 'from' | 'to'
  readonly card: string
  readonly side: Side
  readonly other: Point
}

/** Where each edge meets its two cards: on facing sides, spread so that no two ends share a point. */
export function routeEdges(
  slots: Slots,
  edges: readonly Edge[],
  events: ReadonlySet<string>,
): ReadonlyMap<string, Route> {
  const stubs = edges.flatMap((edge): Stub[] => {
    const from = slots.get(edge.from)
    const to = slots.get(edge.to)
    if (from === undefined || to === undefined) return []
    const sides = facing(from, to, events.has(edge.from) !== events.has(edge.to))
    return [
      { edge: edge.id, end: 'from', card: edge.from, side: sides.from, other: positionOf(to) },
      { edge: edge.id, end: 'to', card: edge.to, side: sides.to, other: positionOf(from) },
    ]
  })
  const ends = new Map<string, End>()
  for (const group of Map.groupBy(stubs, (stub) => `${stub.card}|${stub.side}`).values()) {
    const vertical = group[0]?.side === 'top' || group[0]?.side === 'bottom'
    group.sort(
      (a, b) => (vertical ? a.other.x - b.other.x : a.other.y - b.other.y) || (a.edge < b.edge ? -1 : 1),
    )
    group.forEach((stub, i) => {
      const slot = slots.get(stub.card)
      if (slot)
        ends.set(`${stub.end}|${stub.edge}`, endAt(positionOf(slot), stub.side, (i + 1) / (group.length + 1)))
    })
  }
  return new Map(
    edges.flatMap((edge): [string, Route][] => {
      const from = ends.get(`from|${edge.id}`)
      const to = ends.get(`to|${edge.id}`)
      return from && to ? [[edge.id, { from, to }]] : []
    }),
  )
}

/** An event hangs below what it belongs to; everything else is joined side by side. */
function facing(from: Slot, to: Slot, oneIsEvent: boolean): { readonly from: Side; readonly to: Side } {
  const across = to.column - from.column
  const down = to.row - from.row
  if (down !== 0 && (across === 0 || oneIsEvent)) {
    return down > 0 ? { from: 'bottom', to: 'top' } : { from: 'top', to: 'bottom' }
  }
  if (across === 0) return { from: 'right', to: 'right' }
  return across > 0 ? { from: 'right', to: 'left' } : { from: 'left', to: 'right' }
}

function endAt({ x, y }: Point, side: Side, share: number): End {
  switch (side) {
    case 'left':
      return { x, y: y + CARD.height * share, side }
    case 'right':
      return { x: x + CARD.width, y: y + CARD.height * share, side }
    case 'top':
      return { x: x + CARD.width * share, y, side }
    case 'bottom':
      return { x: x + CARD.width * share, y: y + CARD.height, side }
  }
}

const LABEL = { above: 14, pitch: 22 } as const

/**
 * The middle of an edge's label, where it covers no card and no end of an edge. Two cards of one row leave
 * room for the ends alone, so it stands above `rowTop`, over the gap, and the `nth` between the same two
 * higher. Elsewhere it stands between the rows, `share` of the way along an edge that hangs down.
 */
export function labelPlace({ from, to }: Route, rowTop: number | null, nth: number, share: number): Point {
  if (rowTop !== null) return { x: (from.x + to.x) / 2, y: rowTop - LABEL.above - nth * LABEL.pitch }
  const at = from.side === 'bottom' || from.side === 'top' ? share : 0.5
  return { x: from.x + (to.x - from.x) * at, y: from.y + (to.y - from.y) * at }
}

/** The card to go to with an arrow key: the nearest one in that direction, straight ahead preferred. */
export function nearest(slots: Slots, from: string, direction: Side): string | null {
  const start = slots.get(from)
  if (start === undefined) return null
  const at = positionOf(start)
  let best: { readonly id: string; readonly cost: number } | null = null
  for (const [id, slot] of slots) {
    const here = positionOf(slot)
    const dx = here.x - at.x
    const dy = here.y - at.y
    const ahead = direction === 'left' ? -dx : direction === 'right' ? dx : direction === 'top' ? -dy : dy
    if (id === from || ahead <= 0) continue
    const aside = Math.abs(direction === 'left' || direction === 'right' ? dy : dx)
    const cost = ahead + aside * 2.5
    if (best === null || cost < best.cost) best = { id, cost }
  }
  return best?.id ?? null
}
