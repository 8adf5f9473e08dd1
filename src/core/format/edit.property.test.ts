import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomEdit } from '../../../test/support/random-edit.ts'
import { choicesOf, joinStyled, readStyled, styledYaml } from '../../../test/support/styled-yaml.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { editDocument } from './edit.ts'

const TEXTS: readonly Json[] = [
  'a',
  'word',
  'two words',
  '1',
  'true',
  1,
  2.5,
  true,
  null,
  '',
  'a: b',
  'x # y',
  '- z',
  'line one\nline two\n',
  'select *\nfrom t',
  'end\n\n',
  '  indented\nmore\n',
  'some long text that people would break over several lines in their files',
  "it's",
  'q"q',
  '[x',
  'é😀',
  '#h',
  'tab\tx',
  '2020-01-01',
  '\n',
  'p1\n\np2 with words\n',
]
const key = fc.constantFrom(
  'a',
  'b',
  'name',
  'long key',
  '1',
  'true',
  'null',
  '__proto__',
  'a: b',
  'x',
  'constructor',
)
const entries = (value: fc.Arbitrary<Json>, minLength: number) =>
  fc
    .array(fc.tuple(key, value), { minLength, maxLength: 5 })
    .map((pairs): JsonObject => Object.fromEntries(pairs))
const { tree } = fc.letrec<{ tree: Json; list: Json; map: Json }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.constantFrom(...TEXTS), tie('list'), tie('map')),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  map: entries(tie('tree'), 0),
}))
const styles = fc.array(fc.nat(1000), { minLength: 1, maxLength: 120 })
const edits = fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 })
const options = { numRuns: Number(process.env.TANDEM_FUZZ_RUNS ?? 150) }

/** Some styles do not go together: such a text is thrown away. */
function styled(value: JsonObject, numbers: readonly number[], anchors: boolean) {
  const choose = choicesOf(numbers)
  const parts = styledYaml(value, choose, { anchors })
  const text = joinStyled(parts, choose)
  fc.pre(sameText(readStyled(text), value))
  return { parts, text }
}

function sameText(a: Json | undefined, b: Json): boolean {
  try {
    expect(a).toEqual(b)
    return true
  } catch {
    return false
  }
}

/** A top-level value stays a mapping. */
function editSome(value: JsonObject, numbers: readonly number[]): JsonObject {
  const choose = choicesOf(numbers)
  let current = value
  for (let left = 1 + choose(4); left > 0; left -= 1) {
    const next = randomEdit(current, choose)
    if (isObject(next)) current = next
  }
  return current
}

describe('editing documents of many styles', () => {
  it('[F14] gives the wanted value by small edits alone, there and back', () => {
    fc.assert(
      fc.property(entries(tree, 1), styles, edits, fc.boolean(), (value, numbers, changes, anchors) => {
        const { text } = styled(value, numbers, anchors)
        const after = editSome(value, changes)
        const there = editDocument(text, after)
        expect({ value: readStyled(there.text), reach: there.reach }).toEqual({
          value: after,
          reach: 'changes',
        })
        const back = editDocument(there.text, value)
        expect({ value: readStyled(back.text), reach: back.reach }).toEqual({ value, reach: 'changes' })
      }),
      options,
    )
  })

  it('[F14] leaves every byte of the other fields alone', () => {
    fc.assert(
      fc.property(
        entries(tree, 2),
        styles,
        edits,
        fc.nat(4),
        fc.boolean(),
        (value, numbers, changes, which, takeOut) => {
          const { parts, text } = styled(value, numbers, false)
          const keys = Object.keys(value)
          fc.pre(keys.length > 1)
          const changed = keys[which % keys.length]
          const after = Object.fromEntries(
            Object.entries(value)
              .filter(([name]) => !takeOut || name !== changed)
              .map(([name, item]) => [name, name === changed ? randomEdit(item, choicesOf(changes)) : item]),
          )
          const at = parts.fields.findIndex(([name]) => name === changed)
          const above = /^(?:[ \t]*(?:#.*)?(?:\r\n|\n|\r))*/.exec(parts.fields[at]?.[1] ?? '')?.[0] ?? ''
          const join = (fields: typeof parts.fields) => fields.map(([, part]) => part).join('')
          const before = parts.head + join(parts.fields.slice(0, at)) + above
          const behind = join(parts.fields.slice(at + 1)) + parts.tail
          const ending = text.endsWith(behind) ? behind : behind.replace(/(\r\n|\n|\r)$/, '')
          const result = editDocument(text, after).text
          // A text without a last line break stays so when its last field goes.
          expect(result.slice(0, before.length)).toBe(
            ending === '' && takeOut ? before.slice(0, result.length) : before,
          )
          expect(result.slice(result.length - ending.length)).toBe(ending)
        },
      ),
      options,
    )
  })
})
