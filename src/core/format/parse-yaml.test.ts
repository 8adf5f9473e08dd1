import fc from 'fast-check'
import { CORE_SCHEMA, dump, load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from './limits.ts'
import { lineIndex } from './line-index.ts'
import { parseYaml } from './parse-yaml.ts'

/** What a person sees of a text: the value, and code and place of every problem. */
function read(text: string) {
  const parsed = parseYaml(text, DEFAULT_LIMITS)
  const at = lineIndex(text)
  const problems = parsed.kind === 'value' ? parsed.problems : [parsed.problem]
  const places = problems.map(({ code, offset }) => `${code} ${at(offset).line}:${at(offset).column}`)
  return parsed.kind === 'value' ? { value: parsed.value, problems: places } : { problems: places }
}

describe('the value of a text', () => {
  it('[F19] only the core values: dates, sexagesimals, yes and no are text', () => {
    expect(read('a: 2024-01-01\nb: 1:30\nc: yes\nd: 0o17\ne: 1e3\nf: ~\ng: True\nh: 0x1F\n')).toEqual({
      value: { a: '2024-01-01', b: '1:30', c: 'yes', d: 15, e: 1000, f: null, g: true, h: 31 },
      problems: [],
    })
  })

  it('[F19] merge keys are plain keys', () => {
    expect(read('a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n')).toEqual({
      value: { a: { b: 1 }, c: { '<<': { b: 1 }, d: 2 } },
      problems: [],
    })
  })

  it('[F19] [Z7] __proto__ and constructor are data and change nobody', () => {
    const { value } = read('__proto__:\n  polluted: 1\nconstructor: {prototype: {polluted: 1}}\n')
    expect(Object.entries(value ?? {})).toEqual([
      ['__proto__', { polluted: 1 }],
      ['constructor', { prototype: { polluted: 1 } }],
    ])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect('polluted' in {}).toBe(false)
  })

  it('[F18] a byte order mark and foreign line ends are read through', () => {
    expect(read('\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n')).toEqual({
      value: { a: 1, b: 'x\ny\n' },
      problems: [],
    })
  })

  it('what an alias repeats is a copy of its own', () => {
    const { value } = read('a: &x {b: [1]}\nc: *x\n')
    expect(value).toEqual({ a: { b: [1] }, c: { b: [1] } })
    const { a, c } = value as { a: object; c: object }
    expect(a).not.toBe(c)
  })
})

describe('problems of a text', () => {
  it.each([
    ['a: 1\nb: 2\na: 3\n', { value: { a: 3, b: 2 }, problems: ['yaml-duplicate-key 3:1'] }],
    ['{a: 1, "a": 2}', { value: { a: 2 }, problems: ['yaml-duplicate-key 1:8'] }],
    [
      'x:\n  - {b: 1, b: 2}\n  - c: 1\n    c: 2\n',
      {
        value: { x: [{ b: 2 }, { c: 2 }] },
        problems: ['yaml-duplicate-key 2:12', 'yaml-duplicate-key 4:5'],
      },
    ],
    ['? \n&x : 1\n', { value: { null: 1 }, problems: ['yaml-duplicate-key 2:1'] }],
    ['1: a\n"1": b\n', { value: { 1: 'b' }, problems: ['yaml-duplicate-key 2:1'] }],
  ])('[F19] equal keys: %j', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each([
    ['a: !x 1', { value: { a: '1' }, problems: ['yaml-tag 1:4'] }],
    ['a: !!str 1', { value: { a: '1' }, problems: ['yaml-tag 1:4'] }],
    ['a: !!js/function "function(){}"', { value: { a: 'function(){}' }, problems: ['yaml-tag 1:4'] }],
    ['a: ! 1', { value: { a: '1' }, problems: ['yaml-tag 1:4'] }],
    ['a: !<tag:x,2000:y> [1]', { value: { a: [1] }, problems: ['yaml-tag 1:4'] }],
    ['a: &b !x {c: !y 1}', { value: { a: { c: '1' } }, problems: ['yaml-tag 1:7', 'yaml-tag 1:14'] }],
    ['!x k: 1\nb:\n  - !y 2\n', { value: { k: 1, b: ['2'] }, problems: ['yaml-tag 1:1', 'yaml-tag 3:5'] }],
    ['a:\n  # why\n  !x\n  b: 1\n', { value: { a: { b: 1 } }, problems: ['yaml-tag 3:3'] }],
    ['a: !x\nb: 1\n', { value: { a: null, b: 1 }, problems: ['yaml-tag 1:4'] }],
    ['[1, !x 2]', { value: [1, '2'], problems: ['yaml-tag 1:5'] }],
    ['{"a":!x 2}', { value: { a: '2' }, problems: ['yaml-tag 1:6'] }],
    ['a: !!int abc', { problems: ['yaml-tag 1:13'] }],
  ])('[F19] tags: %j', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it('[F19] an exclamation mark inside text is no tag', () => {
    const text = 'a: Hello !x\nb: |\n  where !x\n  !y\nc: "!z"\nd: a != b\n'
    expect(read(text)).toEqual({ value: load(text, { schema: CORE_SCHEMA }), problems: [] })
  })

  it.each([
    ['a: 1\n---\nb: 2\n', { value: { a: 1 }, problems: ['yaml-multiple-documents 2:1'] }],
    ['a: |\n  ---\n  x\n---\n', { value: { a: '---\nx\n' }, problems: ['yaml-multiple-documents 4:1'] }],
    ['---\na: 1\n...\n', { value: { a: 1 }, problems: [] }],
    ['a: 1\n...\n--- # again\nb: 1\n', { value: { a: 1 }, problems: ['yaml-multiple-documents 3:1'] }],
  ])('[F18] several documents: %j', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each([
    ['[a, b]: 1', 'wrong-type 1:1'],
    ['? {a: 1}\n: 2', 'wrong-type 1:3'],
    ['x: &k [1]\n*k : 2', 'wrong-type 2:1'],
  ])('[F19] keys that are no text: %j', (text, problem) => {
    expect(read(text).problems).toEqual([problem])
  })

  it.each([
    ['a: [1, 2', 'yaml-syntax 1:9'],
    ['a: "x\n', 'yaml-syntax 1:6'],
    ['a:\n\t- 1\n', 'yaml-syntax 2:1'],
    ['a: *b\n', 'yaml-syntax 1:6'],
    ['<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n', 'yaml-syntax 2:2'],
    ['a: "\\q"', 'yaml-syntax 1:6'],
    ['a: \u0001', 'yaml-syntax 1:4'],
    ['a\0: 1', 'wrong-value 1:2'],
  ])('[F18] syntax: %j', (text, problem) => {
    expect(read(text)).toEqual({ problems: [problem] })
  })

  it.each(['', '\n', '# only a comment\n', '---\n', '~\n', '\uFEFF'])(
    'an empty file holds null: %j',
    (text) => {
      expect(read(text)).toEqual({ value: null, problems: [] })
    },
  )
})

describe('limits', () => {
  const aliases = (count: number) => `a: &x 1\nb: [${Array.from({ length: count }, () => '*x').join(', ')}]\n`

  it('[F20] up to 100 values made by aliases are read, one more is limit-aliases', () => {
    expect(read(aliases(100))).toEqual({
      value: { a: 1, b: Array.from({ length: 100 }, () => 1) },
      problems: [],
    })
    expect(read(aliases(101))).toEqual({ problems: ['limit-aliases 1:1'] })
  })

  it('[F20] values count, not alias tokens', () => {
    const eleven = `a: &x [${Array.from({ length: 10 }, () => 1).join(', ')}]\n`
    const nine = Array.from({ length: 9 }, (_, i) => `b${i}: *x`).join('\n')
    expect(read(`${eleven}${nine}`).problems).toEqual([])
    expect(read(`${eleven}${nine}\nc: *x`).problems).toEqual(['limit-aliases 1:1'])
  })

  it.each(['a: &a [*a]', 'a: &a {b: &b [*a, *b]}', '&r\na: *r'])(
    '[F20] a cycle is limit-aliases: %j',
    (text) => {
      expect(read(text)).toEqual({ problems: ['limit-aliases 1:1'] })
    },
  )

  it('[F20] more than 1 MiB is limit-file-size, counted in bytes', () => {
    const text = (bytes: number) => `a: ${'é'.repeat((bytes - 4) / 2)}\n`
    expect(read(text(1024 * 1024)).problems).toEqual([])
    expect(read(text(1024 * 1024 + 2)).problems).toEqual(['limit-file-size 1:1'])
  })

  const MEBIBYTE = 1024 * 1024 - 100
  const fill = (part: string) => part.repeat(Math.floor(MEBIBYTE / part.length))
  const numbered = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n')
  const HOSTILE: Record<string, string> = {
    brackets: fill('['),
    braces: fill('{a: '),
    dashes: fill('- '),
    questions: fill('? '),
    colons: fill(':'),
    'spaced colons': fill(':           '),
    anchors: fill('&a '),
    tags: fill('!a '),
    'open tags': fill('!<a '),
    aliases: fill('*a '),
    'alias values': `a: &a 1\n${numbered(60_000, (i) => `k${i}: *a`)}`,
    'anchored values': numbered(50_000, (i) => `k${i}: &a${i} 1`),
    keys: numbered(90_000, (i) => `k${i}: 1`),
    'equal keys': fill('a: 1\n'),
    documents: fill('a: 1\n---\n'),
    blanks: fill(' '),
    'line ends': fill('\n'),
    comments: fill('#\n'),
    quotes: fill("'"),
    directives: fill('%YAML 1.2\n'),
    'empty items': `a: &x\n${fill('-\n')}`,
    'tagged items': `a: !x\n${fill('- !y 1\n')}`,
    'steps of indentation': numbered(1000, (i) => `${' '.repeat(i)}a:`),
    'long text as a key, by aliases': `a: &a "${'x'.repeat(500_000)}"\nb:\n${'  ? [*a,*a,*a,*a,*a,*a,*a,*a]\n  : 1\n'.repeat(9_000)}`,
    'aliases in aliases': numbered(
      99,
      (i) => `a${i}: &a${i} ${'['.repeat(90)}${i > 0 ? `*a${i - 1}` : '1'}${']'.repeat(90)}`,
    ),
  }

  it.each(Object.keys(HOSTILE))(
    '[F20] [Z7] a mebibyte of %s ends soon, with a value or a problem',
    (name) => {
      const before = performance.now()
      const parsed = parseYaml(HOSTILE[name] ?? '', DEFAULT_LIMITS)
      expect(performance.now() - before).toBeLessThan(15_000)
      expect(['value', 'unreadable']).toContain(parsed.kind)
    },
  )

  it('[F20] deep nesting is limit-depth, however deep', () => {
    expect(read(fill('['))).toEqual({ problems: ['limit-depth 1:210'] })
    expect(read(`a: ${'['.repeat(5000)}`).problems).toEqual(['limit-depth 1:213'])
  })
})

describe('properties', () => {
  const yamlish = fc
    .array(
      fc.constantFrom(
        'a',
        'b',
        ': ',
        ':',
        '- ',
        '-',
        '\n',
        '\n  ',
        ' ',
        '[',
        ']',
        '{',
        '}',
        ', ',
        '? ',
        '&x ',
        '*x',
        '!t ',
        '!!str ',
        '"',
        "'",
        '|\n',
        '>\n',
        '# c',
        '---\n',
        '...\n',
        '\t',
        '%Y',
        '1',
        '.inf',
        '~',
        '<<',
        '__proto__',
        '\r\n',
        '\uFEFF',
        '\0',
        '\ud800',
        '@',
        '\\',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''))

  it('[F18] [Z7] no text makes the reader throw, and what it refuses it says', () => {
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string({ unit: 'binary' })), (text) => {
        const parsed = parseYaml(text, DEFAULT_LIMITS)
        const problems = parsed.kind === 'value' ? parsed.problems : [parsed.problem]
        for (const { offset, message } of problems) {
          expect(offset).toBeLessThanOrEqual(text.length)
          expect(message).not.toBe('')
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('[F19] the reader and js-yaml agree on what is valid, and on its value', () => {
    fc.assert(
      fc.property(yamlish, (text) => {
        const parsed = parseYaml(text, DEFAULT_LIMITS)
        const problems = parsed.kind === 'value' ? parsed.problems : [parsed.problem]
        let value: unknown
        try {
          value = load(text.startsWith('\uFEFF') ? text.slice(1) : text, { schema: CORE_SCHEMA }) ?? null
        } catch {
          expect(problems).not.toEqual([])
          return
        }
        const ours = ['yaml-tag', 'wrong-type', 'limit-aliases']
        if (parsed.kind === 'value' && parsed.problems.length === 0) expect(parsed.value).toEqual(value)
        else expect(problems.filter(({ code }) => !ours.includes(code))).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it('[F19] what js-yaml prints is read as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.boolean(), (json, block) => {
        const text = block ? dump(json, { noRefs: true }) : JSON.stringify(json)
        expect(read(text)).toEqual({ value: load(text, { schema: CORE_SCHEMA }), problems: [] })
      }),
      { numRuns: 1000 },
    )
  })
})
