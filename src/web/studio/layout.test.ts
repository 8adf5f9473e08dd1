import { describe, expect, it } from 'vitest'
import { type LayoutCard, type LayoutLink, layout, type Slots } from './layout.ts'

const plantStore: LayoutCard[] = [
  { id: 'households', kind: 'parent-models' },
  { id: 'users', kind: 'parent-models' },
  { id: 'plants', kind: 'related-models' },
  { id: 'purchases', kind: 'related-models' },
  { id: 'subscriptions', kind: 'related-models' },
  { id: 'logged-in', kind: 'event-models' },
  { id: 'page-viewed', kind: 'event-models' },
  { id: 'plant-viewed', kind: 'event-models' },
]
const links: LayoutLink[] = [
  { from: 'users', to: 'households' },
  { from: 'users', to: 'purchases' },
  { from: 'users', to: 'subscriptions' },
  { from: 'purchases', to: 'plants' },
  { from: 'users', to: 'logged-in' },
  { from: 'users', to: 'page-viewed' },
  { from: 'users', to: 'plant-viewed' },
  { from: 'plant-viewed', to: 'plants' },
]

function doubles(slots: Slots): string[] {
  const keys = [...slots.values()].map(({ column, row }) => `${column}:${row}`)
  return keys.filter((key, i) => keys.indexOf(key) !== i)
}

function many(count: number): { cards: LayoutCard[]; links: LayoutLink[] } {
  const cards = Array.from({ length: count }, (_, i): LayoutCard => {
    const kind = i % 10 === 0 ? 'parent-models' : i % 3 === 0 ? 'event-models' : 'related-models'
    return { id: `m${i}`, kind }
  })
  return { cards, links: cards.slice(1).map((card, i) => ({ from: `m${Math.floor(i / 7)}`, to: card.id })) }
}

describe('layout', () => {
  it('[W2] puts parents in the middle row, related models left and right, events below', () => {
    expect(Object.fromEntries(layout(plantStore, links))).toEqual({
      users: { column: 0, row: 0 },
      households: { column: 1, row: 0 },
      purchases: { column: -1, row: 0 },
      subscriptions: { column: -1, row: 1 },
      plants: { column: -2, row: 0 },
      'plant-viewed': { column: 0, row: 1 },
      'logged-in': { column: 1, row: 1 },
      'page-viewed': { column: 2, row: 1 },
    })
  })

  it('[W2] moves no card when one is added', () => {
    const before = layout(plantStore, links)
    for (const kind of ['parent-models', 'related-models', 'event-models'] as const) {
      const after = layout(
        [{ id: 'a-new-one', kind }, ...plantStore],
        [...links, { from: 'users', to: 'a-new-one' }],
        before,
      )
      expect(Object.fromEntries([...after].filter(([id]) => id !== 'a-new-one'))).toEqual(
        Object.fromEntries(before),
      )
      expect(doubles(after)).toEqual([])
    }
  })

  it('[W2] leaves the others where they are when one is taken away', () => {
    const before = layout(plantStore, links)
    const after = layout(
      plantStore.filter((card) => card.id !== 'purchases'),
      links,
      before,
    )
    expect(after).toEqual(new Map([...before].filter(([id]) => id !== 'purchases')))
  })

  it('[W2] gives each of 1,000 cards its own slot', () => {
    const { cards, links } = many(1_000)
    const start = performance.now()
    const slots = layout(cards, links)
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(slots.size).toBe(1_000)
    expect(doubles(slots)).toEqual([])
  })

  it('[W2] does not depend on the order of the cards', () => {
    expect(layout(plantStore.toReversed(), links)).toEqual(layout(plantStore, links))
  })

  it('[W2] bears relationships of a model with itself and with one that is missing', () => {
    const odd = [
      { from: 'users', to: 'users' },
      { from: 'users', to: 'gone' },
    ]
    expect(layout([{ id: 'users', kind: 'parent-models' }], odd)).toEqual(
      new Map([['users', { column: 0, row: 0 }]]),
    )
  })
})
