import { expect, it } from 'vitest'
import {
  cardinalityWords,
  isBlankMapping,
  measureOf,
  sharedFirst,
  withEnd,
  withNewPair,
  withoutPair,
  withPair,
  withProposal,
} from './relationship.ts'

const value = {
  from: { slug: 'users', mergeColumns: false },
  to: { slug: 'orders', mergeColumns: false },
  cardinality: '1:many',
  mapping: [{ fromColumn: 'id', toColumn: 'user_id', note: 'kept' }],
}

it('[F15] changes one key of an end or a pair and keeps the rest', () => {
  expect(withEnd(value, 'to', 'relationshipName', 'Buyer').to).toEqual({
    slug: 'orders',
    mergeColumns: false,
    relationshipName: 'Buyer',
  })
  expect(
    withEnd(withEnd(value, 'to', 'relationshipName', 'Buyer'), 'to', 'relationshipName', undefined),
  ).toEqual(value)
  expect(withPair(value, 0, 'toColumn', 'buyer_id').mapping).toEqual([
    { fromColumn: 'id', toColumn: 'buyer_id', note: 'kept' },
  ])
})

it('[F8] holds one or more key pairs', () => {
  const two = withNewPair(value)
  expect(two.mapping).toEqual([...value.mapping, { fromColumn: '', toColumn: '' }])
  expect(withoutPair(two, 1)).toEqual(value)
})

it('[W2] says cardinality in words and offers shared columns first', () => {
  expect(cardinalityWords('1:many', 'Users', 'Orders').means).toBe('A row of Users has many of Orders')
  expect(sharedFirst(['a', 'USER_ID', 'b'], ['user_id'])).toEqual(['USER_ID', 'a', 'b'])
})

it('[W3] a proposal goes where nothing was chosen yet, and never over a choice', () => {
  const blank = { ...value, mapping: [{ fromColumn: '', toColumn: '' }] }
  const pair = { fromColumn: 'USER_ID', toColumn: 'user_id' }
  expect([blank, value, withNewPair(blank)].map(isBlankMapping)).toEqual([true, false, false])
  expect(withProposal(blank, pair).mapping).toEqual([pair])
  expect(withProposal(value, pair).mapping).toEqual([...value.mapping, pair])
  expect(withProposal(withNewPair(value), pair).mapping).toEqual([...value.mapping, pair])
})

it('[W3] is measured as it is about to be declared, once nothing is missing', () => {
  const users = { kind: 'parent-models', slug: 'users', name: 'Users' } as const
  const orders = { kind: 'related-models', slug: 'orders', name: 'Orders' } as const
  expect(measureOf(value, users, orders)).toEqual({
    from: { kind: 'parent-models', slug: 'users' },
    to: { kind: 'related-models', slug: 'orders' },
    cardinality: '1:many',
    mapping: [{ fromColumn: 'id', toColumn: 'user_id' }],
  })
  expect([
    measureOf(withNewPair(value), users, orders),
    measureOf({ ...value, cardinality: 'many' }, users, orders),
    measureOf({ ...value, mapping: [] }, users, orders),
  ]).toEqual([null, null, null])
})
