import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Cardinality, type KeySample, measureKeys, percent } from './measure-keys.ts'

const sample = (keys: readonly (string | null)[], type = 'BIGINT', complete = true): KeySample => ({
  types: [type],
  rows: keys.map((key) => [key]),
  complete,
})
const declared = (cardinality: Cardinality) => ({
  cardinality,
  pairs: [{ fromColumn: 'id', toColumn: 'user_id' }],
  names: { from: 'Users', to: 'Orders' },
})
const codes = (from: KeySample, to: KeySample, cardinality: Cardinality) =>
  measureKeys(from, to, declared(cardinality)).warnings.map(({ code }) => code)

it('[W3] measures the matched share, the real cardinality and the keys that are missing', () => {
  const users = sample(['1', '2', '3', '4'])
  const orders = sample(['1', '1', '2', '9', null])
  expect(measureKeys(users, orders, declared('1:many'))).toEqual({
    from: { rows: 4, complete: true, keys: 4, missing: 0, matched: 0.5 },
    to: { rows: 5, complete: true, keys: 3, missing: 1, matched: 0.75 },
    cardinality: '1:many',
    warnings: [
      {
        code: 'keys-missing',
        message: '20 % of the rows of Orders have no value in these columns: they are joined to nothing.',
      },
    ],
  })
})

it('[W3] warns when the rows contradict the declared cardinality, and not when they are fewer so far', () => {
  const [one, many] = [sample(['1', '2']), sample(['1', '1', '2'])]
  expect(codes(one, many, '1:1')).toEqual(['cardinality-differs'])
  expect(codes(one, many, 'many:1')).toEqual(['cardinality-differs'])
  expect(codes(many, one, '1:many')).toEqual(['cardinality-differs'])
  expect(codes(many, many, 'many:1')).toEqual(['cardinality-differs'])
  expect(codes(one, one, '1:many')).toEqual([])
  expect(codes(one, many, '1:many')).toEqual([])
  expect(measureKeys(many, many, declared('1:many')).warnings[0]?.message).toBe(
    'Declared is 1:many, but Users has several rows with the same key. No relationship is many to many: join by columns that are unique on one side.',
  )
})

it('[W3] warns when types differ, and when nothing or little is found on the other side', () => {
  expect(codes(sample(['1']), sample(['1'], 'character varying(9)'), '1:1')).toEqual(['types-differ'])
  expect(codes(sample(['1', '2']), sample(['8', '9']), '1:1')).toEqual(['nothing-matches'])
  expect(codes(sample(['1', '2', '3', '4', '5']), sample(['5', '6', '7', '8', '9']), '1:1')).toEqual([
    'few-match',
  ])
  expect(codes(sample([]), sample([]), '1:1')).toEqual([])
})

it('[W3] of the first rows alone it claims no share that the rest could change', () => {
  const part = sample(['1', '2'], 'BIGINT', false)
  expect(measureKeys(sample(['1', '3']), part, declared('1:1'))).toMatchObject({
    from: { matched: null },
    to: { matched: 0.5, complete: false },
    warnings: [],
  })
})

it('[W3] two columns are one key, and a part of it that is missing makes it none', () => {
  const pair = (...rows: (string | null)[][]): KeySample => ({ types: ['INT', 'TEXT'], rows, complete: true })
  const measured = measureKeys(pair(['1', 'a'], ['1', 'b']), pair(['1', 'a'], ['1', null]), declared('1:1'))
  expect([measured.from.matched, measured.to.missing, measured.cardinality]).toEqual([0.5, 1, '1:1'])
})

it('[W3] turned around, everything is the other way round', () => {
  const keys = fc.array(fc.option(fc.constantFrom('a', 'b', 'c', '["a"]')), { maxLength: 12 })
  const turned = { '1:1': '1:1', '1:many': 'many:1', 'many:1': '1:many', 'many:many': 'many:many' } as const
  fc.assert(
    fc.property(keys, keys, fc.boolean(), fc.boolean(), (a, b, allA, allB) => {
      const [from, to] = [sample(a, 'TEXT', allA), sample(b, 'TEXT', allB)]
      const [there, back] = [measureKeys(from, to, declared('1:1')), measureKeys(to, from, declared('1:1'))]
      expect([there.from, there.to]).toEqual([back.to, back.from])
      expect(there.cardinality && turned[there.cardinality]).toBe(back.cardinality)
    }),
  )
})

it('[W3] a share is told as it is', () => {
  expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual([
    '0 %',
    'less than 1 %',
    '50 %',
    'more than 99 %',
    '100 %',
  ])
})
