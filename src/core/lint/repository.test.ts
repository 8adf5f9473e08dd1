import { describe, expect, it } from 'vitest'
import { readFixture } from '../../../test/support/fixtures.ts'
import { DEFAULT_LIMITS } from '../format/limits.ts'
import { type LintOptions, lintRepository } from './repository.ts'

function lint(files: Record<string, string | null>, options?: LintOptions) {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))
  return show(
    lintRepository(
      sorted.map(([path, text]) => ({ path, text })),
      options,
    ),
  )
}

function show({ files, resources, diagnostics }: ReturnType<typeof lintRepository>) {
  return {
    files,
    resources,
    diagnostics: diagnostics.map(
      ({ file, line, code, severity }) =>
        `${file}:${line} ${code}${severity === 'error' ? '' : ` (${severity})`}`,
    ),
  }
}

const model = (source: string, name = 'M') =>
  `name: ${name}\nsource: ${source}\ntype: table\ntableName: T\nprimaryKey: id\n`
const sync = (name: string, destination: string) =>
  `model: ${name}\ndestination: ${destination}\nconfig: {}\nschedule:\n  type: manual\nschedulePaused: false\n`
const join = (from: string, to: string) =>
  `from:\n  slug: ${from}\n  mergeColumns: false\nto:\n  slug: ${to}\n  mergeColumns: false\ncardinality: 1:many\nmapping:\n  - fromColumn: a\n    toColumn: b\n`
const manifest = (...sources: string[]) =>
  `sources:\n${sources.map((slug) => `  ${slug}: {type: duckdb}\n`).join('')}destinations:\n  crm: {type: hubspot}\n`

describe('the sample repositories', () => {
  it('[F18] [F21] [E3] broken: each fault once, at its line, all in one pass', () => {
    expect(show(lintRepository(readFixture('broken')))).toEqual({
      files: 23,
      resources: 20,
      diagnostics: [
        'aliases-dev.yaml:2 alias-cycle',
        'aliases-dev.yaml:4 alias-dangling',
        'aliases-dev.yaml:5 alias-shadows-slug (warning)',
        'aliases-dev.yaml:5 alias-unused (warning)',
        'models/bomb.yaml:1 limit-aliases',
        'models/duplicate-key.yaml:2 yaml-duplicate-key',
        'models/empty.yaml:1 not-a-mapping',
        'models/missing-key.yaml:1 missing-key',
        'models/not-a-map.yaml:1 not-a-mapping',
        'models/same.yml:1 duplicate-slug',
        'models/syntax.yaml:3 yaml-syntax',
        'models/tag.yaml:1 yaml-tag',
        'models/two-documents.yaml:6 yaml-multiple-documents',
        'models/unknown-query-type.yaml:3 wrong-value',
        'models/unresolved-source.yaml:2 unresolved-source',
        'models/wrong-type.yaml:5 wrong-type',
        'schema/event-models/no-timestamp.yaml:1 missing-key',
        'schema/model-relationships/bad-cardinality.yaml:8 wrong-value',
        'schema/model-relationships/bad-cardinality.yaml:9 wrong-value',
        'schema/model-relationships/users-oders.yaml:6 unresolved-model',
        'schema/model-relationships/users-orders.yaml:6 cross-source-relationship',
        'syncs/unresolved-destination.yaml:2 unresolved-destination',
        'syncs/unresolved-model.yaml:1 unresolved-model',
      ],
    })
  })

  it('[F18] [F21] broken: the messages name what the reader needs', () => {
    const { diagnostics } = lintRepository(readFixture('broken'))
    const of = (file: string) => diagnostics.find((diagnostic) => diagnostic.file === file)
    expect(of('models/unresolved-source.yaml')?.hint).toContain('`main-database`')
    expect(of('schema/model-relationships/users-oders.yaml')?.hint).toContain('`orders`')
    expect(of('syncs/unresolved-destination.yaml')?.hint).toContain('`crm`')
    expect(of('models/same.yml')?.message).toBe(
      'The slug `same` is taken twice: by `models/same.yaml` and by `models/same.yml`.',
    )
    expect(of('aliases-dev.yaml')?.message).toBe(
      'The aliases `a` → `b` → `a` point in a circle and mean nothing.',
    )
  })

  it('[F20] broken: the alias bomb is refused without being blown up', () => {
    const bomb = readFixture('broken').filter(({ path }) => path === 'models/bomb.yaml')
    lintRepository(readFixture('plant-store'))
    const before = performance.now()
    lintRepository(bomb)
    expect(performance.now() - before).toBeLessThan(5_000)
  })

  it.each([[undefined], ['staging'], ['production']])(
    '[F21] [E1] plant-store has no problems for %s',
    (workspace) => {
      const { resources, diagnostics } = lintRepository(readFixture('plant-store'), { workspace })
      expect({ resources, diagnostics }).toEqual({ resources: 24, diagnostics: [] })
    },
  )

  it('[F4] [F7] [F21] adopted: what another product left', () => {
    expect(show(lintRepository(readFixture('adopted')))).toEqual({
      files: 12,
      resources: 10,
      diagnostics: [
        'schema/model-relationships/accounts-logged-in.yaml:6 cross-source-relationship',
        'schema/model-relationships/loco-accounts-accounts-2.yaml:3 unresolved-model',
        'schema/related-models/foreign.yaml:2 unresolved-source',
      ],
    })
  })

  it('[F2] [F3] [F4] [F15] hand-edited: sub-folders, .yml, a dbt guest, an unknown key', () => {
    expect(show(lintRepository(readFixture('hand-edited')))).toEqual({
      files: 4,
      resources: 4,
      diagnostics: ['.:1 no-manifest (notice)', 'schema/parent-models/users.yaml:19 unknown-key (warning)'],
    })
  })

  it('[F5] [F6] [F7] quirks: everything reads', () => {
    expect(show(lintRepository(readFixture('quirks')))).toEqual({
      files: 12,
      resources: 10,
      diagnostics: ['models/stale-key.yaml:5 stale-query-key (warning)'],
    })
  })
})

describe('slugs', () => {
  it('[F2] [F3] twice in one kind is an error at each later file', () => {
    const files = {
      'models/a.yaml': model('s'),
      'models/sub/a.yaml': model('s'),
      'models/a.yml': model('s'),
      'manifest-w.yaml': manifest('s'),
    }
    expect(lint(files)).toEqual({
      files: 4,
      resources: 1,
      diagnostics: ['models/a.yml:1 duplicate-slug', 'models/sub/a.yaml:1 duplicate-slug'],
    })
  })

  it('[F1] parent, related and event models share one space of names; a general model only warns', () => {
    const files = {
      'models/a.yaml': model('s'),
      'schema/parent-models/a.yaml': model('s'),
      'schema/related-models/a.yaml': 'name: A\nsource: s\ntype: table\ntableName: T\n',
      'manifest-w.yaml': manifest('s'),
    }
    expect(lint(files).diagnostics).toEqual([
      'schema/parent-models/a.yaml:1 duplicate-slug (warning)',
      'schema/related-models/a.yaml:1 duplicate-slug',
      'schema/related-models/a.yaml:1 duplicate-slug (warning)',
    ])
  })

  it('[F1] [F2] one diagnostic names both files, whichever of them is the newer one', () => {
    const told = (files: Record<string, string>) =>
      lintRepository(Object.entries(files).map(([path, text]) => ({ path, text }))).diagnostics.flatMap(
        ({ code, file, message, hint }) => (code === 'duplicate-slug' ? [{ file, message, hint }] : []),
      )
    const hint = 'Rename or delete one of the two files.'
    expect(
      told({ 'schema/related-models/a.yaml': model('s'), 'schema/event-models/a.yaml': model('s') }),
    ).toEqual([
      {
        file: 'schema/related-models/a.yaml',
        message:
          'The slug `a` is taken twice: by `schema/event-models/a.yaml` and by `schema/related-models/a.yaml`.',
        hint,
      },
    ])
    expect(told({ 'models/sub/a.yaml': model('s'), 'models/a.yml': model('s') })).toEqual([
      {
        file: 'models/sub/a.yaml',
        message: 'The slug `a` is taken twice: by `models/a.yml` and by `models/sub/a.yaml`.',
        hint,
      },
    ])
  })

  it('[F2] guests are set apart first', () => {
    const files = {
      'models/schema.yml': 'version: 2\n',
      'models/schema.yaml': model('s'),
      'manifest-w.yaml': manifest('s'),
    }
    expect(lint(files)).toEqual({ files: 2, resources: 1, diagnostics: [] })
  })
})

describe('sources and destinations', () => {
  const files = {
    'manifest-dev.yaml': manifest('main'),
    'manifest-prod.yaml': manifest('theirs'),
    'models/m.yaml': model('theirs'),
  }

  it('[F21] [C2] without a workspace a name is known when any manifest knows it', () => {
    expect(lint(files).diagnostics).toEqual([])
  })

  it('[F21] [C2] for one workspace a name of another one is a warning, an unknown one an error', () => {
    expect(lint(files, { workspace: 'dev' }).diagnostics).toEqual([
      'models/m.yaml:2 unresolved-source (warning)',
    ])
    const unknown = { ...files, 'models/m.yaml': model('nobodys') }
    expect(lint(unknown, { workspace: 'dev' }).diagnostics).toEqual(['models/m.yaml:2 unresolved-source'])
  })

  it('[F21] without a manifest one notice, and nothing else about names', () => {
    const none = { 'models/n.yaml': model('y'), 'syncs/s.yaml': sync('n', 'z') }
    expect(lint(none).diagnostics).toEqual(['.:1 no-manifest (notice)'])
    expect(lint(files, { workspace: 'other' }).diagnostics).toEqual([
      'manifest-other.yaml:1 no-manifest (notice)',
    ])
    expect(lint({ 'README.md': 'x' }).diagnostics).toEqual([])
  })

  it('[F21] a manifest that cannot be read is one error, not one for every file', () => {
    expect(lint({ 'manifest-dev.yaml': 'sources: [', 'models/m.yaml': model('x') }).diagnostics).toEqual([
      'manifest-dev.yaml:1 yaml-syntax',
    ])
  })

  it('[E1] [F21] aliases decide whether two models have one source', () => {
    const schema = {
      'schema/parent-models/a.yaml': model('one'),
      'schema/related-models/b.yaml': 'name: B\nsource: two\ntype: table\ntableName: T\n',
      'schema/model-relationships/a-b.yaml': join('a', 'b'),
      'manifest-dev.yaml': manifest('main'),
      'aliases-dev.yaml': 'sources:\n  one: main\n  two: main\n',
    }
    expect(lint(schema).diagnostics).toEqual([])
    const apart = {
      ...schema,
      'manifest-dev.yaml': manifest('main', 'other'),
      'aliases-dev.yaml': 'sources:\n  one: main\n  two: other\n',
    }
    expect(lint(apart).diagnostics).toEqual([
      'schema/model-relationships/a-b.yaml:5 cross-source-relationship',
    ])
  })

  it('[E3] an alias that leads nowhere is told at its line only', () => {
    const dangling = {
      'manifest-dev.yaml': manifest('main'),
      'aliases-dev.yaml': 'sources:\n  one: gone\n',
      'models/m.yaml': model('one'),
    }
    expect(lint(dangling).diagnostics).toEqual(['aliases-dev.yaml:2 alias-dangling'])
  })

  it('[F4] files of other workspaces are guests to one', () => {
    const other = {
      'manifest-dev.yaml': manifest('main'),
      'aliases-prod.yaml': 'sources: [',
      'manifest-prod.yaml': '- 1\n',
    }
    expect(lint(other, { workspace: 'dev' })).toEqual({ files: 1, resources: 0, diagnostics: [] })
    expect(lint(other).diagnostics).toEqual([
      'aliases-prod.yaml:1 yaml-syntax',
      'manifest-prod.yaml:1 not-a-mapping',
    ])
  })
})

describe('one fault, one report', () => {
  it('[F21] a reference to a broken file resolves, and a broken file is checked as far as it can be read', () => {
    const files = {
      'manifest-dev.yaml': manifest('main'),
      'models/a.yaml': 'name: [\n',
      'models/b.yaml': 'name: 1\nsource: mian\ntype: table\ntableName: T\nprimaryKey: id\n',
      'syncs/s.yaml': sync('a', 'crm'),
    }
    expect(lint(files).diagnostics).toEqual([
      'models/a.yaml:1 yaml-syntax',
      'models/b.yaml:1 wrong-type',
      'models/b.yaml:2 unresolved-source',
    ])
  })

  it('[E3] an alias that only an unreadable file names is not called unused', () => {
    const files = {
      'manifest-dev.yaml': manifest('main'),
      'aliases-dev.yaml': 'sources:\n  shared: main\n  spare: main\n',
      'models/a.yaml': 'name: [\nsource: shared\n',
    }
    expect(lint(files).diagnostics).toEqual([
      'aliases-dev.yaml:3 alias-unused (warning)',
      'models/a.yaml:2 yaml-syntax',
    ])
  })

  it('[F18] bytes that are not UTF-8, an LFS pointer, a dbt file that cannot be read', () => {
    const files = {
      'manifest-dev.yaml': manifest('main'),
      'models/a.yaml': null,
      'models/b.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
      'models/c.yml': 'version: 2\nmodels:\n  - name: {{ x }}\n   y: 1\n',
    }
    expect(lint(files)).toEqual({ files: 2, resources: 1, diagnostics: ['models/a.yaml:1 yaml-syntax'] })
  })
})

describe('limits', () => {
  it('[F20] more resources than a workspace may have is one error', () => {
    const files = {
      'manifest-w.yaml': manifest('s'),
      'models/a.yaml': model('s'),
      'models/b.yaml': model('s'),
      'models/c.yaml': model('s'),
    }
    expect(lint(files, { limits: { ...DEFAULT_LIMITS, resources: 2 } })).toEqual({
      files: 3,
      resources: 2,
      diagnostics: ['models/c.yaml:1 limit-resources'],
    })
  })

  it('[F20] a thousand problems of one file are listed, the rest is counted', () => {
    const keys = Array.from({ length: 1500 }, (_, i) => `k${i}: 1\n`).join('')
    const { diagnostics } = lintRepository([{ path: 'models/a.yaml', text: `${model('s')}${keys}` }])
    expect(diagnostics.filter(({ code }) => code === 'unknown-key')).toHaveLength(1000)
    expect(diagnostics.filter(({ code }) => code === 'limit-diagnostics')).toMatchObject([
      { severity: 'warning', message: 'The file has 500 more problems, which are not listed.' },
    ])
  })
})
