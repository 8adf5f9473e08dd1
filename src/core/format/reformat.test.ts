import { CORE_SCHEMA, load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../model/json.ts'
import { personStyle } from './person-style.ts'
import { reformat } from './reformat.ts'

describe('personStyle', () => {
  it.each([
    [
      'a: \'x # y\' # one\n# two\nb: |\n  # text\n  &t\nc: &a 1\nd: [*a, &b x#y, "# z"]\n',
      { comments: 2, anchors: 2 },
    ],
    ['a: 1\rb: 2 # one\r# two\r', { comments: 2, anchors: 0 }],
    ['a: x#y\nb: a&b\n', { comments: 0, anchors: 0 }],
    ['\uFEFF# top\r\na: >+ # head\r\n  x\r\n', { comments: 2, anchors: 0 }],
  ])('[C2] counts comments and anchors of %j', (text, count) => {
    expect(personStyle(text)).toEqual(count)
  })
})

describe('reformat', () => {
  it('[F12] gives the canonical text, and what it would lose', () => {
    const text = 'b: 1 # note\nname: "N"\n'
    const value = load(text, { schema: CORE_SCHEMA }) as JsonObject // a mapping
    expect(reformat('models', text, value)).toEqual({
      kind: 'changed',
      text: "name: 'N'\nb: 1\n",
      loses: { comments: 1, anchors: 0 },
    })
    expect(reformat('models', "name: 'N'\nb: 1\n", value)).toEqual({ kind: 'canonical' })
  })
})
