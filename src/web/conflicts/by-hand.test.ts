import { expect, it } from 'vitest'
import type { MergeFieldWire } from '../../core/wire/plan.ts'
import { handOf, printHand, readHand, sqlSides, startOf } from './by-hand.ts'

const field = (more: Partial<MergeFieldWire>): MergeFieldWire => ({
  path: '/name',
  paths: ['/name'],
  reason: 'both-changed',
  ...more,
})
const group = (sql: string) => ({ type: 'raw_sql', source: 'main', rawSql: sql })
const sql = field({
  path: '/type',
  paths: ['/type', '/source', '/rawSql'],
  base: group('select 1'),
  ours: group('select 2'),
  theirs: group('select 3'),
})

it('[W5] a value is written as what it is: a line, a text, SQL, JSON', () => {
  expect([
    handOf(field({ ours: 'a', theirs: 'b' })),
    handOf(field({ ours: 'a\nb', theirs: 'b' })),
    handOf(field({ ours: true, theirs: 'b' })),
    handOf(sql),
    handOf({ ...sql, theirs: { type: 'table', source: 'main', tableName: 'users' } }),
  ]).toEqual(['line', 'text', 'json', 'sql', 'json'])
})

it('[W5] writing SQL by hand changes the SQL alone, and what is written reads back', () => {
  expect([printHand('sql', startOf(sql)), readHand('sql', sql, 'select 4')]).toEqual([
    'select 2',
    { kind: 'value', value: group('select 4') },
  ])
  expect(readHand('json', field({ ours: [1], theirs: [2] }), '[1, 2]')).toEqual({
    kind: 'value',
    value: [1, 2],
  })
  expect(readHand('json', field({ ours: [1], theirs: [2] }), '[1,').kind).toBe('broken')
})

it('[W5] SQL is compared where both sides have some and it differs', () => {
  expect([
    sqlSides(sql),
    sqlSides({ ...sql, theirs: sql.ours }),
    sqlSides({ ...sql, theirs: { type: 'table', tableName: 'users' } }),
  ]).toEqual([{ ours: 'select 2', theirs: 'select 3' }, null, null])
})
