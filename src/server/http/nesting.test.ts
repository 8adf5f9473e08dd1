import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nestsDeeper } from './nesting.ts'

const numRuns = Number(process.env.TANDEM_PROPERTY_RUNS ?? 200)

describe('nestsDeeper', () => {
  it.each([
    ['[]', 0, 0],
    ['[]', 1, null],
    ['[[], {"a": {}}]', 2, 11],
    ['[[], {"a": {}}]', 3, null],
    ['{"a": "[[[", "b\\"{": "\\\\"}', 1, null],
    ['["\\\\", [1]]', 1, 7],
  ])('[F20] counts what is open at once, and nothing inside of texts: %s, %i', (json, levels, at) => {
    expect(nestsDeeper(json, levels)).toBe(at)
  })

  it('[F20] finds the depth that the parsed value has', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const [json, depth] = [JSON.stringify(value), depthOf(value)]
        return nestsDeeper(json, depth) === null && (depth === 0 || nestsDeeper(json, depth - 1) !== null)
      }),
      { numRuns },
    )
  })
})

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}
