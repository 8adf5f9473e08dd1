import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../format/limits.ts'
import { readAliases } from '../format/read-file.ts'
import type { FileKind } from '../model/kind.ts'
import { changedMeanings } from './alias-changes.ts'
import { aliasLine } from './alias-line.ts'
import { type Aliases, resolveAlias, resolveAliases, spellAliases, spellingOf } from './aliases.ts'
import { checkAliases } from './check-aliases.ts'
import { findPending } from './pending.ts'

const aliases = (sources: Record<string, string>, destinations: Record<string, string> = {}): Aliases => ({
  sources: new Map(Object.entries(sources)),
  destinations: new Map(Object.entries(destinations)),
})
const ref = (kind: FileKind, slug: string) => ({ kind, slug })

describe('from alias to slug', () => {
  it('[E1] a model through sources, a sync through destinations, nothing else', () => {
    const both = aliases({ main: 'source-1' }, { main: 'destination-1' })
    expect(resolveAliases('related-models', { name: 'main', source: 'main' }, both)).toEqual({
      name: 'main',
      source: 'source-1',
    })
    expect(resolveAliases('syncs', { model: 'main', destination: 'main' }, both)).toEqual({
      model: 'main',
      destination: 'destination-1',
    })
    const relationship = { from: { slug: 'main' }, source: 'main' }
    expect(resolveAliases('model-relationships', relationship, both)).toBe(relationship)
  })

  it('[E1] the order of the keys stays, and a value without an alias is the same value', () => {
    expect(Object.keys(resolveAliases('models', { source: 'a', name: 'n' }, aliases({ a: 'b' })))).toEqual([
      'source',
      'name',
    ])
    const value = { source: 'slug' }
    expect(resolveAliases('models', value, aliases({ a: 'b' }))).toBe(value)
  })

  it.each<[string, Record<string, string>, object]>([
    ['an alias of an alias', { a: 'b', b: 'slug' }, { kind: 'slug', slug: 'slug' }],
    ['itself', { a: 'a' }, { kind: 'slug', slug: 'a' }],
    ['one that means itself', { a: 'b', b: 'b' }, { kind: 'slug', slug: 'b' }],
    ['a cycle', { a: 'b', b: 'a' }, { kind: 'cycle' }],
    ['into a cycle', { a: 'b', b: 'c', c: 'b' }, { kind: 'cycle' }],
    ['nothing', {}, { kind: 'slug', slug: 'a' }],
    ['a key of the prototype', { a: 'constructor' }, { kind: 'slug', slug: 'constructor' }],
  ])('[E1] %s', (_, sources, expected) => {
    expect(resolveAlias('a', 'sources', aliases(sources))).toEqual(expected)
  })
})

describe('from slug to alias', () => {
  const two = aliases({ zeta: 'slug', alpha: 'slug', other: 'else' })

  it('[E2] the first alias by name that points at the slug, else the slug', () => {
    expect(spellAliases('models', { source: 'slug' }, two, null)).toEqual({ source: 'alpha' })
    expect(spellAliases('models', { source: 'none' }, two, null)).toEqual({ source: 'none' })
  })

  it('[E2] what the file spells and still means the same is left', () => {
    expect(spellAliases('models', { source: 'slug' }, two, { source: 'zeta' })).toEqual({ source: 'zeta' })
    expect(spellAliases('models', { source: 'slug' }, two, { source: 'slug' })).toEqual({ source: 'slug' })
    expect(spellAliases('models', { source: 'slug' }, two, { source: 'other' })).toEqual({ source: 'alpha' })
  })

  it('[E1] [E2] a slug that an alias of its spelling hides needs another alias', () => {
    const hidden = aliases({ slug: 'else' })
    expect(spellingOf('slug', 'sources', hidden)).toBeNull()
    expect(spellingOf('slug', 'sources', aliases({ slug: 'else', way: 'slug' }))).toBeNull()
    expect(spellingOf('slug', 'sources', aliases({ slug: 'slug' }))).toBe('slug')
  })

  it('[E1] [E2] what is written is read back as the same slug, whatever the aliases', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    fc.assert(
      fc.property(fc.dictionary(name, name), name, fc.option(name), (sources, slug, before) => {
        const table = aliases(sources)
        const spelled = spellAliases(
          'models',
          { source: slug },
          table,
          before === null ? null : { source: before },
        )
        const back = resolveAliases('models', spelled, table)
        if (spellingOf(slug, 'sources', table) !== null) expect(back).toEqual({ source: slug })
      }),
      { numRuns: 2000 },
    )
  })
})

describe('faults of an alias file', () => {
  function check(text: string, known: string[] | null, used: string[] = []) {
    const read = readAliases('aliases-dev.yaml', text, DEFAULT_LIMITS)
    const file = { path: 'aliases-dev.yaml', text, aliases: read.aliases ?? aliases({}) }
    const has = (slugs: string[]) => ({
      sources: new Map(slugs.map((slug) => [slug, 0])),
      destinations: new Map(),
    })
    return checkAliases(file, known && has(known), { sources: new Set(used), destinations: new Set() }).map(
      ({ line, code }) => `${line} ${code}`,
    )
  }

  it('[E3] a cycle is told once, at its first line, however many lead into it', () => {
    expect(check('sources:\n  x: b\n  a: b\n  b: c\n  c: a\n  y: x\n', ['s'])).toEqual(['3 alias-cycle'])
  })

  it('[E3] dangling where nothing of the name exists; unknown when nothing says what exists', () => {
    expect(check('sources:\n  a: b\n  b: gone\n', ['s'], ['a'])).toEqual(['3 alias-dangling'])
    expect(check('sources:\n  a: b\n  b: gone\n', null, ['a'])).toEqual([])
    expect(check('sources:\n  a: a\n', ['s'])).toEqual(['2 alias-dangling'])
  })

  it('[E3] shadowing a slug, but not by meaning it', () => {
    expect(check('sources:\n  s: t\n  t: t\n', ['s', 't'], ['s', 't'])).toEqual(['2 alias-shadows-slug'])
  })

  it('[E3] unused, unless a file or another alias uses it', () => {
    expect(check('sources:\n  a: s\n  b: a\n  c: s\n', ['s'], ['b'])).toEqual(['4 alias-unused'])
  })

  it('[E3] each section for itself', () => {
    expect(check('sources:\n  a: s\ndestinations:\n  a: s\n', ['s'], ['a'])).toEqual(['4 alias-dangling'])
  })

  it('[E3] a file of comments alone has no aliases and no faults; wrong entries are told', () => {
    expect(readAliases('a', '# sources:\n#   a: b\n', DEFAULT_LIMITS)).toEqual({
      aliases: aliases({}),
      diagnostics: [],
    })
    const { aliases: read, diagnostics } = readAliases(
      'a',
      'sources:\n  a: 1\n  b: c\ndestinations:\n',
      DEFAULT_LIMITS,
    )
    expect(read).toEqual(aliases({ b: 'c' }))
    expect(diagnostics.map(({ line, code }) => `${line} ${code}`)).toEqual(['2 wrong-type'])
  })

  // The limit is against a check that hangs: a loaded machine may be as slow as it is.
  it('[F20] [E3] fifty thousand aliases in one chain are checked to their end', { timeout: 300_000 }, () => {
    const text = `sources:\n${Array.from({ length: 50_000 }, (_, i) => `  a${i}: a${i + 1}\n`).join('')}`
    expect(check(text, ['s'])).toEqual(['50001 alias-dangling'])
  })
})

describe('files that wait', () => {
  const files = [
    { ref: ref('syncs', 's'), value: { model: 'm', destination: 'crm' } },
    { ref: ref('model-relationships', 'p-r'), value: { from: { slug: 'p' }, to: { slug: 'r' } } },
    {
      ref: ref('model-relationships', 'via'),
      value: { from: { slug: 'p' }, to: { slug: 'p' }, through: ['p-r'] },
    },
    { ref: ref('parent-models', 'p'), value: { source: 'main' } },
    { ref: ref('related-models', 'r'), value: { source: 'foreign' } },
    { ref: ref('models', 'm'), value: { source: 'loop' } },
    { ref: ref('models', 'fine'), value: { source: 'alias' } },
  ]

  it('[E4] an unknown source, a cycle, and what refers to either, however far', () => {
    const table = aliases({ alias: 'main', loop: 'pool', pool: 'loop' })
    const pending = findPending(files, table, (section, slug) => section === 'sources' && slug === 'main')
    expect(Object.fromEntries(pending)).toEqual({
      'syncs:s': { kind: 'unknown-name', section: 'destinations', name: 'crm' },
      'related-models:r': { kind: 'unknown-name', section: 'sources', name: 'foreign' },
      'models:m': { kind: 'unknown-name', section: 'sources', name: 'loop' },
      'model-relationships:p-r': { kind: 'refers', to: ref('related-models', 'r') },
      'model-relationships:via': { kind: 'refers', to: ref('model-relationships', 'p-r') },
    })
  })

  it('[E4] the exact line to add', () => {
    expect(aliasLine('main-databse', ['main-database', 'other'])).toBe('  main-databse: main-database')
    expect(aliasLine('foreign', ['only'])).toBe('  foreign: only')
    expect(aliasLine('foreign', ['one', 'two'])).toBe('  foreign: <slug>')
    expect(aliasLine('null', ["it's"])).toBe("  'null': 'it''s'")
  })

  it('[E6] what changes its meaning when the alias file changes', () => {
    const before = aliases({ foreign: 'main', loop: 'a' }, { crm: 'one' })
    const after = aliases({ foreign: 'main', loop: 'loop2', loop2: 'loop' }, { crm: 'two' })
    expect(changedMeanings(files, before, after)).toEqual([
      { ref: ref('syncs', 's'), key: 'destination', name: 'crm', before: 'one', after: 'two' },
      { ref: ref('models', 'm'), key: 'source', name: 'loop', before: 'a', after: null },
    ])
  })
})
