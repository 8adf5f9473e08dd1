import { describe, expect, it } from 'vitest'
import { diffValues } from './field-diff.ts'

describe('diffValues', () => {
  it('[F23] finds nothing between equal values', () => {
    expect(diffValues('models', { a: { b: 1, c: 2 }, columns: [] }, { a: { c: 2, b: 1 } })).toEqual([])
    expect(diffValues('models', null, null)).toEqual([])
  })

  it('[C4] names scalars and nested keys by pointers, in the order of the fields', () => {
    expect(
      diffValues(
        'syncs',
        { schedule: { type: 'manual' }, config: { 'a/b~c': 1, gone: { x: 1 } }, model: 'm' },
        { model: 'n', config: { 'a/b~c': 2, __come: [1] }, schedule: { type: 'manual' } },
      ),
    ).toEqual([
      { path: '/model', before: 'm', after: 'n' },
      { path: '/config/gone', before: { x: 1 } },
      { path: '/config/a~1b~0c', before: 1, after: 2 },
      { path: '/config/__come', after: [1] },
    ])
  })

  it('[C4] gives one change a field for what came or went', () => {
    const value = { name: 'N', columns: [{ name: 'a' }] }
    expect(diffValues('models', null, value)).toEqual([
      { path: '/name', after: 'N' },
      { path: '/columns', after: [{ name: 'a' }] },
    ])
    expect(diffValues('models', value, null)).toEqual([
      { path: '/name', before: 'N' },
      { path: '/columns', before: [{ name: 'a' }] },
    ])
  })

  it('[C4] pairs columns by their names', () => {
    expect(
      diffValues(
        'models',
        { columns: [{ name: 'a' }, { name: 'b' }, { name: 'c', label: 'C' }] },
        { columns: [{ name: 'a' }, { name: 'c', label: 'D' }, { name: 'd' }] },
      ),
    ).toEqual([
      { path: '/columns/1/label', before: 'C', after: 'D' },
      { path: '/columns/2', after: { name: 'd' } },
      { path: '/columns/1', before: { name: 'b' } },
    ])
  })

  it('[C4] tells a renamed column at its place once', () => {
    expect(
      diffValues(
        'models',
        { columns: [{ name: 'a', label: 'A' }] },
        { columns: [{ name: 'b', label: 'A' }] },
      ),
    ).toEqual([{ path: '/columns/0/name', before: 'a', after: 'b' }])
  })

  it('[C4] compares lists of pairs by index, lists of scalars and of other lengths as a whole', () => {
    const pair = (fromColumn: string) => ({ fromColumn, toColumn: 'x' })
    expect(diffValues('model-relationships', { mapping: [pair('a')] }, { mapping: [pair('b')] })).toEqual([
      { path: '/mapping/0/fromColumn', before: 'a', after: 'b' },
    ])
    expect(
      diffValues('model-relationships', { mapping: [pair('a')] }, { mapping: [pair('a'), pair('b')] }),
    ).toEqual([{ path: '/mapping', before: [pair('a')], after: [pair('a'), pair('b')] }])
    expect(diffValues('models', { tags: ['a', 'b'] }, { tags: ['b', 'c'] })).toEqual([
      { path: '/tags', before: ['a', 'b'], after: ['b', 'c'] },
    ])
  })

  it('[C4] tells another order of named elements as a whole', () => {
    const [a, b] = [{ name: 'a' }, { name: 'b' }]
    expect(diffValues('models', { columns: [a, b] }, { columns: [b, a] })).toEqual([
      { path: '/columns', before: [a, b], after: [b, a] },
    ])
  })
})
