import type { JsonObject } from '../../src/core/model/json.ts'
import type { Write } from '../../src/store/change-sets.ts'

/** Small valid resources for tests. */
export function source(slug = 'warehouse'): Write {
  return { kind: 'sources', slug, value: { name: 'Warehouse', type: 'duckdb' } }
}

export function parent(slug: string, more: JsonObject = {}): Write {
  const value = {
    name: titled(slug),
    source: 'warehouse',
    type: 'table',
    tableName: slug,
    primaryKey: 'id',
    ...more,
  }
  return { kind: 'parent-models', slug, value }
}

export function related(slug: string, more: JsonObject = {}): Write {
  const value = { name: titled(slug), source: 'warehouse', type: 'table', tableName: slug, ...more }
  return { kind: 'related-models', slug, value }
}

export function relationship(from: string, to: string, more: JsonObject = {}): Write {
  const value = {
    from: { relationshipName: titled(to), slug: from, mergeColumns: false },
    to: { slug: to, mergeColumns: false },
    cardinality: '1:many',
    mapping: [{ fromColumn: 'id', toColumn: 'id' }],
    ...more,
  }
  return { kind: 'model-relationships', slug: `${from}-${to}`, value }
}

/** The same with some keys changed. */
export function edited(write: Write, more: JsonObject): Write {
  return { ...write, value: { ...write.value, ...more } }
}

function titled(slug: string): string {
  return slug.charAt(0).toUpperCase() + slug.slice(1)
}
