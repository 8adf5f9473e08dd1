import type { SchemaModelKind } from '../../core/model/kind.ts'

/**
 * Where the cards of the schema stand, on a lattice of slots:
 *
 *        left      middle      right
 *      related │  parents   │ related        row ≤ 0: parents, row 0 first
 *      related │  parents   │ related
 *              │   events   │                row ≥ 1: events
 *
 * A card that has a place keeps it, so nothing jumps when one is added; a new one takes the free slot of
 * its region that is nearest to its neighbours.
 */
export type LayoutCard = { readonly id: string; readonly kind: SchemaModelKind }
export type LayoutLink = { readonly from: string; readonly to: string }
export type Slot = { readonly column: number; readonly row: number }
export type Slots = ReadonlyMap<string, Slot>

const PARENTS_IN_A_ROW = 8

export function layout(
  cards: readonly LayoutCard[],
  links: readonly LayoutLink[],
  previous: Slots = new Map(),
): Slots {
  const neighbours = neighboursOf(cards, links)
  const placed = new Map<string, Slot>()
  const taken = new Set<string>()
  const place = (id: string, slot: Slot) => {
    placed.set(id, slot)
    taken.add(slotKey(slot))
  }
  for (const card of cards) {
    const slot = previous.get(card.id)
    if (slot !== undefined && !taken.has(slotKey(slot))) place(card.id, slot)
  }
  const kept = [...placed.entries()]
  const kindOf = new Map(cards.map((card) => [card.id, card.kind]))
  const middle = middleWidth(
    cards,
    kept.filter(([id]) => kindOf.get(id) !== 'related-models').map(([, slot]) => slot),
  )
  const free = (candidates: Iterable<Slot>) => {
    for (const slot of candidates) if (!taken.has(slotKey(slot))) return slot
    throw new Error('A region has no end, so it always has a free slot.')
  }
  const meanOf = (id: string, axis: keyof Slot) =>
    mean((neighbours.get(id) ?? []).flatMap((other) => placed.get(other)?.[axis] ?? []))

  const order = inOrder(cards, neighbours)
  for (const id of order.parents) {
    if (!placed.has(id)) place(id, free(parentSlots(middle, order.parents.length, meanOf(id, 'column'))))
  }
  const parentColumns = order.parents.map((id) => placed.get(id)?.column ?? 0)
  const sideRows = Math.max(3, Math.ceil(Math.sqrt(order.related.length / 2)))
  const load = { left: 0, right: 0 }
  for (const slot of kept.map(([, slot]) => slot)) {
    if (slot.column < 0) load.left++
    else if (slot.column >= middle) load.right++
  }
  for (const { id, depth } of order.related) {
    if (placed.has(id)) continue
    const column = meanOf(id, 'column')
    const side = sideOf(column, parentColumns, load, sideRows)
    load[side]++
    place(id, free(relatedSlots(side, depth, middle, sideRows, meanOf(id, 'row') ?? 0)))
  }
  for (const id of order.events) {
    if (!placed.has(id)) place(id, free(eventSlots(middle, meanOf(id, 'column'))))
  }
  return placed
}

function slotKey(slot: Slot): string {
  return `${slot.column}:${slot.row}`
}

function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, n) => sum + n, 0) / numbers.length
}

function neighboursOf(cards: readonly LayoutCard[], links: readonly LayoutLink[]): Map<string, string[]> {
  const neighbours = new Map<string, string[]>(cards.map((card) => [card.id, []]))
  for (const { from, to } of links) {
    if (from === to) continue
    neighbours.get(from)?.push(to)
    neighbours.get(to)?.push(from)
  }
  return neighbours
}

/** Parents and events share the middle: as wide as the parents' rows, and as a fair block of events. */
function middleWidth(cards: readonly LayoutCard[], kept: readonly Slot[]): number {
  const parents = cards.filter((card) => card.kind === 'parent-models').length
  const events = cards.filter((card) => card.kind === 'event-models').length
  const wanted = Math.max(1, parentsInARow(parents), Math.ceil(Math.sqrt(events) * 1.4))
  if (kept.length === 0) return wanted
  return Math.max(...kept.map((slot) => slot.column)) + 1
}

function parentsInARow(parents: number): number {
  return parents <= PARENTS_IN_A_ROW ? parents : Math.ceil(Math.sqrt(parents) * 1.4)
}

type Order = {
  readonly parents: readonly string[]
  readonly related: readonly { readonly id: string; readonly depth: number }[]
  readonly events: readonly string[]
}

/** The best connected parent first; related models by their distance from a parent; then the events. */
function inOrder(cards: readonly LayoutCard[], neighbours: ReadonlyMap<string, readonly string[]>): Order {
  const of = (kind: SchemaModelKind) =>
    cards
      .filter((card) => card.kind === kind)
      .map((card) => card.id)
      .sort((a, b) => (neighbours.get(b)?.length ?? 0) - (neighbours.get(a)?.length ?? 0) || (a < b ? -1 : 1))
  const parents = of('parent-models')
  const related = of('related-models')
  const depth = distances(parents, new Set(related), neighbours)
  const depthOf = (id: string) => depth.get(id) ?? 1
  return {
    parents,
    related: related.map((id) => ({ id, depth: depthOf(id) })).sort((a, b) => a.depth - b.depth),
    events: of('event-models'),
  }
}

function distances(
  from: readonly string[],
  through: ReadonlySet<string>,
  neighbours: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const distance = new Map(from.map((id) => [id, 0]))
  const queue = [...from]
  for (const id of queue) {
    for (const next of neighbours.get(id) ?? []) {
      if (distance.has(next) || !through.has(next)) continue
      distance.set(next, (distance.get(id) ?? 0) + 1)
      queue.push(next)
    }
  }
  return distance
}

/**
 * Beside its neighbours: on their side, or on the side where their parent is outermost, so that no edge
 * runs under a card; the emptier side where that says nothing or has become much the fuller one.
 */
function sideOf(
  column: number | null,
  parentColumns: readonly number[],
  load: { readonly left: number; readonly right: number },
  bearable: number,
): 'left' | 'right' {
  const emptier = load.left < load.right ? 'left' : 'right'
  if (column === null) return emptier
  const isLeft = column <= Math.min(...parentColumns, column)
  const isRight = column >= Math.max(...parentColumns, column)
  if (isLeft === isRight) return emptier
  const side = isLeft ? 'left' : 'right'
  const fuller = side === 'left' ? load.left - load.right : load.right - load.left
  return fuller >= bearable ? emptier : side
}

/** 0, 1, -1, 2, -2, … around a centre, at most `count` of them. */
function* around(centre: number, count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield centre + (i % 2 === 0 ? -i / 2 : (i + 1) / 2)
}

function* parentSlots(middle: number, parents: number, wanted: number | null): Generator<Slot> {
  const inRow = Math.min(middle, Math.max(1, parentsInARow(parents)))
  const first = Math.floor((middle - inRow) / 2)
  const columns = Array.from({ length: inRow }, (_, i) => first + i)
  const centre = wanted ?? first + (inRow - 1) / 2
  columns.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre) || a - b)
  for (let row = 0; ; row--) for (const column of columns) yield { column, row }
}

function* relatedSlots(
  side: 'left' | 'right',
  depth: number,
  middle: number,
  rows: number,
  wantedRow: number,
): Generator<Slot> {
  const lowest = Math.floor(rows / 2)
  const inBounds = (row: number) => row >= lowest - rows + 1 && row <= lowest
  for (let out = depth; ; out++) {
    const column = side === 'left' ? -out : middle - 1 + out
    for (const row of around(Math.round(wantedRow), rows * 2 + 1)) if (inBounds(row)) yield { column, row }
  }
}

function* eventSlots(middle: number, wanted: number | null): Generator<Slot> {
  const centre = Math.round(Math.min(middle - 1, Math.max(0, wanted ?? (middle - 1) / 2)))
  for (let row = 1; ; row++) {
    for (const column of around(centre, middle * 2 + 1))
      if (column >= 0 && column < middle) yield { column, row }
  }
}
