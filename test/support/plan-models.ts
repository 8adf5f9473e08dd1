import { PlanWorld, type Write } from './plan-world.ts'

export function parentModel(slug: string, tableName = slug): Write {
  return { ref: { kind: 'parent-models', slug }, value: { ...table(slug, tableName), primaryKey: 'id' } }
}

export function relatedModel(slug: string, tableName = slug): Write {
  return { ref: { kind: 'related-models', slug }, value: table(slug, tableName) }
}

function table(slug: string, tableName: string) {
  return { name: slug, source: 's1', description: 'one', type: 'table', tableName }
}

export function joined(from: string, to: string): Write {
  const end = (slug: string) => ({ slug, mergeColumns: false })
  const mapping = [{ fromColumn: 'id', toColumn: 'id' }]
  const value = { from: end(from), to: end(to), cardinality: '1:1', mapping }
  return { ref: { kind: 'model-relationships', slug: `${from}-${to}` }, value }
}

/** Both sides alike: the parent `a`, the related `b` and `c`, and what joins `a` to `b` and `c` to `a`. */
export function relatedWorld(): PlanWorld {
  const world = new PlanWorld()
  world.save([parentModel('a'), relatedModel('b'), relatedModel('c'), joined('a', 'b'), joined('c', 'a')])
  world.sync()
  return world
}
