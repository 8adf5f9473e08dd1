import type { FileKind } from '../model/kind.ts'
import {
  anything,
  boolean,
  choice,
  either,
  type Fields,
  fields,
  freeForm,
  list,
  may,
  must,
  number,
  open,
  record,
  type Shape,
  text,
} from './shape.ts'

/** The shapes of every kind of file (docs/spec/format.md, *Fields*); each table has the keys of FIELDS in core/model. */

const query: Fields = {
  dbtModel: may(text),
  rawSql: may(text),
  tableName: may(text),
  customQuery: may(freeForm),
}

export const QUERY_TYPES = ['raw_sql', 'table', 'dbt_model', 'custom'] as const

const model: Fields = {
  name: must(text),
  source: must(text),
  description: may(text),
  type: must(choice(...QUERY_TYPES)),
  ...query,
}

const column = fields({
  name: must(text),
  label: may(text),
  description: may(text),
  type: may(text),
  visible: may(boolean),
  privacy: may(choice('approved', 'redacted', 'blocked', 'unreviewed')),
  semanticType: may(text),
  suggestions: may(either(boolean, list(anything))),
})

const placement: Fields = { folder: may(text), tags: may(list(text)) }

const blocks: Fields = {
  columns: may(list(column)),
  sampling: may(
    fields({
      enabled: must(boolean),
      percent: must(number(0, 100)),
      schedule: may(freeForm),
      models: may(list(text)),
    }),
  ),
  ...placement,
}

const end = fields({ relationshipName: may(text), slug: must(text), mergeColumns: must(boolean) })

/** F9: a schedule is free-form beside its type; SCHEDULE_SHAPES tells what the known types usually hold. */
const schedule = open({ type: must(text) })

export const SHAPES: Readonly<Record<FileKind, Fields>> = {
  models: { ...model, isSchema: may(boolean), primaryKey: must(text), ...blocks },
  'parent-models': {
    ...model,
    primaryKey: must(text),
    primaryLabel: may(text),
    secondaryLabel: may(text),
    ...blocks,
  },
  'related-models': { ...model, ...blocks },
  'event-models': { ...model, eventTimestampColumn: must(text), ...blocks },
  'model-relationships': {
    from: must(end),
    to: must(end),
    cardinality: must(choice('1:1', '1:many', 'many:1')),
    mapping: may(list(fields({ fromColumn: must(text), toColumn: must(text) }), 1)),
    ...placement,
    through: may(list(text)),
  },
  syncs: {
    model: must(text),
    destination: must(text),
    description: may(text),
    config: must(freeForm),
    schedule: must(schedule),
    schedulePaused: must(boolean),
    ...placement,
  },
  'event-contracts': { name: must(text), onUndeclaredSchema: must(choice('ALLOW_EVENT', 'BLOCK_EVENT')) },
  'contract-events': {
    name: must(text),
    onSchemaViolation: must(text),
    onUndeclaredFields: must(text),
    schema: must(freeForm),
    type: must(text),
    version: must(text),
    includeBuiltInContext: may(boolean),
  },
}

/** F9: what a schedule of a known type holds; a deviation is a warning, for the schedule survives as it is. */
export const SCHEDULE_SHAPES: Readonly<Record<string, Shape>> = {
  interval: open({
    schedule: must(open({ interval: must(open({ unit: must(text), quantity: must(number(0, 1e9)) })) })),
  }),
  cron: open({ schedule: must(open({ expression: must(text) })) }),
  visual_cron: open({ schedule: must(open({ expressions: must(list(freeForm)) })) }),
}

const connection = fields({ name: may(text), type: must(text) })

export const MANIFEST_SHAPE: Fields = {
  sources: may(record(connection)),
  destinations: may(record(connection)),
  slug: may(text),
}

export const ALIASES_SHAPE: Fields = {
  sources: may(record(text)),
  destinations: may(record(text)),
}
