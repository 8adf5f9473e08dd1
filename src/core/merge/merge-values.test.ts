import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../model/json.ts'
import type { FileKind } from '../model/kind.ts'
import { mergeValues } from './merge-values.ts'

const model: JsonObject = {
  name: 'Users',
  source: 'warehouse',
  description: 'People',
  type: 'raw_sql',
  rawSql: 'select id\nfrom users\nwhere active\n',
  primaryKey: 'id',
}
const relationship: JsonObject = {
  from: { slug: 'users', mergeColumns: false },
  to: { slug: 'orders', mergeColumns: false },
  cardinality: '1:many',
  mapping: [{ fromColumn: 'id', toColumn: 'user_id' }],
}
const sync: JsonObject = {
  model: 'users',
  destination: 'crm',
  config: { mode: 'upsert', mappings: [{ from: 'id', to: 'Id' }], object: { name: 'contact', fuzzy: false } },
  schedule: { type: 'interval', schedule: { interval: { unit: 'hour', quantity: 1 } } },
  schedulePaused: false,
}
const event: JsonObject = {
  name: 'Page',
  onSchemaViolation: 'ALLOW_EVENT',
  onUndeclaredFields: 'ALLOW_EVENT',
  schema: { properties: { url: { type: 'string' } }, required: ['url'] },
  type: 'track',
  version: '1',
}

function merge(kind: FileKind, base: JsonObject, ours: JsonObject, theirs: JsonObject) {
  return mergeValues(kind, { base: { ...base }, ours: { ...base, ...ours }, theirs: { ...base, ...theirs } })
}

describe('fields', () => {
  it('[S3] [S4] different fields of both sides come together, and what went is gone', () => {
    const { description, ...rest } = model
    const theirs = { ...model, name: 'People', primaryLabel: 'email' }
    expect(mergeValues('parent-models', { base: model, ours: rest, theirs })).toEqual({
      kind: 'merged',
      value: { ...rest, name: 'People', primaryLabel: 'email' },
    })
  })

  it('[S3] the same change on both sides is the change', () => {
    const change = { description: 'All people' }
    expect(merge('models', model, change, change)).toEqual({ kind: 'merged', value: { ...model, ...change } })
  })

  it('[S4] one field changed on both sides is in conflict, and the rest still merges', () => {
    const ours = { description: 'Ours', primaryKey: 'uuid' }
    expect(merge('models', model, ours, { description: 'Theirs', name: 'People' })).toEqual({
      kind: 'conflict',
      fields: [
        {
          path: '/description',
          paths: ['/description'],
          reason: 'both-changed',
          base: 'People',
          ours: 'Ours',
          theirs: 'Theirs',
        },
      ],
      value: { ...model, ...ours, name: 'People' },
    })
  })

  it('[S4] a field taken out on one side and changed on the other is in conflict', () => {
    const { description, ...ours } = model
    const theirs = { ...model, description: 'Theirs' }
    const field = { path: '/description', paths: ['/description'], base: 'People' }
    expect(mergeValues('models', { base: model, ours, theirs })).toEqual({
      kind: 'conflict',
      fields: [{ ...field, reason: 'removed-by-ours', theirs: 'Theirs' }],
      value: ours,
    })
    expect(mergeValues('models', { base: model, ours: theirs, theirs: ours })).toEqual({
      kind: 'conflict',
      fields: [{ ...field, reason: 'removed-by-theirs', ours: 'Theirs' }],
      value: theirs,
    })
  })

  it('[S4] maps merge key by key at every depth, in `config`, a contract event’s `schema` and unknown keys', () => {
    const config = (object: JsonObject) => ({ config: { ...(sync.config as JsonObject), object } })
    expect(
      merge('syncs', sync, config({ name: 'lead', fuzzy: false }), config({ name: 'contact', fuzzy: true })),
    ).toEqual({ kind: 'merged', value: { ...sync, ...config({ name: 'lead', fuzzy: true }) } })
    const schema = (url: JsonObject) => ({ schema: { properties: { url }, required: ['url'] } })
    expect(
      merge(
        'contract-events',
        event,
        schema({ type: 'string', format: 'uri' }),
        schema({ type: ['string', 'null'] }),
      ),
    ).toEqual({ kind: 'merged', value: { ...event, ...schema({ type: ['string', 'null'], format: 'uri' }) } })
    expect(merge('event-contracts', { name: 'C' }, { extra: { a: 1 } }, { extra: { b: 2 } })).toEqual({
      kind: 'merged',
      value: { name: 'C', extra: { a: 1, b: 2 } },
    })
  })

  it('[S4] a map in the place of another value is no map to merge', () => {
    const result = merge(
      'event-contracts',
      { name: 'C', extra: 'x' },
      { extra: { a: 1 } },
      { extra: { b: 2 } },
    )
    expect(result).toEqual({
      kind: 'conflict',
      fields: [
        {
          path: '/extra',
          paths: ['/extra'],
          reason: 'both-changed',
          base: 'x',
          ours: { a: 1 },
          theirs: { b: 2 },
        },
      ],
      value: { name: 'C', extra: { a: 1 } },
    })
  })

  it('[S4] [F19] hostile keys are data', () => {
    const from = (text: string): JsonObject => JSON.parse(text)
    const sides = {
      base: from('{"name": "C", "__proto__": {"a": 1}}'),
      ours: from('{"name": "C", "__proto__": {"a": 2, "constructor": 1}}'),
      theirs: from('{"name": "C", "__proto__": {"a": 1, "hasOwnProperty": 3}}'),
    }
    const { value } = mergeValues('event-contracts', sides)
    expect(JSON.stringify(value)).toBe('{"name":"C","__proto__":{"a":2,"constructor":1,"hasOwnProperty":3}}')
  })

  it('[S4] the fields in conflict stand in the order of the kind, whichever side is which', () => {
    const ours = { zeta: 1, primaryKey: 'a', name: 'A', alpha: 1, type: 'table', tableName: 'a' }
    const theirs = { alpha: 2, type: 'table', tableName: 'b', name: 'B', primaryKey: 'b', zeta: 2 }
    for (const result of [merge('models', model, ours, theirs), merge('models', model, theirs, ours)]) {
      const paths = result.kind === 'conflict' ? result.fields.map(({ path }) => path) : []
      expect(paths).toEqual(['/name', '/type', '/primaryKey', '/alpha', '/zeta'])
    }
  })
})

describe('what is one field', () => {
  const group = (value: JsonObject, keys: readonly string[]) =>
    Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(value, key) ? [[key, value[key] ?? null]] : [])))
  const MODEL = ['type', 'source', 'dbtModel', 'rawSql', 'tableName', 'customQuery']
  const ENDS = ['from', 'to', 'cardinality', 'mapping', 'through']
  const custom: JsonObject = {
    name: 'Users',
    source: 's',
    type: 'custom',
    customQuery: { a: 1, b: 1 },
    primaryKey: 'id',
  }

  it.each<[string, FileKind, readonly string[], JsonObject, JsonObject, JsonObject]>([
    ['the source and the SQL', 'models', MODEL, model, { source: 'lake' }, { rawSql: 'select 2' }],
    [
      'the type with its table and the source',
      'parent-models',
      MODEL,
      model,
      { type: 'table', tableName: 'users' },
      { source: 'lake' },
    ],
    [
      'a query of another type',
      'related-models',
      MODEL,
      model,
      { tableName: 'users' },
      { dbtModel: 'users' },
    ],
    [
      'two keys of a custom query',
      'event-models',
      MODEL,
      custom,
      { customQuery: { a: 2, b: 1 } },
      { customQuery: { a: 1, b: 2 } },
    ],
    [
      'an end and the cardinality',
      'model-relationships',
      ENDS,
      relationship,
      { to: { slug: 'carts', mergeColumns: false } },
      { cardinality: '1:1' },
    ],
    [
      'two keys of the ends',
      'model-relationships',
      ENDS,
      relationship,
      { from: { slug: 'users', mergeColumns: true } },
      { to: { relationshipName: 'Orders', slug: 'orders', mergeColumns: false } },
    ],
    [
      'the mapping and what it goes through',
      'model-relationships',
      ENDS,
      relationship,
      { mapping: [{ fromColumn: 'id', toColumn: 'uid' }] },
      { through: ['users-accounts'] },
    ],
  ])('[S4] %s', (_, kind, keys, base, ours, theirs) => {
    const sides = { base, ours: { ...base, ...ours }, theirs: { ...base, ...theirs } }
    const held = keys.filter((key) => Object.values(sides).some((side) => Object.hasOwn(side, key)))
    expect(mergeValues(kind, sides)).toEqual({
      kind: 'conflict',
      fields: [
        {
          path: `/${keys[0]}`,
          paths: held.map((key) => `/${key}`),
          reason: 'both-changed',
          base: group(sides.base, keys),
          ours: group(sides.ours, keys),
          theirs: group(sides.theirs, keys),
        },
      ],
      value: sides.ours,
    })
  })

  it('[S4] a schedule, of a sync and of the sampling', () => {
    const schedule = (unit: string, quantity: number, startDate?: string): JsonObject => ({
      type: 'interval',
      schedule: { interval: { unit, quantity } },
      ...(startDate ? { startDate } : {}),
    })
    const [base, ours, theirs] = [schedule('hour', 1), schedule('day', 1), schedule('hour', 1, '2026-01-01')]
    const field = { reason: 'both-changed', base, ours, theirs }
    expect(merge('syncs', sync, { schedule: ours }, { schedule: theirs, schedulePaused: true })).toEqual({
      kind: 'conflict',
      fields: [{ path: '/schedule', paths: ['/schedule'], ...field }],
      value: { ...sync, schedule: ours, schedulePaused: true },
    })
    const sampling = (value: JsonObject, percent: number) => ({
      sampling: { enabled: true, percent, schedule: value },
    })
    const sampled = { ...model, ...sampling(base, 10) }
    expect(merge('models', sampled, sampling(ours, 10), sampling(theirs, 20))).toEqual({
      kind: 'conflict',
      fields: [{ path: '/sampling/schedule', paths: ['/sampling/schedule'], ...field }],
      value: { ...model, ...sampling(ours, 20) },
    })
  })

  it('[S4] a list inside an element of `columns`, whatever it holds', () => {
    const suggestions = (...list: string[]) => ({
      columns: [{ name: 'a', suggestions: list.map((name) => ({ name })) }],
    })
    const base = { ...model, ...suggestions('x') }
    const result = merge('models', base, suggestions('x', 'y'), suggestions('w', 'x'))
    expect(result.kind === 'conflict' && result.fields.map(({ path }) => path)).toEqual([
      '/columns/a/suggestions',
    ])
  })

  it('[S4] a list without names, and one where a side gave a name twice or none', () => {
    const lists: [FileKind, JsonObject, string, Json, Json, Json][] = [
      ['models', model, 'tags', ['a'], ['a', 'b'], ['c', 'a']],
      [
        'models',
        model,
        'columns',
        [{ name: 'a' }],
        [{ name: 'a' }, { name: 'b' }],
        [{ name: 'a' }, { name: 'a' }],
      ],
      [
        'models',
        model,
        'columns',
        [{ name: 'a' }],
        [{ name: 'a', label: 'A' }, { name: 'b' }],
        [{ label: 'A' }],
      ],
      ['models', model, 'columns', [{ name: 1 }], [{ name: 'a' }, { name: 'b' }], [{ name: 'c' }]],
      // `to` names elements in `config` alone, and `name` in `columns` alone.
      ['syncs', sync, 'extra', [{ to: 'a' }], [{ to: 'a' }, { to: 'b' }], [{ to: 'a' }, { to: 'c' }]],
      ['contract-events', event, 'columns', [{ name: 'a' }], [{ name: 'b' }], [{ name: 'c' }]],
    ]
    for (const [kind, value, key, base, ours, theirs] of lists) {
      expect(merge(kind, { ...value, [key]: base }, { [key]: ours }, { [key]: theirs })).toEqual({
        kind: 'conflict',
        fields: [{ path: `/${key}`, paths: [`/${key}`], reason: 'both-changed', base, ours, theirs }],
        value: { ...value, [key]: ours },
      })
    }
  })
})

describe('SQL that changed alone', () => {
  const sql = (rawSql: string) => ({ rawSql })

  it('[S4] merges by line', () => {
    const ours = sql('select id, email\nfrom users\nwhere active\n')
    const theirs = sql('select id\nfrom users\nwhere active\nand not test\n')
    expect(merge('models', model, ours, sql('select id\nfrom users\nwhere not test\n'))).toEqual({
      kind: 'merged',
      value: { ...model, rawSql: 'select id, email\nfrom users\nwhere not test\n' },
    })
    expect(merge('models', model, { ...ours, name: 'A' }, { ...theirs, primaryKey: 'uuid' })).toEqual({
      kind: 'merged',
      value: {
        ...model,
        name: 'A',
        rawSql: 'select id, email\nfrom users\nwhere active\nand not test\n',
        primaryKey: 'uuid',
      },
    })
  })

  it('[S4] stays one field where the hunks touch, the source changed too, or there is no base', () => {
    const ours = sql('select id, email\nfrom users\nwhere active\n')
    const theirs = sql('select id\nfrom people\nwhere active\n')
    const group = (value: JsonObject) => ({ type: 'raw_sql', source: 'warehouse', ...value })
    const field = { path: '/type', paths: ['/type', '/source', '/rawSql'] }
    expect(merge('models', model, ours, theirs)).toEqual({
      kind: 'conflict',
      fields: [
        {
          ...field,
          reason: 'both-changed',
          base: group({ rawSql: model.rawSql ?? null }),
          ours: group(ours),
          theirs: group(theirs),
        },
      ],
      value: { ...model, ...ours },
    })
    const end = sql('select id\nfrom users\nwhere test\n')
    for (const extra of [{ source: 'lake' }, { tableName: 'stale' }]) {
      expect(merge('models', model, ours, { ...end, ...extra }).kind).toBe('conflict')
      expect(merge('models', model, { ...ours, ...extra }, { ...end, ...extra }).kind).toBe('conflict')
    }
    const added = { ours: { ...model, ...ours }, theirs: { ...model, ...end } }
    expect(mergeValues('models', { base: null, ...added }).kind).toBe('conflict')
  })
})

describe('lists by element', () => {
  const columns = (...list: Json[]) => ({ columns: list })
  const mappings = (...list: Json[]) => ({ config: { ...(sync.config as JsonObject), mappings: list } })

  it('[S4] `columns` by name: both sides’ elements, their changes and their absence', () => {
    const base = { ...model, ...columns({ name: 'a' }, { name: 'b' }, { name: 'c', label: 'C' }) }
    const ours = columns({ name: 'a', label: 'A' }, { name: 'b' }, { name: 'c', label: 'C' }, { name: 'o' })
    const theirs = columns({ name: 't' }, { name: 'a', visible: false }, { name: 'c', label: 'See' })
    expect(merge('models', base, ours, theirs)).toEqual({
      kind: 'merged',
      value: {
        ...model,
        ...columns(
          { name: 't' },
          { name: 'a', label: 'A', visible: false },
          { name: 'c', label: 'See' },
          { name: 'o' },
        ),
      },
    })
  })

  it('[S4] lists in `config` by `to`, at every depth', () => {
    const deep = (...list: Json[]) => ({ config: { object: { fields: list } } })
    expect(
      merge(
        'syncs',
        sync,
        mappings({ from: 'uuid', to: 'Id' }),
        mappings({ from: 'id', to: 'Id' }, { from: 'email', to: 'Email' }),
      ),
    ).toEqual({
      kind: 'merged',
      value: { ...sync, ...mappings({ from: 'uuid', to: 'Id' }, { from: 'email', to: 'Email' }) },
    })
    const base = { ...sync, ...deep({ to: 'a' }) }
    expect(merge('syncs', base, deep({ to: 'b' }, { to: 'a' }), deep({ to: 'a' }, { to: 'c' }))).toEqual({
      kind: 'merged',
      value: { ...sync, ...deep({ to: 'b' }, { to: 'a' }, { to: 'c' }) },
    })
  })

  it('[S4] an element in conflict is told by its name', () => {
    const base = { ...model, ...columns({ name: 'a/b', label: '1' }, { name: 'c' }) }
    const ours = columns({ name: 'a/b', label: '2' })
    const theirs = columns({ name: 'a/b', label: '3' }, { name: 'c', visible: false })
    expect(merge('models', base, ours, theirs)).toEqual({
      kind: 'conflict',
      fields: [
        {
          path: '/columns/a~1b/label',
          paths: ['/columns/a~1b/label'],
          reason: 'both-changed',
          base: '1',
          ours: '2',
          theirs: '3',
        },
        {
          path: '/columns/c',
          paths: ['/columns/c'],
          reason: 'removed-by-ours',
          base: { name: 'c' },
          theirs: { name: 'c', visible: false },
        },
      ],
      value: { ...model, ...ours },
    })
  })

  it('[S4] [F23] an emptied block merges by element whether it is absent or an empty list', () => {
    const base = { ...model, ...columns({ name: 'a' }) }
    for (const ours of [model, { ...model, columns: [] }]) {
      const theirs = { ...model, ...columns({ name: 'a' }, { name: 'b' }) }
      expect(mergeValues('models', { base, ours, theirs })).toEqual({
        kind: 'merged',
        value: { ...model, ...columns({ name: 'b' }) },
      })
      expect(mergeValues('models', { base, ours, theirs: base })).toEqual({ kind: 'merged', value: model })
    }
  })

  it('[S4] the order is that of the side that moved something; of both, it is a field in conflict', () => {
    const list = (names: string) => columns(...[...names].map((name) => ({ name })))
    const base = { ...model, ...list('abc') }
    expect(merge('models', base, list('cab'), list('abcd'))).toEqual({
      kind: 'merged',
      value: { ...model, ...list('cdab') },
    })
    const names = (text: string) => [...text]
    expect(merge('models', base, list('cab'), list('bacd'))).toEqual({
      kind: 'conflict',
      fields: [
        {
          path: '/columns',
          paths: ['/columns'],
          reason: 'order',
          base: names('abc'),
          ours: names('cab'),
          theirs: names('bacd'),
        },
      ],
      value: { ...model, ...list('cdab') },
    })
  })
})

describe('a whole resource', () => {
  it('[S3] deleted on both sides, or on one and unchanged on the other, it is gone', () => {
    const gone = { kind: 'merged', value: null }
    expect(mergeValues('models', { base: model, ours: null, theirs: null })).toEqual(gone)
    expect(mergeValues('models', { base: model, ours: model, theirs: null })).toEqual(gone)
    expect(mergeValues('models', { base: model, ours: null, theirs: { ...model } })).toEqual(gone)
    expect(mergeValues('models', { base: null, ours: null, theirs: null })).toEqual(gone)
  })

  it('[S3] deleted on one side and changed on the other, it is in conflict as a whole', () => {
    const changed = { ...model, name: 'People' }
    const field = { path: '', paths: [''], base: model }
    expect(mergeValues('models', { base: model, ours: null, theirs: changed })).toEqual({
      kind: 'conflict',
      fields: [{ ...field, reason: 'removed-by-ours', theirs: changed }],
      value: null,
    })
    expect(mergeValues('models', { base: model, ours: changed, theirs: null })).toEqual({
      kind: 'conflict',
      fields: [{ ...field, reason: 'removed-by-theirs', ours: changed }],
      value: changed,
    })
  })

  it('[S3] added on one side, it is there', () => {
    expect(mergeValues('models', { base: null, ours: null, theirs: model })).toEqual({
      kind: 'merged',
      value: model,
    })
  })

  it('[S3] added on both sides, what one alone has flows and what differs is in conflict', () => {
    const ours = { ...model, folder: 'a', sampling: { enabled: true, percent: 1 } }
    const { description, ...rest } = model
    const theirs = { ...rest, tags: ['x'], sampling: { enabled: true, percent: 2 } }
    expect(mergeValues('models', { base: null, ours, theirs })).toEqual({
      kind: 'conflict',
      fields: [
        {
          path: '/sampling/percent',
          paths: ['/sampling/percent'],
          reason: 'both-added',
          ours: 1,
          theirs: 2,
        },
      ],
      value: { ...ours, tags: ['x'] },
    })
  })

  it('[S29] in a first sync all that differs is asked about', () => {
    const { description, ...rest } = model
    const theirs = { ...rest, columns: [{ name: 'a' }] }
    expect(mergeValues('models', { base: null, ours: model, theirs, isFirst: true })).toEqual({
      kind: 'conflict',
      fields: [
        { path: '/description', paths: ['/description'], reason: 'only-in-ours', ours: 'People' },
        { path: '/columns', paths: ['/columns'], reason: 'only-in-theirs', theirs: [{ name: 'a' }] },
      ],
      value: model,
    })
    const one = { base: null, ours: null, theirs, isFirst: true }
    expect(mergeValues('models', one)).toEqual({ kind: 'merged', value: theirs })
    expect(mergeValues('models', { ...one, ours: { ...theirs } })).toEqual({ kind: 'merged', value: theirs })
    // One that was cut off has agreed on some already.
    const resumed = { base: rest, ours: model, theirs, isFirst: true }
    expect(mergeValues('models', resumed)).toEqual({
      kind: 'merged',
      value: { ...model, ...theirs },
    })
  })
})
