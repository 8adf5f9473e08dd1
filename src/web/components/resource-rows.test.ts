import { expect, it } from 'vitest'
import type { Resource } from '../api/resources.ts'
import { NO_NAMES } from '../words/resource-name.ts'
import { arrange, rowsOf } from './resource-rows.ts'

const model = (slug: string, name: string, source: string): Resource => ({
  slug,
  name,
  source,
  revision: '1',
  git: { state: 'none' },
})
const rows = rowsOf('models', [
  model('b-2', 'Model 10', 'main'),
  model('a', 'model 9', 'sheets'),
  model('c', 'Other', 'main'),
])
const slugs = (search: Parameters<typeof arrange>[1]) =>
  arrange(rows, search, (row) => String(row.resource.source)).map((row) => row.slug)

it('[W1] filters by name or slug, whatever the case', () => {
  expect(slugs({ q: 'MODEL' })).toEqual(['a', 'b-2'])
  expect(slugs({ q: 'b-2' })).toEqual(['b-2'])
})

it('[W1] sorts as people count, by name where a column is equal', () => {
  expect(slugs({})).toEqual(['a', 'b-2', 'c'])
  expect(slugs({ desc: true })).toEqual(['c', 'b-2', 'a'])
  expect(slugs({ sort: 'source' })).toEqual(['b-2', 'c', 'a'])
})

it('[W2] names a relationship and a sync by what they join', () => {
  const relationship: Resource = {
    slug: 'x',
    from: { slug: 'users' },
    to: { slug: 'orders' },
    revision: '1',
    git: { state: 'none' },
  }
  expect(rowsOf('model-relationships', [relationship])[0]?.name).toBe('users → orders')
  const names = { ...NO_NAMES, schema: new Map([['users', 'People']]) }
  expect(rowsOf('model-relationships', [relationship], names)[0]?.name).toBe('People → orders')
})
