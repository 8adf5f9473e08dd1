import { expect, it } from 'vitest'
import {
  cardinalityWords,
  obviousPair,
  sharedFirst,
  withEnd,
  withNewPair,
  withoutPair,
  withPair,
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

it('[W2] proposes the one column that both sides have, and never over a choice', () => {
  const blank = { ...value, mapping: [{ fromColumn: '', toColumn: '' }] }
  const [users, orders] = [
    ['USER_ID', 'name'],
    ['order_id', 'user_id'],
  ]
  expect([
    obviousPair(blank, users, orders),
    obviousPair(blank, [...users, 'order_id'], orders),
    obviousPair(blank, users, ['order_id']),
    obviousPair(value, users, orders),
    obviousPair(withNewPair(blank), users, orders),
  ]).toEqual([{ fromColumn: 'USER_ID', toColumn: 'user_id' }, null, null, null, null])
})
