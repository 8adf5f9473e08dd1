import fc from 'fast-check'
import { dump } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../model/json.ts'
import { printTree } from './print-tree.ts'

const RUNS = Number(process.env.TANDEM_PROPERTY_RUNS ?? 1_000)

/** Pieces that mean something to YAML or to folding, so that they meet often. */
const PIECES = [
  ...['a', 'word', 'Zeta', 'é', '€', ' ', ' ', '  ', '\n', '\n', '\n\n', '\t', '\r', ':', ': ', ' #', '#'],
  ...['-', '- ', '?', '|', '>', "'", '"', '[', ']', '{', '}', ',', '&', '*', '!', '%', '@', '`', '=', '.'],
  ...['0', '1', '12', '007', '0x1f', '1e3', '+', '_', '2020-01-01', '1:20', '<<', '~', 'null', 'true', 'No'],
  ...['😀', '\ud800', '\u00a0', '\u0085', '\u2028', '\ufeff', '\u007f', '\0', 'select * from users '],
  ...['x'.repeat(39), 'y'.repeat(79), 'z'.repeat(81)],
]
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((list) => list.join(''))
const sentence = fc
  .array(fc.stringMatching(/^[a-z]{1,14}$/), { minLength: 1, maxLength: 60 })
  .map((words) => words.join(' '))
const lines = fc.array(fc.oneof(sentence, fc.constantFrom('', '  indented', 'from t')), { maxLength: 6 })
const text = fc.oneof(
  pieces,
  sentence,
  lines.map((list) => list.join('\n')),
  fc.string({ unit: 'binary' }),
)
const key = fc.oneof(fc.stringMatching(/^[a-z][A-Za-z_]{0,8}$/), pieces, fc.string({ maxLength: 600 }))
const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: text },
  {
    weight: 1,
    arbitrary: fc.oneof(fc.boolean(), fc.constant(null), fc.integer(), fc.double({ noNaN: true })),
  },
)

const { tree } = fc.letrec<{ tree: Json; object: Json; list: Json }>((tie) => ({
  object: fc
    .array(fc.tuple(key, tie('tree')), { maxLength: 5 })
    .map((entries): Json => Object.fromEntries(entries)),
  list: fc.array(tie('tree'), { maxLength: 5 }),
  tree: fc.oneof(
    { maxDepth: 7, depthIdentifier: 'tree' },
    scalar,
    { weight: 2, arbitrary: tie('object') },
    tie('list'),
  ),
}))
const document = fc
  .array(fc.tuple(key, tree), { maxLength: 6 })
  .map((entries): JsonObject => Object.fromEntries(entries))

/** Everything has to stand at several depths: the width of a folded text depends on it. */
function nested(value: Json, depth: number): JsonObject {
  let inner: Json = value
  for (let i = 0; i < depth; i += 1) inner = i % 3 === 1 ? [inner] : { key: inner }
  return { key: inner }
}

describe('printTree', () => {
  it('[F12] prints what js-yaml 4 prints, byte for byte, whatever the document', () => {
    fc.assert(
      fc.property(document, (value) => {
        expect(printTree(value)).toBe(dump(value, { noRefs: true }))
      }),
      { numRuns: RUNS },
    )
  })

  it('[F12] folds and quotes a text as js-yaml 4 does, at any depth', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 24 }), (value, depth) => {
        const tree = nested(value, depth)
        expect(printTree(tree)).toBe(dump(tree, { noRefs: true }))
      }),
      { numRuns: RUNS },
    )
  })

  it('[F12] leaves keys that are data alone', () => {
    const value = Object.fromEntries([['__proto__', 'a'] as const, ['constructor', 'b'] as const])
    expect(printTree(value)).toBe('__proto__: a\nconstructor: b\n')
  })
})
