import { describe, expect, it } from 'vitest'
import { didYouMean, nearestNames } from './nearest.ts'

describe('did you mean', () => {
  it.each([
    ['oders', ['orders', 'users', 'others'], ['orders']],
    ['main-databse', ['main-database', 'other-database'], ['main-database']],
    ['Users', ['users', 'user', 'purchases'], ['users', 'user']],
    ['sued', ['used', 'sud', 'seud'], ['seud', 'sud', 'used']],
    ['nothing', ['same', 'users'], []],
    ['', ['a', 'ab'], ['a']],
  ])('[F21] %s among %j', (wanted, names, expected) => {
    expect(nearestNames(wanted, names)).toEqual(expected)
  })

  it('[F21] a name of a mebibyte costs nothing', () => {
    const before = performance.now()
    expect(nearestNames('x'.repeat(1024 * 1024), ['y'.repeat(1024 * 1024)])).toEqual([])
    expect(performance.now() - before).toBeLessThan(5_000)
  })

  it('[F21] in words', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((names) => didYouMean(names))).toEqual([
      null,
      'Did you mean `a`?',
      'Did you mean `a` or `b`?',
      'Did you mean `a`, `b` or `c`?',
    ])
  })
})
