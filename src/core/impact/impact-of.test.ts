import { describe, expect, it } from 'vitest'
import { FIELDS } from '../model/fields.ts'
import { FILE_KINDS } from '../model/kind.ts'
import { impactOf } from './impact-of.ts'
import { FIELD_RULES } from './rules.ts'

type Case = readonly [string, Parameters<typeof impactOf>[0], string, readonly string[]]
const field = (path: string, before?: unknown, after?: unknown) =>
  ({ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }) as never

describe('the impact of a change', () => {
  it.each<Case>([
    [
      'a new model',
      { kind: 'models', change: 'added', fields: [field('/name', undefined, 'A')] },
      'safe',
      [],
    ],
    ['a deleted model', { kind: 'parent-models', change: 'removed', fields: [] }, 'breaking', ['']],
    [
      'a renamed model',
      { kind: 'event-models', change: 'renamed', fields: [field('/name', 'a', 'b')] },
      'breaking',
      [''],
    ],
    [
      'another description',
      { kind: 'models', change: 'changed', fields: [field('/description', 'a', 'b')] },
      'safe',
      [],
    ],
    [
      'another query',
      { kind: 'models', change: 'changed', fields: [field('/rawSql', 'a', 'b')] },
      'risky',
      ['/rawSql'],
    ],
    [
      'another key',
      {
        kind: 'parent-models',
        change: 'changed',
        fields: [field('/primaryKey', 'a', 'b'), field('/rawSql', 'a', 'b')],
      },
      'breaking',
      ['/primaryKey', '/rawSql'],
    ],
    [
      'another timestamp',
      { kind: 'event-models', change: 'changed', fields: [field('/eventTimestampColumn', 'a', 'b')] },
      'breaking',
      ['/eventTimestampColumn'],
    ],
    [
      'a column that goes',
      { kind: 'models', change: 'changed', fields: [field('/columns/2', { name: 'a' })] },
      'breaking',
      ['/columns/2'],
    ],
    [
      'a column that comes',
      { kind: 'models', change: 'changed', fields: [field('/columns/2', undefined, { name: 'a' })] },
      'safe',
      [],
    ],
    [
      'a retyped column',
      { kind: 'models', change: 'changed', fields: [field('/columns/0/type', 'string', 'number')] },
      'breaking',
      ['/columns/0/type'],
    ],
    [
      'a hidden column',
      { kind: 'models', change: 'changed', fields: [field('/columns/0/visible', true, false)] },
      'risky',
      ['/columns/0/visible'],
    ],
    [
      'columns in another order',
      {
        kind: 'models',
        change: 'changed',
        fields: [field('/columns', [{ name: 'a' }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }])],
      },
      'safe',
      [],
    ],
    [
      'columns in another order, one gone',
      {
        kind: 'models',
        change: 'changed',
        fields: [
          field('/columns', [{ name: 'a' }, { name: 'b' }, { name: 'c' }], [{ name: 'b' }, { name: 'a' }]),
        ],
      },
      'breaking',
      ['/columns'],
    ],
    [
      'columns in another order, one retyped',
      {
        kind: 'models',
        change: 'changed',
        fields: [
          field(
            '/columns',
            [{ name: 'a', type: 'x' }, { name: 'b' }],
            [{ name: 'b' }, { name: 'a', type: 'y' }],
          ),
        ],
      },
      'breaking',
      ['/columns'],
    ],
    [
      'emptied columns',
      { kind: 'models', change: 'changed', fields: [field('/columns', [{ name: 'a' }])] },
      'breaking',
      ['/columns'],
    ],
    [
      'another cardinality',
      { kind: 'model-relationships', change: 'changed', fields: [field('/cardinality', '1:1', '1:many')] },
      'breaking',
      ['/cardinality'],
    ],
    [
      'another mapping',
      { kind: 'model-relationships', change: 'changed', fields: [field('/mapping/0/toColumn', 'a', 'b')] },
      'breaking',
      ['/mapping/0/toColumn'],
    ],
    [
      'another name of the reverse direction',
      { kind: 'model-relationships', change: 'changed', fields: [field('/to/relationshipName', 'a', 'b')] },
      'risky',
      ['/to/relationshipName'],
    ],
    [
      'a paused sync',
      { kind: 'syncs', change: 'changed', fields: [field('/schedulePaused', false, true)] },
      'risky',
      ['/schedulePaused'],
    ],
    [
      'a key that nobody knows',
      { kind: 'models', change: 'changed', fields: [field('/madeUp', 1, 2)] },
      'risky',
      ['/madeUp'],
    ],
  ])('%s', (_, change, word, fields) => {
    const found = impactOf(change)
    expect([found.word, found.reasons.map((reason) => reason.field ?? '')]).toEqual([word, fields])
  })

  it('has a rule for every known field of every kind', () => {
    const without = FILE_KINDS.flatMap((kind) =>
      FIELDS[kind]
        .map(({ key }) => ({ kind, key }))
        .filter(
          ({ key }) => !FIELD_RULES.some((rule) => rule.kinds.includes(kind) && rule.path.test(`/${key}`)),
        )
        .map(({ key }) => `${kind} ${key}`),
    )
    expect(without).toEqual([])
  })
})
