import { describe, expect, it } from 'vitest'
import type { FileKind } from '../model/kind.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { readAliases, readManifest, readResource } from './read-file.ts'

const read = (text: string | null, kind: FileKind = 'models') =>
  readResource('f.yaml', { kind, slug: 'f' }, text, DEFAULT_LIMITS)

function problems(text: string, kind: FileKind = 'models'): string[] {
  const result = read(text, kind)
  return result.kind === 'guest'
    ? ['guest']
    : result.diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`)
}

describe('a resource file', () => {
  it('[F18] a diagnostic has exactly its seven keys', () => {
    const result = read('name: 1\nsource: s\ntype: table\ntableName: T\nprimaryKey: id\n')
    expect(result).toEqual({
      kind: 'broken',
      path: 'f.yaml',
      ref: { kind: 'models', slug: 'f' },
      value: { name: 1, source: 's', type: 'table', tableName: 'T', primaryKey: 'id' },
      diagnostics: [
        {
          code: 'wrong-type',
          severity: 'error',
          message: '`name` must be text, but it is the number 1.',
          file: 'f.yaml',
          line: 1,
          column: 7,
          hint: "Put it in quotes: `name: '1'`.",
        },
      ],
    })
  })

  it('[F18] all problems in one pass, in the order of the lines', () => {
    const text = 'name: !x 1\nname: 2\ntype: tabel\ntableName:\n  - T\nprimaryKey: .nan\nsorce: s\n'
    expect(problems(text)).toEqual([
      'missing-key 1:1',
      'yaml-tag 1:7',
      'yaml-duplicate-key 2:1',
      'wrong-type 2:7',
      'wrong-value 3:7',
      'wrong-type 4:1',
      'wrong-value 6:13',
      'wrong-type 6:13',
      'unknown-key 7:1',
    ])
  })

  it.each([
    ['12345678901234567890', ['wrong-value 6:6']],
    ['-9007199254740993000', ['wrong-value 6:6']],
    ['1e300', ['wrong-value 6:6']],
    ['.inf', ['wrong-value 6:6']],
    ['-.INF', ['wrong-value 6:6']],
    ['.nan', ['wrong-value 6:6']],
    ['"a\\0b"', ['wrong-value 6:6']],
    ['"\\ud83d"', ['wrong-value 6:6']],
    ['{"a\\0": 1}', ['wrong-value 6:7']],
    ['9007199254740991', []],
    ['0.1', []],
    ["'12345678901234567890'", []],
    ['"\\U0001F331"', []],
  ])('[F10] what cannot be held exactly: %s', (value, expected) => {
    const head = 'model: m\ndestination: d\nschedule: {type: manual}\nschedulePaused: true\nconfig:\n'
    expect(problems(`${head}  x: ${value}\n`, 'syncs')).toEqual(expected)
  })

  it('[F10] a number that is too large comes with the hint to quote', () => {
    const result = read('name: 123456789012345678901\n')
    expect(
      result.kind !== 'guest' && result.diagnostics.find(({ code }) => code === 'wrong-value')?.hint,
    ).toContain('quotes')
  })

  it('[F20] 100 levels are read, 101 are not', () => {
    const nested = (levels: number) => `a: ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}\n`
    expect(problems(nested(100))).not.toContain('limit-depth 1:103')
    expect(problems(nested(101))).toEqual(['limit-depth 1:103'])
  })

  it('[F18] no mapping: a list, a text, nothing, bytes', () => {
    expect(['- 1\n', 'text\n', '', '# c\n'].map((text) => problems(text))).toEqual(
      Array.from({ length: 4 }, () => ['not-a-mapping 1:1']),
    )
    expect(read(null)).toMatchObject({
      kind: 'broken',
      diagnostics: [{ code: 'yaml-syntax', message: 'The file is not UTF-8 text.' }],
    })
  })
})

describe('guests by content', () => {
  it.each([
    'version: 2\n',
    'models:\n  - name: a\n',
    'sources: []\nversion: 2\n',
    'semantic_models: []\n',
    'version: 2\nversion: 2\n',
    'exposures: !x []\n',
    'version: 2\nmodels:\n  - name: "{{ unclosed }}\n',
    `version: 2\nmodels:\n${'  - name: a\n'.repeat(100_000)}`,
  ])('[F4] a dbt file among the models is a guest', (text) => {
    expect(read(text)).toEqual({ kind: 'guest', path: 'f.yaml' })
  })

  it('[F4] not with a key of a model, nor in another folder', () => {
    expect(problems('version: 2\nsource: s\n')).not.toEqual(['guest'])
    expect(problems('version: 2\nrawSql: select 1\n')).not.toEqual(['guest'])
    expect(problems('version: 2\n', 'syncs')).not.toEqual(['guest'])
    expect(problems('name: x\n')).not.toEqual(['guest'])
  })

  it('[F4] an LFS pointer is a guest everywhere', () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'
    expect(read(pointer, 'syncs')).toEqual({ kind: 'guest', path: 'f.yaml' })
  })
})

describe('manifest and alias file', () => {
  it('a manifest has sources and destinations by slug', () => {
    const text =
      "# READ ONLY\nsources:\n  a: {name: A, type: duckdb}\ndestinations:\n  'null':\n    type: notion\nslug: manifest-x\n"
    expect(readManifest('m', text, DEFAULT_LIMITS)).toEqual({
      manifest: {
        sources: new Map([['a', { name: 'A', type: 'duckdb' }]]),
        destinations: new Map([['null', { type: 'notion' }]]),
        slug: 'manifest-x',
      },
      diagnostics: [],
    })
  })

  it('[S29] an entry with a blank name is one without a name: it goes by its slug', () => {
    const text =
      "sources:\n  a: {name: '', type: x}\n  b: {name: '  ', type: x}\n  c: {name: ' C', type: x}\n"
    const { manifest, diagnostics } = readManifest('m', text, DEFAULT_LIMITS)
    expect({ sources: [...(manifest?.sources ?? [])], diagnostics }).toEqual({
      sources: [
        ['a', { type: 'x' }],
        ['b', { type: 'x' }],
        ['c', { name: ' C', type: 'x' }],
      ],
      diagnostics: [],
    })
  })

  it('entries without a type are told and left out', () => {
    const { manifest, diagnostics } = readManifest(
      'm',
      'sources:\n  a: {name: A}\n  b: {type: x}\n',
      DEFAULT_LIMITS,
    )
    expect([...(manifest?.sources.keys() ?? [])]).toEqual(['b'])
    expect(diagnostics.map(({ code, line }) => `${code} ${line}`)).toEqual(['missing-key 2'])
  })

  it('[Z7] names of the prototype are names like any other', () => {
    const { aliases } = readAliases('a', 'sources:\n  __proto__: constructor\n', DEFAULT_LIMITS)
    expect([...(aliases?.sources ?? [])]).toEqual([['__proto__', 'constructor']])
  })

  it('an empty manifest is one without entries, a broken one is none', () => {
    const none = { sources: new Map(), destinations: new Map() }
    expect(readManifest('m', '# nothing\n', DEFAULT_LIMITS)).toEqual({ manifest: none, diagnostics: [] })
    expect(readManifest('m', '[', DEFAULT_LIMITS).manifest).toBeNull()
  })
})
