import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { CORE_SCHEMA, load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../model/json.ts'
import { classifyPath } from './classify.ts'
import { compareKeys, jsonbOrder, utf8Length } from './jsonb-order.ts'
import { orderKeys, orderLike } from './key-order.ts'
import { isCanonical, printResource } from './print.ts'

const FIXTURES = new URL('../../../test/fixtures/', import.meta.url)

function resourceFiles(folder: string) {
  const root = new URL(`${folder}/`, FIXTURES)
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const place = classifyPath(path)
    if (place.kind !== 'resource') return []
    const text = readFileSync(new URL(path, root), 'utf8')
    const value = load(text, { schema: CORE_SCHEMA }) as JsonObject // a fixture of valid mappings
    return [{ path, kind: place.ref.kind, text, value }]
  })
}

describe('printResource', () => {
  const files = ['plant-store', 'quirks', 'adopted'].flatMap((folder) =>
    resourceFiles(folder).filter(({ path }) => !/schema\.yml|windows-line-ends|no-final-newline/.test(path)),
  )

  it('[F12] has all the fixtures to re-print', () => {
    expect(files.length).toBe(25 + 8 + 9)
  })

  it.each(files)('[F12] [F7] re-prints $path byte for byte', ({ kind, text, value }) => {
    expect(printResource(kind, value)).toBe(text)
    expect(isCanonical(kind, text, value)).toBe(true)
  })

  it.each(files)('[F12] prints $path the same from the order of jsonb', ({ kind, text, value }) => {
    if (kind === 'models' && text.includes('isSchema')) return
    // An object stays an object in another order.
    expect(printResource(kind, jsonbOrder(value) as JsonObject)).toBe(text)
  })

  it('[F14] takes a file without a last newline or with Windows line ends for one of a person', () => {
    const odd = resourceFiles('quirks').filter(({ path }) => /windows-line-ends|no-final-newline/.test(path))
    expect(odd.map(({ kind, text, value }) => isCanonical(kind, text, value))).toEqual([false, false])
  })

  it('[F12] [F15] orders fields, then unknown keys as jsonb does, and the insides of known parts', () => {
    const value = {
      zeta: { bb: 1, a: 2, 10: 3 },
      eta: 1,
      columns: [{ suggestions: { bb: 1, a: [{ bb: 1, a: 2 }] }, x: 1, label: 'L', name: 'n' }],
      sampling: { schedule: { type: 'interval', schedule: { unit: 'day' } }, percent: 10, enabled: true },
      primaryKey: 'id',
      tableName: 'T',
      type: 'table',
      source: 's',
      name: 'N',
    }
    expect(printResource('models', value)).toBe(
      `name: 'N'
source: s
type: table
tableName: T
primaryKey: id
columns:
  - name: 'n'
    label: L
    suggestions:
      a:
        - a: 2
          bb: 1
      bb: 1
    x: 1
sampling:
  enabled: true
  percent: 10
  schedule:
    type: interval
    schedule:
      unit: day
eta: 1
zeta:
  '10': 3
  a: 2
  bb: 1
`,
    )
  })

  it('[F12] orders the ends and the pairs of a relationship', () => {
    const value = {
      mapping: [{ toColumn: 'b', fromColumn: 'a' }],
      cardinality: '1:1',
      to: { mergeColumns: false, slug: 'o' },
      from: { mergeColumns: true, slug: 'u', relationshipName: 'O' },
    }
    expect(printResource('model-relationships', value)).toBe(
      `from:
  relationshipName: O
  slug: u
  mergeColumns: true
to:
  slug: o
  mergeColumns: false
cardinality: '1:1'
mapping:
  - fromColumn: a
    toColumn: b
`,
    )
  })

  it('[F12] prints a value that stands at two places twice', () => {
    const shared = { a: [1] }
    expect(printResource('syncs', { config: { a: shared, b: shared } })).toBe(
      'config:\n  a:\n    a:\n      - 1\n  b:\n    a:\n      - 1\n',
    )
  })

  it('[F7] keeps the key order and the nulls of an old shape', () => {
    const value = { type: 'table', name: 'N', rawSql: null, tableName: 'T', dbtModel: '', isSchema: false }
    expect(printResource('models', value)).toBe(
      "type: table\nname: 'N'\nrawSql: null\ntableName: T\ndbtModel: ''\nisSchema: false\n",
    )
    expect(Object.keys(orderLike('models', value, { ...value, primaryKey: 'id', description: 'D' }))).toEqual(
      ['type', 'name', 'description', 'rawSql', 'tableName', 'dbtModel', 'isSchema', 'primaryKey'],
    )
  })

  it('[F19] prints `__proto__` and `constructor` as data', () => {
    const value = JSON.parse('{"config":{"constructor":{"__proto__":1},"__proto__":{"polluted":true}}}')
    const text = printResource('syncs', value)
    expect(text).toBe('config:\n  __proto__:\n    polluted: true\n  constructor:\n    __proto__: 1\n')
    expect(load(text, { schema: CORE_SCHEMA })).toEqual(value)
  })
})

describe('jsonbOrder', () => {
  it('[F12] puts shorter keys first in bytes, then bytewise', () => {
    const keys = ['zz', 'é', 'b', 'aa', 'B', '', '€', '😀', '\uffee', 'abcd', 'ab', '2', '10']
    expect(Object.keys(jsonbOrder(Object.fromEntries(keys.map((key) => [key, null]))) as JsonObject)).toEqual(
      ['2', '10', '', 'B', 'b', 'aa', 'ab', 'zz', 'é', '€', '\uffee', 'abcd', '😀'],
    )
  })

  it('[F12] counts and compares as the bytes of UTF-8 do', () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom('a', 'é', '€', '\uffee', '😀'), fc.string({ maxLength: 1 })),
    })
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(utf8Length(a)).toBe(Buffer.byteLength(a))
        const [bytesA, bytesB] = [Buffer.from(a), Buffer.from(b)]
        expect(Math.sign(compareKeys(a, b))).toBe(
          Math.sign(bytesA.length - bytesB.length || bytesA.compare(bytesB)),
        )
      }),
    )
  })

  it('[F10] changes no value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(jsonbOrder(value as JsonObject)).toEqual(value)
        expect(orderKeys('syncs', { config: value as JsonObject })).toEqual({ config: value })
      }),
    )
  })
})
