import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FileRef, Value } from '../model/resource.ts'
import type { SavedChange, SavedSet } from '../plan/commits/draft.ts'
import type { Pair } from '../plan/snapshot.ts'
import { keyOf, type Routing, routeSets } from './route.ts'

const ANN = { name: 'Ann', email: 'ann@example.com' }
const BOB = { name: 'Bob', email: 'bob@example.com' }
const model = (slug: string): FileRef => ({ kind: 'parent-models', slug })
const link = (from: string, to: string): Value => ({
  from: { slug: from, mergeColumns: false },
  to: { slug: to, mergeColumns: false },
  cardinality: '1:many',
})

type There = { readonly id: string; readonly ref: FileRef; readonly value?: Value; readonly file?: boolean }

/** On both sides, or in the workspace alone. */
function pair({ id, ref, value = {}, file = true }: There): Pair {
  const path = `${ref.slug}.yaml`
  return {
    role: 'touched',
    base: null,
    workspace: { id, ref, value, revision: '1' },
    file: file ? { kind: 'read', ref, path, blob: 'b', fileValue: value, value, problems: [] } : null,
    twins: [],
  }
}

let ids = 0
function saved(author: typeof ANN, ...changes: Omit<SavedChange, 'id' | 'isMerged'>[]): SavedSet {
  ids += 1
  return {
    id: String(ids),
    kind: 'save',
    author,
    savedAt: ids,
    message: null,
    changes: changes.map((change, i) => ({ ...change, id: `${ids}-${i}`, isMerged: false })),
    touchesManifest: false,
    manifestChangeIds: [],
    touchesAliases: false,
  }
}
const change = (resourceId: string, ref: FileRef, value: Value | null = {}) => ({ resourceId, ref, value })

/** Each target with the resources that go there, save by save. */
function routed(routing: Partial<Routing> & Pick<Routing, 'sets'>): Record<string, string[][]> {
  const all = routing.sets.flatMap(({ changes }) => changes.map(({ resourceId }) => resourceId))
  const whole = { pairs: [], leaving: new Set(all), home: new Map(), open: [], isReviewed: true, ...routing }
  return Object.fromEntries(
    routeSets(whole).map(({ target, sets }) => [
      keyOf(target),
      sets.map(({ changes }) => changes.map(({ resourceId }) => resourceId)),
    ]),
  )
}

describe('where a save goes', () => {
  const users = change('1', model('users'))
  const orders = change('2', model('orders'))

  it('[S21] to the branch, or to its author’s review, open or new', () => {
    const sets = [saved(ANN, users), saved(BOB, orders), saved(ANN, users)]
    expect(routed({ sets, isReviewed: false })).toEqual({ branch: [['1'], ['2'], ['1']] })
    expect(routed({ sets, open: [{ id: 'r', person: { ...ANN, email: 'Ann@Example.com' } }] })).toEqual({
      'review r': [['1'], ['1']],
      'new bob@example.com': [['2']],
    })
  })

  it('[S21] to the review that its resource is in, also in a workspace that commits directly', () => {
    const home = new Map([['1', 'r']])
    expect(routed({ sets: [saved(BOB, users), saved(BOB, orders)], home, isReviewed: false })).toEqual({
      'review r': [['1']],
      branch: [['2']],
    })
    // Saved together, it goes along.
    expect(routed({ sets: [saved(BOB, orders, users)], home })).toEqual({ 'review r': [['2', '1']] })
  })

  it('[S21] parted, where its resources are in two reviews', () => {
    const home = new Map([
      ['1', 'r'],
      ['2', 's'],
    ])
    expect(routed({ sets: [saved(BOB, users, orders)], home })).toEqual({
      'review r': [['1']],
      'review s': [['2']],
    })
  })

  it('[S21][S8] to the review that has what it needs and the branch has not', () => {
    const ref: FileRef = { kind: 'model-relationships', slug: 'users-orders' }
    const related = change('3', ref, link('users', 'orders'))
    const pairs = [
      pair({ id: '1', ref: model('users') }),
      pair({ id: '2', ref: model('orders'), file: false }),
    ]
    const home = new Map([['2', 'r']])
    expect(routed({ sets: [saved(BOB, related)], pairs, home })).toEqual({ 'review r': [['3']] })
    // New in this very run, in a review that is still to be made.
    expect(routed({ sets: [saved(ANN, orders), saved(BOB, related)], pairs })).toEqual({
      'new ann@example.com': [['2'], ['3']],
    })
    const known = [pair({ id: '1', ref: model('users') }), pair({ id: '2', ref: model('orders') })]
    expect(routed({ sets: [saved(BOB, related)], pairs: known, home })).toEqual({
      'new bob@example.com': [['3']],
    })
  })

  it('[S21][S8] to the review that takes out who refers to it in the branch', () => {
    const ref: FileRef = { kind: 'model-relationships', slug: 'users-orders' }
    const pairs = [
      pair({ id: '2', ref: model('orders') }),
      pair({ id: '3', ref, value: link('users', 'orders') }),
    ]
    const home = new Map([['3', 'r']])
    const gone = saved(BOB, change('2', model('orders'), null))
    expect(routed({ sets: [gone], pairs, home })).toEqual({ 'review r': [['2']] })
    const renamed = saved(BOB, change('2', model('purchases')))
    expect(routed({ sets: [renamed], pairs, home })).toEqual({ 'review r': [['2']] })
  })

  it('[S21][S7] what has nothing to send stays with the branch, to be settled', () => {
    const sets = [saved(ANN, users, orders)]
    expect(routed({ sets, leaving: new Set(['2']) })).toEqual({
      branch: [['1']],
      'new ann@example.com': [['2']],
    })
  })

  it('[S21] every change goes to one place, in the order of the saves, and a resource to one place only', () => {
    const id = fc.integer({ min: 1, max: 5 }).map(String)
    const sets = fc.array(
      fc.record({
        author: fc.constantFrom(ANN, BOB),
        ids: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }),
      }),
      { maxLength: 8 },
    )
    const home = fc.dictionary(id, fc.constantFrom('r', 's'))
    fc.assert(
      fc.property(sets, home, fc.uniqueArray(id), fc.boolean(), (all, at, leaving, isReviewed) => {
        const saves = all.map(({ author, ids: own }) =>
          saved(author, ...own.map((one) => change(one, model(`m${one}`)))),
        )
        const parts = routeSets({
          pairs: [],
          sets: saves,
          leaving: new Set(leaving),
          home: new Map(Object.entries(at)),
          open: [],
          isReviewed,
        })
        const rows = parts.map(({ sets: own }) => own.flatMap(({ changes }) => changes.map((one) => one.id)))
        const order = saves.flatMap(({ changes }) => changes.map((one) => one.id))
        expect(rows.flat().sort()).toEqual([...order].sort())
        const places = new Map<string, Set<string>>()
        for (const { target, sets: own } of parts) {
          expect(own.map((one) => Number(one.id))).toEqual(
            own.map((one) => Number(one.id)).sort((a, b) => a - b),
          )
          for (const { resourceId } of own.flatMap(({ changes }) => changes)) {
            if (!leaving.includes(resourceId)) continue
            places.set(resourceId, (places.get(resourceId) ?? new Set()).add(keyOf(target)))
          }
        }
        // Without a review of its own, a resource can go to the branch and later be drawn into one.
        const inReviews = [...places.values()].map(
          (keys) => [...keys].filter((key) => key !== 'branch').length,
        )
        expect(inReviews.filter((many) => many > 1)).toEqual([])
      }),
    )
  })
})
