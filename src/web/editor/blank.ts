import type { JsonObject } from '../../core/model/json.ts'
import type { Kind } from '../../core/model/kind.ts'

/** What the form of a new resource begins with. */
export function blankValue(kind: Kind, source: string): JsonObject {
  const model = { name: '', source, type: 'table', tableName: '' }
  switch (kind) {
    case 'models':
    case 'parent-models':
      return { ...model, primaryKey: '' }
    case 'related-models':
      return model
    case 'event-models':
      return { ...model, eventTimestampColumn: '' }
    case 'model-relationships':
      return {
        from: { slug: '', mergeColumns: false },
        to: { slug: '', mergeColumns: false },
        cardinality: '1:many',
        mapping: [{ fromColumn: '', toColumn: '' }],
      }
    case 'syncs':
      return { model: '', destination: '', config: {}, schedule: { type: 'manual' }, schedulePaused: true }
    case 'sources':
    case 'destinations':
      return { name: '', type: '', config: {} }
    case 'event-contracts':
    case 'contract-events':
      return { name: '' }
  }
}
