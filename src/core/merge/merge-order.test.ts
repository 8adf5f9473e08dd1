import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharedOrder, weave } from './merge-order.ts'

const options = {
  numRuns: Number(process.env.TANDEM_PROPERTY_RUNS ?? 300),
}

/** A letter is a name. `-`: both sides moved elements, each in its own way. */
function merged(base: string, ours: string, theirs: string): string {
  const shared = sharedOrder([...base], [...ours], [...theirs])
  return shared ? weave(shared, [...ours], [...theirs]).join('') : '-'
}

describe('the order of a list with names', () => {
  it.each([
    ['nothing moved', 'abc', 'abc', 'abc', 'abc'],
    ['one side moved one', 'abcd', 'bcda', 'abcd', 'bcda'],
    ['one side moved one, the other took one out', 'abcd', 'dabc', 'abd', 'dabc'],
    ['both made the same move', 'abc', 'cab', 'cab', 'cab'],
    ['both moved, each in its own way', 'abc', 'cab', 'bac', '-'],
    ['additions at two places', 'ab', 'xab', 'aby', 'xaby'],
    ['additions at one place go by their first names', 'ab', 'abyx', 'abzw', 'abyxzw'],
    ['an addition goes with what it follows', 'abc', 'abcx', 'cab', 'cxab'],
    ['an addition at the head stays there', 'ab', 'xab', 'ba', 'xba'],
    ['an addition behind one that went', 'abc', 'abcx', 'ab', 'abcx'],
    ['the same addition at the same place', 'ab', 'axb', 'axb', 'axb'],
    ['the same addition, each with one of its own', 'ab', 'abxy', 'abwx', 'abwxy'],
    ['the same addition, where one side also moved', 'abc', 'axbc', 'caxb', 'caxb'],
    ['the same addition at two places', 'ab', 'axb', 'abx', '-'],
    ['the same additions in two orders', 'ab', 'abxy', 'abyx', '-'],
    ['no base, the same order', '', 'ab', 'abc', 'abc'],
    ['no base, two orders', '', 'ab', 'ba', '-'],
  ])('[S4] %s', (_, base, ours, theirs, order) => {
    expect([merged(base, ours, theirs), merged(base, theirs, ours)]).toEqual([order, order])
  })

  it('[S4] [S6] is of all names once, prefers no side, and is a side’s own where that side alone moved', () => {
    const side = fc.shuffledSubarray([...'abcdef']).map((names) => names.join(''))
    fc.assert(
      fc.property(side, side, side, (base, ours, theirs) => {
        const order = merged(base, ours, theirs)
        expect(merged(base, theirs, ours)).toBe(order)
        expect(merged(base, base, theirs)).not.toBe('-')
        const kept = (text: string, by: string) => [...text].filter((name) => by.includes(name)).join('')
        const shared = kept(kept(base, ours), theirs)
        const [old, a, b] = [base, ours, theirs].map((text) => kept(text, shared))
        if (order === '-') {
          const added = [...ours].some((name) => theirs.includes(name) && !base.includes(name))
          expect(a !== b || added).toBe(true)
          expect(added || (a !== old && b !== old)).toBe(true)
          return
        }
        expect([...order].sort()).toEqual([...new Set(ours + theirs)].sort())
        expect(kept(order, shared)).toBe(a === old ? b : a)
        if (b === old || a === b) expect(kept(order, ours)).toBe(ours)
        if (a === old || a === b) expect(kept(order, theirs)).toBe(theirs)
      }),
      options,
    )
  })
})
