import { describe, expect, it } from 'vitest'
import type { Resource } from '../api/resources.ts'
import { graphOf } from './schema-graph.ts'

function model(slug: string, more: object = {}): Resource {
  const git = { state: 'none' } as const
  return { slug, name: slug, source: 'wh', type: 'table', tableName: slug, revision: '1', git, ...more }
}

describe('the schema as a picture', () => {
  it('[W2] [F11] a card counts the columns that the file describes, and says nothing where it describes none', () => {
    const { cards } = graphOf({
      'parent-models': [model('plain'), model('erased', { columns: [] })],
      'related-models': [model('described', { columns: [{ name: 'a' }, { name: 'b', label: 'B' }] })],
      'event-models': [],
      'model-relationships': [],
    })
    expect(cards.map(({ id, described }) => [id, described])).toEqual([
      ['plain', null],
      ['erased', null],
      ['described', 2],
    ])
  })
})
