import { describe, expect, it } from 'vitest'
import { CARD, labelPlace, nearest, routeEdges } from './geometry.ts'
import type { Slots } from './layout.ts'

const events = new Set(['viewed', 'logged-in'])
const slots: Slots = new Map([
  ['users', { column: 0, row: 0 }],
  ['purchases', { column: -1, row: 0 }],
  ['subscriptions', { column: -1, row: 1 }],
  ['viewed', { column: 0, row: 1 }],
  ['logged-in', { column: 1, row: 1 }],
])

describe('routeEdges', () => {
  it('[W2] lets an edge leave and arrive on the sides that face each other', () => {
    const routes = routeEdges(
      slots,
      [
        { id: 'a', from: 'users', to: 'purchases' },
        { id: 'b', from: 'users', to: 'viewed' },
      ],
      events,
    )
    expect(routes.get('a')).toEqual({
      from: { x: 0, y: CARD.height / 2, side: 'left' },
      to: { x: -268 + CARD.width, y: CARD.height / 2, side: 'right' },
    })
    expect(routes.get('b')).toEqual({
      from: { x: CARD.width / 2, y: CARD.height, side: 'bottom' },
      to: { x: CARD.width / 2, y: 192, side: 'top' },
    })
  })

  it('[W2] spreads the ends on one side in the order of what they lead to', () => {
    const routes = routeEdges(
      slots,
      [
        { id: 'b', from: 'users', to: 'logged-in' },
        { id: 'a', from: 'users', to: 'viewed' },
      ],
      events,
    )
    expect([routes.get('a')?.from.x, routes.get('b')?.from.x]).toEqual([CARD.width / 3, (CARD.width / 3) * 2])
  })

  it('[W2] draws no edge to a card that is missing', () => {
    expect(routeEdges(slots, [{ id: 'a', from: 'users', to: 'gone' }], events).size).toBe(0)
  })
})

it('[W2] sets the label of an edge where no card and no end of an edge is', () => {
  const end = (x: number, y: number, side: 'left' | 'right' | 'top' | 'bottom') => ({ x, y, side })
  const across = { from: end(220, 46, 'right'), to: end(308, 46, 'left') }
  expect([labelPlace(across, 0, 0, 0.6), labelPlace(across, 0, 1, 0.6)]).toEqual([
    { x: 264, y: -14 },
    { x: 264, y: -36 },
  ])
  const between = { from: end(220, 46, 'right'), to: end(308, 230, 'left') }
  expect(labelPlace(between, null, 0, 0.6)).toEqual({ x: 264, y: 138 })
  const down = { from: end(100, 92, 'bottom'), to: end(400, 192, 'top') }
  expect(labelPlace(down, null, 0, 0.6)).toEqual({ x: 280, y: 152 })
})

it('[W1] goes with the arrow keys to the nearest card in that direction', () => {
  expect(nearest(slots, 'users', 'left')).toBe('purchases')
  expect(nearest(slots, 'users', 'bottom')).toBe('viewed')
  expect(nearest(slots, 'viewed', 'right')).toBe('logged-in')
  expect(nearest(slots, 'users', 'top')).toBe(null)
})
