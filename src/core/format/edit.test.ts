import { CORE_SCHEMA, load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../model/json.ts'
import { editDocument, editText } from './edit.ts'

// biome-ignore lint/suspicious/noExplicitAny: the changes below are written against literal documents
type Loose = any
type Case = readonly [title: string, before: string, change: (value: Loose) => Loose, after: string]

function check([, before, change, after]: Case): void {
  const value = (load(before, { schema: CORE_SCHEMA }) ?? {}) as JsonObject
  const wanted = change(structuredClone(value))
  expect(editText(before, value, wanted)).toBe(after)
  expect(editDocument(before, wanted).reach).toBe('changes')
  expect(load(after, { schema: CORE_SCHEMA })).toEqual(wanted)
}

function describeCases(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    it.each(cases)('[F14] %s', (...args) => check(args))
  })
}

describeCases('scalars', [
  ['changes a plain one', 'a:   1   # c\nb: 2', (v) => ({ ...v, b: 'x' }), 'a:   1   # c\nb: x'],
  ['keeps single quotes', "a: 'it''s' # c\n", (v) => ({ ...v, a: "that's" }), "a: 'that''s' # c\n"],
  ['keeps double quotes', 'a: "x"\n', (v) => ({ ...v, a: 'two\nlines' }), 'a: "two\\nlines"\n'],
  ['drops quotes from what is no text', 'a: \'x\'\nb: "y"\n', () => ({ a: 5, b: null }), 'a: 5\nb: null\n'],
  ['quotes what must be', 'a: 5\nb: x\n', () => ({ a: '5', b: ': ' }), "a: '5'\nb: ': '\n"],
  ['prefers the quotes of the document', 'a: "x"\nb: y\n', (v) => ({ ...v, b: '5' }), 'a: "x"\nb: "5"\n'],
  ['fills an empty place', 'a:\nb: # c\n', () => ({ a: 1, b: 'x' }), 'a: 1\nb: x # c\n'],
  [
    'keeps the lines of a plain text',
    'a: some words\n  over lines # c\nb: 1\n',
    (v) => ({ ...v, a: 'some words over more lines' }),
    'a: some words\n  over more lines # c\nb: 1\n',
  ],
  [
    'keeps the lines of a quoted text',
    'a: "some words\n     over \\t lines"\n',
    (v) => ({ ...v, a: 'some words above \t lines' }),
    'a: "some words\n     above \\t lines"\n',
  ],
  ['keeps tabs between', 'a: \tx\t# tab\nb:\t1\n', () => ({ a: 'z', b: 2 }), 'a: \tz\t# tab\nb:\t2\n'],
])

describeCases('block scalars', [
  [
    'changes only the lines that changed',
    'a: |  # keep\n    one\n    two\n\n# after\nb: 1\n',
    (v) => ({ ...v, a: 'one\ntwo\nthree\n' }),
    'a: |  # keep\n    one\n    two\n    three\n\n# after\nb: 1\n',
  ],
  [
    'keeps tabs and blanks that the program would quote',
    'a: |\n\tb: 1\n'.replace('\t', '  \t'),
    (v) => ({ ...v, a: '\tb: 2 \n' }),
    'a: |\n  \tb: 2 \n',
  ],
  [
    'keeps an indentation indicator',
    'a: |2-\n    one\n   two\nb: 1\n',
    (v) => ({ ...v, a: '  one\n three' }),
    'a: |2-\n    one\n   three\nb: 1\n',
  ],
  [
    'adds an indentation indicator',
    'a: |\n   one\nb: 1\n',
    (v) => ({ ...v, a: ' one\n' }),
    'a: |3\n    one\nb: 1\n',
  ],
  ['changes the chomping', 'a: |\n  one\nb: 1\n', (v) => ({ ...v, a: 'two' }), 'a: |-\n  two\nb: 1\n'],
  [
    'keeps blank lines that belong to the text',
    'a: |+\n  one\n\nb: 1\n',
    (v) => ({ ...v, a: 'two\n\n' }),
    'a: |+\n  two\n\nb: 1\n',
  ],
  [
    'takes in no blank line that stands behind',
    'a: |\n  one\n\nb: 1\n',
    (v) => ({ ...v, a: 'two\n\n' }),
    'a: "two\\n\\n"\n\nb: 1\n',
  ],
  [
    'lets blank lines go with what stands between them and a new text that keeps its own',
    'a:\n  - x\n\n  - y\n\nb: 1\n',
    () => ({ a: ['z\n\n'], c: 2, b: 1 }),
    'a:\n  - "z\\n\\n"\n\nc: 2\nb: 1\n',
  ],
  [
    'keeps the line breaks of a folded text',
    'a: >\n  some text that\n  goes on\n\n  second para\nb: 1\n',
    (v) => ({ ...v, a: 'some text that goes further on\nsecond para\n' }),
    'a: >\n  some text that\n  goes further on\n\n  second para\nb: 1\n',
  ],
  [
    'goes on behind the last folded line',
    'a: >-\n  some text that\n  goes on\n',
    (v) => ({ ...v, a: 'some text that goes on further' }),
    'a: >-\n  some text that\n  goes on further\n',
  ],
  [
    'becomes a block scalar with several lines',
    'rawSql: select 1 # sql\nb: 1\n',
    (v) => ({ ...v, rawSql: 'select 1\nfrom t\n' }),
    'rawSql: | # sql\n  select 1\n  from t\nb: 1\n',
  ],
  [
    'becomes a plain scalar',
    'a: |- # sql\n  one\n  two\nb: 1\n',
    (v) => ({ ...v, a: 5 }),
    'a: 5 # sql\nb: 1\n',
  ],
])

describeCases('keys', [
  [
    'adds one behind its neighbour',
    '# top\nname: N  # n\n\n# below\ntype: t\n',
    (v) => ({ name: v.name, source: 's', type: v.type }),
    '# top\nname: N  # n\nsource: s\n\n# below\ntype: t\n',
  ],
  [
    'adds one before the first, below the head of the file',
    '# top\nname: N\n',
    (v) => ({ id: 1, ...v }),
    '# top\nid: 1\nname: N\n',
  ],
  [
    'adds one above the comment of the next',
    '# top\n\n# about name\nname: N\n',
    (v) => ({ id: 1, ...v }),
    '# top\n\nid: 1\n# about name\nname: N\n',
  ],
  ['adds one at the end without a line break', 'a: 1\n# end', () => ({ a: 1, b: 2 }), 'a: 1\nb: 2\n# end'],
  ['adds the last one without a line break', 'a: 1', () => ({ a: 1, b: 2 }), 'a: 1\nb: 2'],
  [
    'takes one out with the comment on its line',
    'a: 1 # a\n\n# about b\nb: 2 # b\n\n# about c\nc: 3\n',
    () => ({ a: 1, c: 3 }),
    'a: 1 # a\n\n# about b\n\n# about c\nc: 3\n',
  ],
  ['takes out the first', 'a: 1\nb:\n  c: 1\nd: 1\n', (v) => ({ d: v.d }), 'd: 1\n'],
  ['takes out the last without a line break', 'a: 1\nb: 2', () => ({ a: 1 }), 'a: 1'],
  ['takes out all', '# c\na: 1\nb: 2\n', () => ({}), '# c\n{}\n'],
  [
    'indents as the document does',
    'a:\n    b: 1\n',
    () => ({ a: { b: 1, c: { d: [1] } } }),
    'a:\n    b: 1\n    c:\n        d:\n            - 1\n',
  ],
  [
    'quotes keys and values as the neighbours are',
    '"a": "x"\n"b": "z"\n',
    (v) => ({ ...v, c: 'w' }),
    '"a": "x"\n"b": "z"\n"c": "w"\n',
  ],
  ['edits behind `?` keys', '? a\n: 1\n? b\n', () => ({ a: 2, b: 3, c: 4 }), '? a\n: 2\n? b\n: 3\nc: 4\n'],
  [
    'edits behind keys that are lists and aliases',
    '&k key: 1\n? [x, z]\n: 1\n*k : 2\n'.replace('*k : 2\n', 'l: *k\n'),
    (v) => ({ ...v, 'x,z': 2 }),
    '&k key: 1\n? [x, z]\n: 2\nl: *k\n',
  ],
  [
    'takes `__proto__` and `constructor` for data',
    '__proto__: {a: 1}\nconstructor: x\n',
    () => JSON.parse('{"__proto__":{"a":2},"constructor":"z","hasOwnProperty":1}'),
    '__proto__: {a: 2}\nconstructor: z\nhasOwnProperty: 1\n',
  ],
  [
    'takes `<<` for a plain key',
    'base: &b {k: 1}\nx:\n  <<: *b\n  w: 1\n',
    (v) => ({ ...v, x: { ...v.x, w: 2 } }),
    'base: &b {k: 1}\nx:\n  <<: *b\n  w: 2\n',
  ],
])

describeCases('block lists', [
  [
    'appends',
    'a:\n  - x\n  # tail\nb: 1\n',
    (v) => ({ ...v, a: ['x', 'z'] }),
    'a:\n  - x\n  - z\n  # tail\nb: 1\n',
  ],
  [
    'inserts first',
    'a:\n  # x\n  -   x\n',
    () => ({ a: [{ k: 1, l: 2 }, 'x'] }),
    'a:\n  -   k: 1\n      l: 2\n  # x\n  -   x\n',
  ],
  ['inserts between', 'a:\n- 1 # one\n- 3\n', () => ({ a: [1, 2, 3] }), 'a:\n- 1 # one\n- 2\n- 3\n'],
  [
    'writes new lists flush where others are',
    'a:\n- 1\n',
    (v) => ({ ...v, b: [1, [2]] }),
    'a:\n- 1\nb:\n- 1\n- - 2\n',
  ],
  [
    'takes out',
    'a:\n  - 1 # one\n  # two\n  - 2\n  - 3\n',
    () => ({ a: [1, 3] }),
    'a:\n  - 1 # one\n  # two\n  - 3\n',
  ],
  [
    'drops to empty',
    'columns: # ours\n  # first\n  - name: a\n  # last\nz: 1\n',
    (v) => ({ ...v, columns: [] }),
    'columns: [] # ours\n  # first\n  # last\nz: 1\n',
  ],
  [
    'grows from empty',
    'columns: [] # none yet\nz: 1\n',
    (v) => ({ ...v, columns: [{ name: 'a', label: 'A' }] }),
    'columns: # none yet\n  - name: a\n    label: A\nz: 1\n',
  ],
  [
    'edits, adds and takes out keys of elements',
    'a:\n  - name: x\n    label: l\n  - name: z\n',
    () => ({ a: [{ label: 'l' }, { name: 'z', label: 'm' }] }),
    'a:\n  - label: l\n  - name: z\n    label: m\n',
  ],
  [
    'keeps a comment below a key that goes',
    'a:\n  - name: x # c\n    # l\n    label: l\n',
    () => ({ a: [{ label: 'l' }] }),
    'a:\n  -\n    # l\n    label: l\n',
  ],
  [
    'knows elements by their names',
    'c:\n  - name: a # a\n    label: A\n  - name: b # b\n    label: A\n',
    () => ({ c: [{ name: 'b', label: 'B' }] }),
    'c:\n  - name: b # b\n    label: B\n',
  ],
  [
    'writes new elements as the one before',
    'c:\n  - { name: a, label: A }\n  - name: b\n',
    (v) => ({ c: [v.c[0], { name: 'x', label: 'X' }, v.c[1], { name: 'w' }] }),
    'c:\n  - { name: a, label: A }\n  - { name: x, label: X }\n  - name: b\n  - name: w\n',
  ],
  [
    'edits lists in lists',
    '- - a\n'.replace('- - a\n', 'l:\n  - - a\n    - b\n  - []\n'),
    () => ({ l: [['a', 'c'], [1]] }),
    'l:\n  - - a\n    - c\n  - - 1\n',
  ],
])

describeCases('flow collections', [
  [
    'inserts, changes and takes out',
    'a: {b: {c: 1}, d: [1, {e: 2}], f: x}\n',
    () => ({ a: { b: { c: 2 }, d: [1, { e: 2, g: 3 }, []] } }),
    'a: {b: {c: 2}, d: [1, {e: 2, g: 3}, []]}\n',
  ],
  ['takes out of the middle', 'a: [x, w , z]\n', () => ({ a: ['x', 'z'] }), 'a: [x , z]\n'],
  ['takes out the first', 'a: [ x, w , z ]\n', () => ({ a: ['w', 'z'] }), 'a: [ w , z ]\n'],
  ['keeps dense lists dense', 'a: [ x,w ]\n', () => ({ a: ['x', 'q', 'w', 'r'] }), 'a: [ x,q,w,r ]\n'],
  ['drops to empty', 'a: [ x, w ] # c\nb: {c: 1}\n', () => ({ a: [], b: {} }), 'a: [] # c\nb: {}\n'],
  [
    'gives each element its line',
    'a: [\n  1, # one\n  2, # two\n  3 # three\n]\n',
    () => ({ a: [1, 2, 4] }),
    'a: [\n  1, # one\n  2, # two\n  4 # three\n]\n',
  ],
  [
    'takes out whole lines with their comments',
    '{\n  "a": 1, # one\n  "b": 2, # two\n  "c": 3 # three\n}\n',
    (v) => ({ a: v.a }),
    '{\n  "a": 1 # one\n}\n',
  ],
  [
    'appends lines with the commas that the list has',
    'a: [\n  1\n]\nb: [\n  1,\n]\n',
    () => ({ a: [1, 2], b: [0, 1, 2] }),
    'a: [\n  1,\n  2\n]\nb: [\n  0,\n  1,\n  2,\n]\n',
  ],
  [
    'leaves JSON JSON',
    '{\n  "a": 1,\n  "b": ["x"]\n}\n',
    () => ({ a: 'one', b: ['x', 'z', null], c: { d: 'e' } }),
    '{\n  "a": "one",\n  "b": ["x", "z", null],\n  "c": {"d": "e"}\n}\n',
  ],
  [
    'takes a pair without braces as a whole',
    'a: [x: 1, w, {z: 2}] # c\n',
    () => ({ a: [{ x: 2 }, 'w', { z: 3 }] }),
    'a: [{x: 2}, w, {z: 3}] # c\n',
  ],
  ['quotes what would end the collection', 'a: [x]\n', () => ({ a: ['x, z', '}'] }), "a: ['x, z', '}']\n"],
  [
    'writes a new list as its neighbours',
    'from: {slug: a}\nto: {slug: b}\n',
    (v) => ({ ...v, mapping: [{ k: 1 }] }),
    'from: {slug: a}\nto: {slug: b}\nmapping: [{k: 1}]\n',
  ],
])

describeCases('anchors', [
  [
    'leaves the old value with the first alias',
    'a: &x "one"\nb: *x\nc: *x # c\n',
    (v) => ({ ...v, a: 'two' }),
    'a: "two"\nb: &x "one"\nc: *x # c\n',
  ],
  ['keeps an anchor whose aliases follow', 'a: &x 1\nb: *x\n', () => ({ a: 2, b: 2 }), 'a: &x 2\nb: *x\n'],
  ['keeps an anchor that nobody needs', 'a: &x 1\nb: 2\n', () => ({ a: 2, b: 2 }), 'a: &x 2\nb: 2\n'],
  [
    'writes a changed alias out',
    'a: &x 1\nb: *x\nc: *x\n',
    (v) => ({ ...v, b: 2 }),
    'a: &x 1\nb: 2\nc: *x\n',
  ],
  ['moves an anchor that goes', 'a: &x 1\nb: *x\nc: *x\n', () => ({ b: 1, c: 1 }), 'b: &x 1\nc: *x\n'],
  [
    'writes old maps out, and edits the new one in place',
    'a: &x\n  k: 1 # c\n  l: 2\nb: *x\nc: [*x]\n',
    (v) => ({ ...v, a: { k: 5, l: 2 } }),
    'a:\n  k: 5 # c\n  l: 2\nb: &x\n  k: 1\n  l: 2\nc: [*x]\n',
  ],
  [
    'writes old flow lists as they were',
    'a: &x [1,2]\nb:\n  - *x\n  - *x\n',
    (v) => ({ ...v, a: [1] }),
    'a: [1]\nb:\n  - &x [1,2]\n  - *x\n',
  ],
  [
    'knows which anchor of one name is meant',
    'a: &x 1\nb: *x\nc: &x 2\nd: *x\n',
    (v) => ({ ...v, a: 3, c: 4 }),
    'a: 3\nb: &x 1\nc: 4\nd: &x 2\n',
  ],
  [
    'sees anchors inside of anchors',
    'a: &x {k: &z 1}\nb: *x\nc: *z\n',
    (v) => ({ ...v, a: { k: 2 } }),
    'a: {k: 2}\nb: &x\n  k: 1\nc: &z 1\n',
  ],
])

describeCases('documents', [
  [
    'keeps markers',
    '%YAML 1.2\n--- # begin\na: 1\n...\n# end\n',
    () => ({ a: 1, b: 2 }),
    '%YAML 1.2\n--- # begin\na: 1\nb: 2\n...\n# end\n',
  ],
  [
    'keeps Windows line ends and a byte order mark',
    '\uFEFFa: 1\r\nb:\r\n  - x\r\n',
    () => ({ a: 1, b: ['x', 'z'], c: 'l1\nl2\n' }),
    '\uFEFFa: 1\r\nb:\r\n  - x\r\n  - z\r\nc: |\r\n  l1\r\n  l2\r\n',
  ],
  ['keeps lone carriage returns', 'a: 1\rb: x # c\r', () => ({ a: 1, b: 2, c: 3 }), 'a: 1\rb: 2 # c\rc: 3\r'],
  [
    'begins a document of comments',
    '# only comments',
    () => ({ a: { b: 'c' } }),
    '# only comments\na:\n  b: c\n',
  ],
  ['begins an empty document', '', () => ({ a: 1 }), 'a: 1\n'],
])

describe('editText', () => {
  it('[F13] [F14] changes nothing for equal values in another order', () => {
    const text = 'b: 1\na: {y: 1, x: 2}\n'
    expect(editText(text, { b: 1, a: { y: 1, x: 2 } }, { a: { x: 2, y: 1 }, b: 1 })).toBe(text)
  })

  it('[F14] writes more of a document anew before it writes a wrong value', () => {
    // js-yaml takes the next dash into a list that ends with an empty element.
    const text = '# top\na:\n  - x # x\n  - -\nb: 1 # b\n'
    const wanted = { a: [[null], 'x'], b: 1 }
    const result = editDocument(text, wanted)
    expect(load(result.text, { schema: CORE_SCHEMA })).toEqual(wanted)
    expect(result).toEqual({ text: '# top\na:\n  - - null\n  - x\nb: 1 # b\n', reach: 'fields' })
  })
})
