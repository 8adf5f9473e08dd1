import { describe, expect, it } from 'vitest'
import { FIELDS } from '../model/fields.ts'
import type { JsonObject } from '../model/json.ts'
import { printPointer } from '../model/json-pointer.ts'
import { FILE_KINDS, type FileKind, MODEL_KINDS } from '../model/kind.ts'
import { checkValue } from './resource.ts'
import { SHAPES } from './shapes.ts'

const MODEL = { name: 'M', source: 's', type: 'table', tableName: 'T' }
const VALID: Record<FileKind, JsonObject> = {
  models: { ...MODEL, primaryKey: 'id' },
  'parent-models': { ...MODEL, primaryKey: 'id', primaryLabel: 'name', secondaryLabel: 'id' },
  'related-models': MODEL,
  'event-models': { ...MODEL, eventTimestampColumn: 'ts' },
  'model-relationships': {
    from: { relationshipName: 'B', slug: 'a', mergeColumns: false },
    to: { slug: 'b', mergeColumns: true },
    cardinality: '1:many',
    mapping: [{ fromColumn: 'id', toColumn: 'a_id' }],
  },
  syncs: { model: 'm', destination: 'd', config: {}, schedule: { type: 'manual' }, schedulePaused: false },
  'event-contracts': { name: 'Web', onUndeclaredSchema: 'BLOCK_EVENT' },
  'contract-events': {
    name: 'Viewed',
    onSchemaViolation: 'BLOCK_EVENT',
    onUndeclaredFields: 'ALLOW_EVENT',
    schema: {},
    type: 'track',
    version: '1.0.0',
  },
}

/** Code, place and, for warnings, severity. */
function check(kind: FileKind, value: JsonObject): string[] {
  return checkValue(kind, value).map(
    ({ code, path, severity }) =>
      `${code} ${printPointer(path) || '/'}${severity === 'error' ? '' : ` (${severity})`}`,
  )
}

describe('every kind', () => {
  it('the shapes have the keys of the format, in its order', () => {
    for (const kind of FILE_KINDS) {
      const keys = FIELDS[kind].map(({ key, required }) => ({ key, required }))
      expect(Object.entries(SHAPES[kind]).map(([key, { required }]) => ({ key, required }))).toEqual(keys)
    }
  })

  it.each(FILE_KINDS)('[F18] a valid %s has no problems', (kind) => {
    expect(check(kind, VALID[kind])).toEqual([])
  })

  it.each(FILE_KINDS)('[F18] each required key of %s is missed, all at once', (kind) => {
    const required = FIELDS[kind].filter((field) => field.required).map(({ key }) => key)
    const missed = checkValue(kind, {}).flatMap(({ code, message }) =>
      code === 'missing-key' ? [/`(\w+)`/.exec(message)?.[1]] : [],
    )
    expect(missed.slice(0, required.length)).toEqual(required)
  })

  it('[F7] [F23] a null at the top reads as absent, deeper it does not', () => {
    expect(
      check('parent-models', { ...VALID['parent-models'], description: null, primaryKey: null }),
    ).toEqual(['missing-key /primaryKey'])
    const from = { relationshipName: null, slug: 'a', mergeColumns: false }
    expect(check('model-relationships', { ...VALID['model-relationships'], from })).toEqual([
      'wrong-type /from/relationshipName',
    ])
  })

  it('[F15] unknown keys are warnings, at every depth that we know', () => {
    const columns = [{ name: 'a', labl: 'A' }]
    expect(check('models', { ...VALID.models, 'x-owner': 'growth', columns })).toEqual([
      'unknown-key /columns/0/labl (warning)',
      'unknown-key /x-owner (warning)',
    ])
    const [found] = checkValue('models', { ...VALID.models, columns })
    expect(found?.hint).toBe('Did you mean `label`?')
  })

  it('[F18] a message says what was expected, what was found and how to mend it', () => {
    const [found] = checkValue('models', { ...VALID.models, name: 2024 })
    expect(found).toEqual({
      code: 'wrong-type',
      severity: 'error',
      message: '`name` must be text, but it is the number 2024.',
      hint: "Put it in quotes: `name: '2024'`.",
      path: ['name'],
      at: 'value',
    })
  })
})

describe('queries', () => {
  const { tableName: _, type: __, ...rest } = VALID.models as { tableName: string; type: string }
  const query = (keys: JsonObject) => check('models', { ...rest, ...keys })

  it.each(MODEL_KINDS)('[F7] %s: type is one of four', (kind) => {
    expect(check(kind, { ...VALID[kind], type: 'lookml' })).toEqual(['wrong-value /type'])
  })

  it.each([
    ['raw_sql', 'rawSql', 'select 1'],
    ['table', 'tableName', 'T'],
    ['dbt_model', 'dbtModel', 'model.a.b'],
    ['custom', 'customQuery', { type: 'sheet' }],
  ])('[F7] type: %s names the query key %s', (type, key, value) => {
    expect(query({ type, [key]: value })).toEqual([])
    expect(query({ type })).toEqual(['missing-key /'])
    expect(query({ type, [key]: null })).toEqual([`missing-key /${key}`])
  })

  it('[F7] shapes of 2021 and 2022: nulls and empty texts where unused, isSchema', () => {
    expect(
      query({ type: 'raw_sql', dbtModel: null, rawSql: 'select 1', tableName: '', isSchema: false }),
    ).toEqual([])
    expect(query({ type: 'table', dbtModel: null, rawSql: null, tableName: 'T' })).toEqual([])
  })

  it('[F7] a filled second query key is kept and reported', () => {
    expect(query({ type: 'raw_sql', rawSql: 'select 1', tableName: 'T', customQuery: {} })).toEqual([
      'stale-query-key /tableName (warning)',
      'stale-query-key /customQuery (warning)',
    ])
  })
})

describe('relationships', () => {
  const join = (keys: JsonObject) =>
    check('model-relationships', { ...VALID['model-relationships'], ...keys })

  it.each(['1:1', '1:many', 'many:1'])('[F8] cardinality %s', (cardinality) => {
    expect(join({ cardinality })).toEqual([])
  })

  it('[F8] other cardinalities, an empty mapping, pairs without a column', () => {
    expect(join({ cardinality: 'many:many', mapping: [] })).toEqual([
      'wrong-value /cardinality',
      'wrong-value /mapping',
    ])
    expect(join({ mapping: [{ fromColumn: 'a' }] })).toEqual(['missing-key /mapping/0'])
    expect(join({ mapping: null })).toEqual(['missing-key /mapping'])
  })

  it('[F8] the reverse name stands under `to`', () => {
    expect(join({ to: { relationshipName: 'Buyer', slug: 'b', mergeColumns: false } })).toEqual([])
  })

  it('[F11] a relationship goes through others instead of a mapping', () => {
    const { mapping: _, ...rest } = VALID['model-relationships'] as { mapping: unknown }
    const through = (value: JsonObject) => check('model-relationships', { ...(rest as JsonObject), ...value })
    expect(through({ through: ['a', 'b'] })).toEqual([])
    expect(through({ through: [] })).toEqual(['missing-key /'])
    expect(join({ through: ['a'] })).toEqual(['wrong-value /mapping (warning)'])
  })
})

describe('schedules and free-form values', () => {
  const sync = (schedule: JsonObject) => check('syncs', { ...VALID.syncs, schedule })

  it.each<[string, JsonObject]>([
    ['manual', { type: 'manual' }],
    [
      'interval',
      { type: 'interval', schedule: { interval: { unit: 'hour', quantity: 6 } }, startDate: '2025-03-01' },
    ],
    ['cron', { type: 'cron', schedule: { expression: '0 3 * * *' } }],
    [
      'visual_cron',
      { type: 'visual_cron', schedule: { expressions: [{ days: { monday: true }, time: '06:00' }] } },
    ],
    ['dbt-cloud', { type: 'dbt-cloud', schedule: { job: { id: 1 } } }],
    ['an unknown type', { type: 'moon', phase: ['full'] }],
  ])('[F9] %s', (_, schedule) => {
    expect(sync(schedule)).toEqual([])
  })

  it('[F9] a known type in another form is kept and reported; a schedule without a type is an error', () => {
    expect(sync({ type: 'interval', schedule: { interval: { unit: 'hour' } } })).toEqual([
      'missing-key /schedule/schedule/interval (warning)',
    ])
    expect(sync({ cron: '* * * * *' })).toEqual(['missing-key /schedule'])
  })

  it('[F10] whatever stands in config, customQuery and schema survives', () => {
    const config = JSON.parse('{"__proto__": 1, "constructor": {"a": null}, "": [[]]}')
    expect(check('syncs', { ...VALID.syncs, config })).toEqual([])
    expect(check('contract-events', { ...VALID['contract-events'], schema: config })).toEqual([])
    expect(check('syncs', { ...VALID.syncs, config: [] })).toEqual(['wrong-type /config'])
  })
})

describe('optional blocks', () => {
  it('[F11] columns, sampling, folder and tags', () => {
    const columns = [
      {
        name: 'email',
        label: 'E-mail',
        description: 'd',
        type: 'string',
        visible: true,
        privacy: 'redacted',
        semanticType: 'email',
        suggestions: false,
      },
      { name: 'name' },
    ]
    const sampling = { enabled: true, percent: 10, schedule: { type: 'manual' }, models: ['purchases'] }
    expect(
      check('parent-models', { ...VALID['parent-models'], columns, sampling, folder: 'a/b', tags: ['x'] }),
    ).toEqual([])
    expect(check('parent-models', { ...VALID['parent-models'], columns: [], tags: [] })).toEqual([])
  })

  it('[F11] what they may not hold', () => {
    const columns = [{ label: 'E' }, { name: 'a', privacy: 'secret', visible: 'yes' }]
    const sampling = { enabled: true, percent: 101 }
    expect(
      check('related-models', { ...VALID['related-models'], columns, sampling, folder: 1, tags: 'x' }),
    ).toEqual([
      'missing-key /columns/0',
      'wrong-type /columns/1/visible',
      'wrong-value /columns/1/privacy',
      'wrong-value /sampling/percent',
      'wrong-type /folder',
      'wrong-type /tags',
    ])
  })
})
