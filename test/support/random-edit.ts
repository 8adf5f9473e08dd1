import { isObject, type Json, type JsonObject } from '../../src/core/model/json.ts'
import type { Choices } from './styled-yaml.ts'

const WORDS: readonly Json[] = [
  'x',
  'new value',
  'yes: no',
  '',
  'a # b',
  'two\nlines\n',
  ' lead',
  'null',
  '12',
  12,
  -0.5,
  true,
  null,
  'it\'s "both"',
  'select 1\n\nfrom t',
  'keep\n\n',
  'a long sentence that goes on and on until it is much wider than eighty columns, as descriptions do',
  '{flow, [like]}',
  'tab\there',
  [],
  {},
  ['one', { two: 2 }],
  { k: 'v', list: [1, [2]] },
  '😀 é',
]

/** A copy with one small change somewhere: what people do to values. */
export function randomEdit(value: Json, choose: Choices): Json {
  if (isObject(value)) return editObject(value, choose)
  if (Array.isArray(value)) return editList(value, choose)
  return WORDS[choose(WORDS.length)] ?? null
}

function editObject(value: JsonObject, choose: Choices): JsonObject {
  const entries = Object.entries(value)
  const at = choose(Math.max(entries.length, 1))
  const entry = entries[at]
  const word = WORDS[choose(WORDS.length)] ?? null
  switch (entry === undefined ? 3 : choose(6)) {
    case 4:
      return Object.fromEntries(entries.filter((_, i) => i !== at))
    case 3: {
      const key = ['zz new', 'added', '7', '__proto__', 'null', 'a: b', '# c'][choose(7)] ?? ''
      return Object.fromEntries([
        ...entries.slice(0, at).filter(([name]) => name !== key),
        [key, word],
        ...entries.slice(at).filter(([name]) => name !== key),
      ])
    }
    case 2:
      return Object.fromEntries(entries.map(([key, item], i) => [key, i === at ? word : item]))
    default:
      return Object.fromEntries(
        entries.map(([key, item], i) => [key, i === at ? randomEdit(item, choose) : item]),
      )
  }
}

function editList(value: readonly Json[], choose: Choices): Json {
  const at = choose(Math.max(value.length, 1))
  const word = WORDS[choose(WORDS.length)] ?? null
  switch (value.length === 0 ? 3 : choose(7)) {
    case 6:
      return []
    case 5:
      return [...value.slice(1), ...value.slice(0, 1)]
    case 4:
      return value.filter((_, i) => i !== at)
    case 3:
      return [...value.slice(0, at), word, ...value.slice(at)]
    case 2:
      return [...value, word]
    default:
      return value.map((item, i) => (i === at ? randomEdit(item, choose) : item))
  }
}
