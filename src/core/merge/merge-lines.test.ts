import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeLines } from './merge-lines.ts'

const options = {
  numRuns: Number(process.env.TANDEM_PROPERTY_RUNS ?? 300),
}
const base = 'a\nb\nc\nd\ne\n'

describe('merging a text by line', () => {
  it.each([
    ['changes far apart', 'A\nb\nc\nd\ne\n', 'a\nb\nc\nd\nE\n', 'A\nb\nc\nd\nE\n'],
    ['one unchanged line between', 'a\nB\nc\nd\ne\n', 'a\nb\nc\nD\ne\n', 'a\nB\nc\nD\ne\n'],
    ['insertions and deletions', 'x\na\nb\nc\nd\ne\n', 'a\nb\nd\ne\n', 'x\na\nb\nd\ne\n'],
    ['the same hunk on both sides beside another', 'A\nb\nc\nd\ne\n', 'A\nb\nc\nd\nE\n', 'A\nb\nc\nd\nE\n'],
    ['a last line break that went', 'A\nb\nc\nd\ne\n', 'a\nb\nc\nd\ne', 'A\nb\nc\nd\ne'],
    ['a changed line end', 'a\r\nb\nc\nd\ne\n', 'a\nb\nc\nd\nE\n', 'a\r\nb\nc\nd\nE\n'],
  ])('[S4] %s', (_, ours, theirs, merged) => {
    expect(mergeLines({ base, ours, theirs })).toBe(merged)
    expect(mergeLines({ base, ours: theirs, theirs: ours })).toBe(merged)
  })

  it.each([
    ['the same line', 'a\nb\nX\nd\ne\n', 'a\nb\nY\nd\ne\n'],
    ['lines next to each other', 'a\nB\nc\nd\ne\n', 'a\nb\nC\nd\ne\n'],
    ['an insertion before a changed line', 'a\nx\nb\nc\nd\ne\n', 'a\nB\nc\nd\ne\n'],
    ['an insertion behind a changed line', 'a\nb\nx\nc\nd\ne\n', 'a\nB\nc\nd\ne\n'],
    ['two insertions at one place', 'a\nb\nx\nc\nd\ne\n', 'a\nb\ny\nc\nd\ne\n'],
    ['a hunk that both have and one has more of', 'A\nB\nc\nd\ne\n', 'A\nb\nc\nd\ne\n'],
    ['the last line and its line break', 'a\nb\nc\nd\nE\n', 'a\nb\nc\nd\ne'],
    ['all line ends and a line', 'a\r\nb\r\nc\r\nd\r\ne\r\n', 'a\nb\nC\nd\ne\n'],
  ])('[S4] not where the hunks touch: %s', (_, ours, theirs) => {
    expect(mergeLines({ base, ours, theirs })).toBeNull()
    expect(mergeLines({ base, ours: theirs, theirs: ours })).toBeNull()
  })

  it('[S4] not where a side changed more lines than anybody edits', () => {
    const lines = (...texts: string[]) => texts.flatMap((text) => Array(1_200).fill(text)).join('\n')
    const sides = { base: lines('a', 'keep'), ours: lines('A', 'keep'), theirs: `${lines('a', 'keep')}\nend` }
    expect(mergeLines(sides)).toBeNull()
  })

  it('[S4] [S6] hunks with an unchanged line between all come in', () => {
    const by = fc.constantFrom('ours', 'theirs', 'both', 'none')
    const part = fc.record({ old: fc.nat(3), changed: fc.nat(3), by })
    const end = fc.constantFrom('', '\r')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), end, (parts, lineEnd) => {
        const lines = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`)
        const side = (...names: string[]) =>
          parts
            .flatMap(({ old, changed, by }, i) => [
              ...(names.includes(by) ? lines(`new ${i}.`, changed) : lines(`old ${i}.`, old)),
              `between ${i}`,
            ])
            .join(`${lineEnd}\n`)
        const [ours, theirs] = [side('ours', 'both'), side('theirs', 'both')]
        expect(mergeLines({ base: side(), ours, theirs })).toBe(side('ours', 'theirs', 'both'))
      }),
      options,
    )
  })

  it('[S4] [S6] one side’s change is the result, equal changes too, and no side is preferred', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 8 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, text, (old, ours, theirs) => {
        expect(mergeLines({ base: old, ours, theirs: old })).toBe(ours)
        expect(mergeLines({ base: old, ours, theirs: ours })).toBe(ours)
        const merged = mergeLines({ base: old, ours, theirs })
        expect(mergeLines({ base: old, ours: theirs, theirs: ours })).toBe(merged)
        if (merged === null) return
        const lines = new Set([...ours.split('\n'), ...theirs.split('\n')])
        expect(merged.split('\n').filter((line) => !lines.has(line))).toEqual([])
      }),
      options,
    )
  })
})
