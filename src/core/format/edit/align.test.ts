import { describe, expect, it } from 'vitest'
import { align } from './align.ts'

const pairs = (before: Parameters<typeof align>[0], after: Parameters<typeof align>[1]) =>
  align(before, after).map(({ from, to }) => [from, to])

describe('align', () => {
  it('[F14] pairs equal elements first', () => {
    expect(pairs(['a', 'b', 'c'], ['a', 'c'])).toEqual([
      [0, 0],
      [2, 1],
    ])
    expect(pairs(['a', 'b'], ['x', 'a', 'b'])).toEqual([
      [0, 1],
      [1, 2],
    ])
  })

  it('[F14] then those of one name, then those that share most', () => {
    expect(
      pairs(
        [
          { name: 'a', l: 1 },
          { name: 'b', l: 1 },
        ],
        [{ name: 'b', l: 2 }],
      ),
    ).toEqual([[1, 0]])
    expect(
      pairs(
        [
          { k: 1, l: 1 },
          { k: 2, l: 2 },
        ],
        [{ k: 2, l: 3 }],
      ),
    ).toEqual([[1, 0]])
  })

  it('[F14] pairs no element with one of another kind', () => {
    expect(pairs(['a'], [{ name: 'a' }])).toEqual([])
    expect(pairs([['a']], [{ name: 'a' }])).toEqual([])
  })

  it('[F14] cuts long lists at what both have once', () => {
    const before = Array.from({ length: 3000 }, (_, i) => ({ name: `c${i}`, label: 'x' }))
    const after = [
      { name: 'c0', label: 'y' },
      ...before.slice(2, 1500),
      { name: 'new', label: 'z' },
      ...before.slice(1500, 2999),
      { name: 'c2999', label: 'y' },
    ]
    const expected = before.flatMap((_, i) => (i === 1 ? [] : [[i, i === 0 ? 0 : i < 1500 ? i - 1 : i]]))
    expect(pairs(before, after)).toEqual(expected)
  })
})
