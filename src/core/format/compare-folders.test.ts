import { describe, expect, it } from 'vitest'
import type { Value } from '../model/resource.ts'
import { compareResources } from './compare-folders.ts'

const model = (slug: string, keys: Value = {}) => ({
  ref: { kind: 'models' as const, slug },
  value: { name: slug, source: 's', type: 'table', tableName: 'T', primaryKey: 'id', ...keys },
})
const contract = (slug: string, name: string) => ({
  ref: { kind: 'event-contracts' as const, slug },
  value: { name, onUndeclaredSchema: 'ALLOW_EVENT' },
})

describe('what differs', () => {
  it('[C4] added, removed and changed, by kind and slug', () => {
    const before = [
      contract('web', 'Web'),
      model('gone', { tableName: 'G' }),
      model('same'),
      model('b', { description: 'x' }),
    ]
    const after = [
      model('b', { description: 'y' }),
      model('same'),
      model('come', { tableName: 'C', isSchema: true }),
      contract('web', 'Web'),
    ]
    expect(
      compareResources(before, after).map(({ kind, slug, change }) => `${kind}/${slug} ${change}`),
    ).toEqual(['models/b changed', 'models/come added', 'models/gone removed'])
  })

  it('[C4] fields are JSON pointers with what was before and after', () => {
    const before = [model('a', { description: 'x', config: { 'a/b': 1 } })]
    const after = [model('a', { description: 'y', config: {} })]
    expect(compareResources(before, after)).toEqual([
      {
        kind: 'models',
        slug: 'a',
        change: 'changed',
        fields: [
          { path: '/description', before: 'x', after: 'y' },
          { path: '/config/a~1b', before: 1 },
        ],
      },
    ])
  })

  it('[F23] [C4] the order of keys is no difference', () => {
    const { ref, value } = model('a')
    expect(
      compareResources(
        [{ ref, value }],
        [{ ref, value: Object.fromEntries(Object.entries(value).reverse()) }],
      ),
    ).toEqual([])
  })

  it('[S18] [C4] a rename is one gone and one new that are equal, or differ in name alone', () => {
    expect(compareResources([model('old')], [model('new')])).toEqual([
      {
        kind: 'models',
        slug: 'new',
        change: 'renamed',
        from: 'old',
        fields: [{ path: '/name', before: 'old', after: 'new' }],
      },
    ])
    expect(compareResources([contract('a', 'Web')], [contract('b', 'Web')])).toEqual([
      { kind: 'event-contracts', slug: 'b', change: 'renamed', from: 'a', fields: [] },
    ])
  })

  it('[S18] [C4] two that could be meant are no rename, nor are two kinds', () => {
    const changes = (before: ReturnType<typeof model>[], after: Parameters<typeof compareResources>[1]) =>
      compareResources(before, after).map(({ slug, change }) => `${slug} ${change}`)
    expect(changes([model('a')], [model('b'), model('c')])).toEqual(['a removed', 'b added', 'c added'])
    expect(changes([model('a'), model('b')], [model('c')])).toEqual(['a removed', 'b removed', 'c added'])
    expect(
      changes([model('a')], [{ ref: { kind: 'parent-models', slug: 'b' }, value: model('a').value }]),
    ).toEqual(['a removed', 'b added'])
  })
})
