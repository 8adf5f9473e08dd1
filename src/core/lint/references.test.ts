import { describe, expect, it } from 'vitest'
import type { FileKind } from '../model/kind.ts'
import { catalogOf } from '../plan/catalog.ts'
import { type Catalog, checkReferences, referencesOf } from './references.ts'

const THERE: Record<string, { source?: string }> = {
  'sources:main': {},
  'sources:other': {},
  'destinations:crm': {},
  'models:users': { source: 'other' },
  'parent-models:users': { source: 'main' },
  'related-models:orders': { source: 'other' },
  'related-models:unread': {},
  'event-models:viewed': { source: 'main' },
  'model-relationships:users-orders': {},
  'event-contracts:web': {},
}
const CATALOG: Catalog = catalogOf(
  (key) => THERE[key],
  (kind) =>
    Object.keys(THERE)
      .filter((key) => key.startsWith(`${kind}:`))
      .map((key) => key.slice(kind.length + 1)),
)
const ref = (kind: FileKind, slug = 'x') => ({ kind, slug })
const relationship = (from: string, to: string) => ({ from: { slug: from }, to: { slug: to } })

describe('what a resource refers to', () => {
  it('[F21] a model names a source and the models that are sampled with it', () => {
    const value = { source: 'main', sampling: { enabled: true, models: ['orders', 'viewed'] } }
    expect(referencesOf(ref('parent-models'), value)).toEqual([
      { field: '/source', target: 'source', slug: 'main' },
      { field: '/sampling/models/0', target: 'schema-model', slug: 'orders' },
      { field: '/sampling/models/1', target: 'schema-model', slug: 'viewed' },
    ])
  })

  it('[F21] a relationship names its ends and what it goes through', () => {
    expect(referencesOf(ref('model-relationships'), { ...relationship('a', 'b'), through: ['r'] })).toEqual([
      { field: '/from/slug', target: 'schema-model', slug: 'a' },
      { field: '/to/slug', target: 'schema-model', slug: 'b' },
      { field: '/through/0', target: 'relationship', slug: 'r' },
    ])
  })

  it('[F21] a sync names a model and a destination, a contract event its contract', () => {
    expect(referencesOf(ref('syncs'), { model: 'm', destination: 'd' })).toEqual([
      { field: '/model', target: 'model', slug: 'm' },
      { field: '/destination', target: 'destination', slug: 'd' },
    ])
    expect(referencesOf(ref('contract-events', 'web/viewed'), {})).toEqual([
      { field: '', target: 'contract', slug: 'web' },
    ])
  })

  it('[F21] values of a wrong type name nothing', () => {
    expect(referencesOf(ref('syncs'), { model: 1, destination: ['d'] })).toEqual([])
    expect(referencesOf(ref('model-relationships'), { from: 'a', to: null, through: [1, {}] })).toEqual([])
  })
})

describe('what does not resolve', () => {
  it('[F21] names the missing slug and the nearest that exist', () => {
    expect(checkReferences(ref('model-relationships'), relationship('users', 'oders'), CATALOG)).toEqual([
      {
        code: 'unresolved-model',
        severity: 'error',
        message: 'There is no parent, related or event model `oders`.',
        hint: 'Did you mean `orders`?',
        path: ['to', 'slug'],
        at: 'value',
      },
    ])
  })

  it.each<[FileKind, object, string[]]>([
    ['models', { source: 'nowhere' }, ['unresolved-source']],
    ['syncs', { model: 'm', destination: 'd' }, ['unresolved-model', 'unresolved-destination']],
    [
      'model-relationships',
      { ...relationship('users', 'viewed'), through: ['r'] },
      ['unresolved-relationship'],
    ],
    ['parent-models', { source: 'main', sampling: { models: ['m'] } }, ['unresolved-model']],
  ])('[F21] %s %j', (kind, value, codes) => {
    expect(checkReferences(ref(kind), value as never, CATALOG).map(({ code }) => code)).toEqual(codes)
  })

  it('[F21] a contract event without its contract', () => {
    expect(checkReferences(ref('contract-events', 'wbe/x'), {}, CATALOG)).toMatchObject([
      { code: 'unresolved-contract', path: [], hint: 'Did you mean `web`?' },
    ])
    expect(checkReferences(ref('contract-events', 'web/x'), {}, CATALOG)).toEqual([])
  })

  it('[F21] a sync may read any model, a relationship joins no general one', () => {
    expect(checkReferences(ref('syncs'), { model: 'viewed', destination: 'crm' }, CATALOG)).toEqual([])
    const { 'parent-models:users': _, ...rest } = THERE
    const catalog = catalogOf(
      (key) => rest[key as keyof typeof rest],
      () => [],
    )
    expect(
      checkReferences(ref('model-relationships'), relationship('users', 'viewed'), catalog).map(
        ({ code }) => code,
      ),
    ).toEqual(['unresolved-model'])
  })

  it('[F21] a source that another workspace knows is a warning; unchecked where nothing says what exists', () => {
    const knowing: Catalog = { ...CATALOG, knownElsewhere: () => 'production' }
    expect(checkReferences(ref('models'), { source: 'theirs' }, knowing)).toMatchObject([
      {
        severity: 'warning',
        message: 'There is no source `theirs` here; the workspace `production` has it.',
      },
    ])
    const blind: Catalog = { ...CATALOG, unchecked: new Set(['source'] as const) }
    expect(checkReferences(ref('models'), { source: 'theirs' }, blind)).toEqual([])
  })

  it('[E4] a source that is not known comes with the line to add to the alias file', () => {
    const catalog: Catalog = { ...CATALOG, aliasFile: 'aliases-dev.yaml' }
    expect(checkReferences(ref('models'), { source: 'warehouse' }, catalog)[0]?.hint).toBe(
      'Create it in the app, or add `  warehouse: <slug>` under `sources:` in `aliases-dev.yaml`.',
    )
    expect(checkReferences(ref('models'), { source: 'mian' }, catalog)[0]?.hint).toBe(
      'Did you mean `main`? If not, add `  mian: main` under `sources:` in `aliases-dev.yaml`.',
    )
  })
})

describe('joins', () => {
  it('[F21] a relationship across two sources is an error at its second end', () => {
    expect(
      checkReferences(ref('model-relationships'), relationship('users', 'orders'), CATALOG),
    ).toMatchObject([{ code: 'cross-source-relationship', severity: 'error', path: ['to', 'slug'] }])
  })

  it('[F8] [F21] any pairing inside one source is valid, with itself too', () => {
    for (const [from, to] of [
      ['users', 'viewed'],
      ['viewed', 'users'],
      ['users', 'users'],
      ['users', 'unread'],
    ] as const) {
      expect(checkReferences(ref('model-relationships'), relationship(from, to), CATALOG)).toEqual([])
    }
  })
})
