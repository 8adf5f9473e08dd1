import { isObject, type Json, type JsonObject } from '../../../src/core/model/json.ts'
import type { FileKind } from '../../../src/core/model/kind.ts'
import type { Ledger } from './ledger.ts'
import type { Draw } from './random.ts'

export const MODEL_SLUGS = ['a', 'b', 'c', 'd', 'e'] as const
export const MODEL_KINDS = ['parent-models', 'related-models', 'event-models'] as const

/** A new model whose every text bears a mark of its own. */
export function newModel(kind: FileKind, ledger: Ledger, draw: Draw, source: string): JsonObject {
  const mark = () => ledger.mint()
  const query = draw.once(3)
    ? { type: 'table', tableName: `T ${mark()}` }
    : { type: 'raw_sql', rawSql: Array.from({ length: 6 }, (_, i) => `line ${i} -- ${mark()}`).join('\n') }
  return {
    name: `Name ${mark()}`,
    source,
    ...(draw.once(2) ? { description: `About ${mark()}` } : {}),
    ...query,
    ...(kind === 'parent-models' ? { primaryKey: `id ${mark()}` } : {}),
    ...(kind === 'parent-models' && draw.once(2) ? { primaryLabel: `label ${mark()}` } : {}),
    ...(kind === 'event-models' ? { eventTimestampColumn: `at ${mark()}` } : {}),
    ...(draw.once(2) ? { columns: [column('x', mark()), column('y', mark())] } : {}),
    ...(draw.once(4) ? { tags: [mark(), mark()] } : {}),
  }
}

function column(name: string, mark: string): JsonObject {
  return { name, label: mark }
}

export function newRelationship(from: string, to: string, ledger: Ledger): JsonObject {
  return {
    from: { relationshipName: ledger.mint(), slug: from, mergeColumns: false },
    to: { slug: to, mergeColumns: false },
    cardinality: '1:many',
    mapping: [{ fromColumn: ledger.mint(), toColumn: ledger.mint() }],
  }
}

/** What one edit makes of a value. Blocks are never taken out here: in a file that would not mean it (F11). */
export function editedValue(kind: FileKind, value: JsonObject, ledger: Ledger, draw: Draw): JsonObject {
  const what = draw.below(8)
  if (what === 0 && value.description !== undefined) {
    const { description, ...rest } = value
    return rest
  }
  if (what === 1 && kind !== 'model-relationships') return { ...value, description: `About ${ledger.mint()}` }
  if (what === 2 && kind !== 'model-relationships') return withColumns(value, ledger, draw)
  if (what === 3) return { ...value, folder: `Folder ${ledger.mint()}` }
  const marks = [...new Set(JSON.stringify(value).match(/\bt\d+q\b/g) ?? [])]
  return marks.length === 0 ? value : replaced(value, draw.pick(marks), ledger.mint())
}

function withColumns(value: JsonObject, ledger: Ledger, draw: Draw): JsonObject {
  const columns = Array.isArray(value.columns) ? value.columns : []
  const name = draw.pick(['x', 'y', 'z', 'w'])
  const rest = columns.filter((item) => isObject(item) && item.name !== name)
  const isDropped = rest.length < columns.length && rest.length > 0 && draw.once(2)
  return { ...value, columns: isDropped ? rest : [...rest, column(name, ledger.mint())] }
}

function replaced(value: JsonObject, mark: string, other: string): JsonObject {
  const walk = (item: Json): Json => {
    if (typeof item === 'string') return item.replace(new RegExp(`\\b${mark}\\b`), other)
    if (Array.isArray(item)) return item.map(walk)
    return isObject(item)
      ? Object.fromEntries(Object.entries(item).map(([key, one]) => [key, walk(one)]))
      : item
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one)]))
}
