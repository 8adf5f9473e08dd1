import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flattenAll } from '../../../test/support/merge-fields.ts'
import { mergeSamples } from '../../../test/support/merge-samples.ts'
import { sameValue, withoutEmptyBlocks } from '../format/normalize.ts'
import { sameJson } from '../model/json.ts'
import type { FileKind } from '../model/kind.ts'
import type { Value } from '../model/resource.ts'
import { applyChoices, type Choice } from './apply-choices.ts'
import type { MergeField } from './merge-field.ts'
import type { MergeSides } from './merge-resource.ts'
import { mergeValues } from './merge-values.ts'

const options = {
  numRuns: Number(process.env.TANDEM_PROPERTY_RUNS ?? 300),
}

const choice = fc.constantFrom<'ours' | 'theirs'>('ours', 'theirs')

const swapped = ({ ours, theirs, ...rest }: MergeSides): MergeSides => ({
  ...rest,
  ours: theirs,
  theirs: ours,
})
const MIRRORED: Readonly<Record<string, MergeField['reason']>> = {
  'removed-by-ours': 'removed-by-theirs',
  'removed-by-theirs': 'removed-by-ours',
  'only-in-ours': 'only-in-theirs',
  'only-in-theirs': 'only-in-ours',
}
function mirrored({ ours, theirs, reason, ...rest }: MergeField): MergeField {
  return {
    ...rest,
    reason: MIRRORED[reason] ?? reason,
    ...(theirs === undefined ? {} : { ours: theirs }),
    ...(ours === undefined ? {} : { theirs: ours }),
  }
}
const fieldsOf = (kind: FileKind, sides: MergeSides) => {
  const result = mergeValues(kind, sides)
  return result.kind === 'conflict' ? result.fields : []
}
const takeAll = (kind: FileKind, sides: MergeSides, take: Choice) =>
  applyChoices(kind, sides, new Map(fieldsOf(kind, sides).map(({ path }) => [path, take])))

function leavesOf(kind: FileKind, { base, ours, theirs }: MergeSides, result: Value | null) {
  const [old, a, b, merged] = flattenAll(kind, [base, ours, theirs, result])
  const all = new Set([old, a, b, merged].flatMap((side) => [...(side?.keys() ?? [])]))
  return [...all].map((at) => ({
    at,
    was: old?.get(at),
    ours: a?.get(at),
    theirs: b?.get(at),
    result: merged?.get(at),
  }))
}

/** A map or list itself is told by its pointer, a space and its brackets. */
function isIn(path: string, at: string): boolean {
  return path === '' || `${at.replace(' ', '/')}/`.startsWith(`${path}/`)
}

describe('merging one resource', () => {
  it('[S3] [S6] a side’s change alone is the result, and so is what both changed alike', () => {
    fc.assert(
      fc.property(mergeSamples, ({ kind, sides: { base, ours } }) => {
        const expected = { kind: 'merged', value: ours && withoutEmptyBlocks(kind, ours) }
        expect(mergeValues(kind, { base, ours, theirs: base })).toEqual(expected)
        expect(mergeValues(kind, { base, ours: base, theirs: ours })).toEqual(expected)
        expect(mergeValues(kind, { base, ours, theirs: ours })).toEqual(expected)
        expect(mergeValues(kind, { base: ours, ours, theirs: ours })).toEqual(expected)
      }),
      options,
    )
  })

  it('[S6] no side is preferred: it is the same with the sides swapped, byte for byte', () => {
    fc.assert(
      fc.property(mergeSamples, ({ kind, sides }) => {
        const [one, other] = [mergeValues(kind, sides), mergeValues(kind, swapped(sides))]
        if (one.kind === 'merged') {
          expect(JSON.stringify(other)).toBe(JSON.stringify(one))
          return
        }
        expect(other.kind === 'conflict' && other.fields.map(mirrored)).toEqual(one.fields)
        const ours = takeAll(kind, sides, 'ours')
        expect(JSON.stringify(ours)).toBe(JSON.stringify({ kind: 'resolved', value: one.value }))
        expect(JSON.stringify(takeAll(kind, swapped(sides), 'theirs'))).toBe(JSON.stringify(ours))
      }),
      options,
    )
  })

  it('[S4] [S6] every edit is in the result or in a conflict, and nothing else is', () => {
    const takes = fc.array(choice, { minLength: 30, maxLength: 30 })
    fc.assert(
      fc.property(mergeSamples, takes, ({ kind, sides }, take) => {
        const fields = fieldsOf(kind, sides).filter(({ reason }) => reason !== 'order')
        const choices = new Map(fieldsOf(kind, sides).map(({ path }, i) => [path, take[i % 30] ?? 'ours']))
        const resolution = applyChoices(kind, sides, choices)
        if (resolution.kind === 'refused') throw new Error(JSON.stringify(resolution.problems))
        const asked = sides.isFirst === true && sides.ours !== null && sides.theirs !== null
        const leaves = leavesOf(kind, sides, resolution.value)
        for (const { at, was, ours, theirs, result } of leaves) {
          const field = fields.find(({ path }) => isIn(path, at))
          if (field) expect([at, result]).toEqual([at, choices.get(field.path) === 'ours' ? ours : theirs])
          else if (ours === theirs) expect([at, result]).toEqual([at, ours])
          else if (ours === was && !asked) expect([at, result]).toEqual([at, theirs])
          else if (theirs === was && !asked) expect([at, result]).toEqual([at, ours])
          else expectLinesOf(at, result, [was, ours, theirs])
        }
        for (const { path, base, ours, theirs } of fields) {
          const isChanged = asked || (!sameJson(base, ours) && !sameJson(base, theirs))
          expect([path, isChanged && !sameJson(ours, theirs)]).toEqual([path, true])
        }
      }),
      options,
    )
  })

  it('[S6] merged once is merged: with what one side has of it, and with the other as the new base', () => {
    fc.assert(
      fc.property(mergeSamples, ({ kind, sides }) => {
        const merged = mergeValues(kind, sides)
        const { ours, theirs } = sides
        if (merged.kind === 'conflict') return
        expect(mergeValues(kind, { base: theirs, ours: merged.value, theirs })).toEqual(merged)
        expect(mergeValues(kind, { base: ours, ours, theirs: merged.value })).toEqual(merged)
        if (sides.isFirst) return
        expect(mergeValues(kind, { ...sides, ours: merged.value })).toEqual(merged)
        expect(mergeValues(kind, { ...sides, theirs: merged.value })).toEqual(merged)
      }),
      options,
    )
  })

  it('[S5] [S6] a resolution put on one side leaves no conflict once the other is the base', () => {
    fc.assert(
      fc.property(mergeSamples, choice, ({ kind, sides }, take) => {
        const resolved = takeAll(kind, sides, take)
        if (resolved.kind === 'refused') throw new Error(JSON.stringify(resolved.problems))
        const { value } = resolved
        const { ours, theirs } = sides
        expect(mergeValues(kind, { base: theirs, ours: value, theirs })).toEqual({ kind: 'merged', value })
        expect(mergeValues(kind, { base: ours, ours, theirs: value })).toEqual({ kind: 'merged', value })
        const whole = take === 'ours' ? ours : theirs
        if (sides.isFirst && ours && theirs)
          expect(whole && value && sameValue(kind, value, whole)).toBe(true)
      }),
      options,
    )
  })
})

/** Both sides changed the field and it is no conflict: its SQL was merged by line, and nothing else changed. */
function expectLinesOf(at: string, merged: string | undefined, sides: readonly (string | undefined)[]): void {
  const [result, ...parsed] = [merged, ...sides].map((text) => JSON.parse(text ?? 'null'))
  expect(at).toBe('/type')
  for (const side of parsed) expect({ ...side, rawSql: result.rawSql }).toEqual(result)
  const lines = ({ rawSql }: { rawSql: string }) => rawSql.split('\n')
  const [was, a, b] = parsed.map(lines)
  expect(lines(result)).toEqual(was?.map((line, i) => (a?.[i] === line ? b?.[i] : a?.[i])))
}
