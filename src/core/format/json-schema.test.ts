import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { CORE_SCHEMA, load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { readFixture } from '../../../test/support/fixtures.ts'
import { checkValue } from '../lint/resource.ts'
import { FIELDS } from '../model/fields.ts'
import type { JsonObject } from '../model/json.ts'
import { FILE_KINDS } from '../model/kind.ts'
import { classifyPath } from './classify.ts'
import { findUnholdable } from './exact-values.ts'
import { jsonSchema, SCHEMA_KINDS, type SchemaKind } from './json-schema.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { readAliases, readManifest, readResource } from './read-file.ts'

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true })
const validators = new Map(SCHEMA_KINDS.map((kind) => [kind, ajv.compile(jsonSchema(kind))]))
const accepts = (kind: SchemaKind, value: unknown) => validators.get(kind)?.(value) === true

/** Of every file of the samples that js-yaml can read: what the schema and what the reader says of it. */
function judge(name: string, wanted: (file: { path: string }) => boolean = () => true) {
  return readFixture(name)
    .filter(wanted)
    .flatMap(({ path, text }) => {
      const found = classifyPath(path)
      if (found.kind === 'guest') return []
      let value: unknown
      try {
        value = load(text, { schema: CORE_SCHEMA }) ?? null
      } catch {
        return []
      }
      if (found.kind !== 'resource') {
        const { diagnostics } =
          found.kind === 'manifest'
            ? readManifest(path, text, DEFAULT_LIMITS)
            : readAliases(path, text, DEFAULT_LIMITS)
        return [{ path, schema: accepts(found.kind, value ?? {}), reader: diagnostics.length === 0 }]
      }
      const read = readResource(path, found.ref, text, DEFAULT_LIMITS)
      return read.kind === 'guest'
        ? []
        : [{ path, schema: accepts(found.ref.kind, value), reader: read.kind === 'resource' }]
    })
}

describe('the published schemas', () => {
  it.each(SCHEMA_KINDS)('[F22] %s is a valid schema of 2020-12', (kind) => {
    expect(ajv.validateSchema(jsonSchema(kind))).toBe(true)
  })

  it.each(['plant-store', 'quirks', 'adopted', 'hand-edited'])(
    '[F22] every file of %s is accepted',
    (name) => {
      const judged = judge(name)
      expect(judged.length).toBeGreaterThan(3)
      expect(judged.filter(({ schema, reader }) => !schema || !reader)).toEqual([])
    },
  )

  it('[F22] of broken, the schema rejects what the reader rejects for itself', () => {
    // what aliases would unfold to is a matter of the text; a validator would unfold it
    const judged = judge('broken', ({ path }) => path !== 'models/bomb.yaml')
    expect(judged.length).toBeGreaterThan(10)
    expect(judged.filter(({ schema, reader }) => schema !== reader)).toEqual([])
  })

  it('[F22] the schemas know the keys of the format', () => {
    for (const kind of FILE_KINDS) {
      expect(Object.keys(jsonSchema(kind).properties as JsonObject)).toEqual(
        FIELDS[kind].map(({ key }) => key),
      )
    }
  })

  it.each<[SchemaKind, unknown, boolean]>([
    [
      'models',
      { name: 'M', source: 's', type: 'table', tableName: 'T', primaryKey: 'id', 'x-owner': { a: 1 } },
      true,
    ],
    ['models', { name: 'M', source: 's', type: 'table', rawSql: 'x', primaryKey: 'id' }, false],
    ['models', { name: 'M', source: 's', type: 'table', tableName: '', primaryKey: 'id' }, false],
    ['models', { name: 'M\0', source: 's', type: 'table', tableName: 'T', primaryKey: 'id' }, false],
    [
      'models',
      { name: 'M', source: 's', type: 'table', tableName: 'T', primaryKey: 'id', x: 2 ** 53 + 2 },
      false,
    ],
    [
      'models',
      { name: 'M', source: 's', type: 'table', tableName: 'T', primaryKey: 'id', '\ud800': 1 },
      false,
    ],
    [
      'model-relationships',
      { from: { slug: 'a', mergeColumns: true }, to: { slug: 'b', mergeColumns: true }, cardinality: '1:1' },
      false,
    ],
    [
      'model-relationships',
      {
        from: { slug: 'a', mergeColumns: true },
        to: { slug: 'b', mergeColumns: true },
        cardinality: '1:1',
        through: ['r'],
      },
      true,
    ],
    ['aliases', {}, true],
    ['aliases', { sources: null, destinations: { a: 'b' } }, true],
    ['aliases', { sources: { a: 1 } }, false],
    ['manifest', { sources: { s: { type: 'duckdb' } }, slug: 'manifest-dev' }, true],
    ['manifest', { sources: { s: {} } }, false],
  ])('[F22] %s %j', (kind, value, expected) => {
    expect(accepts(kind, value)).toBe(expected)
  })

  it('[F22] schema and reader agree on any value of a resource', () => {
    const keys = [...new Set(FILE_KINDS.flatMap((kind) => FIELDS[kind].map(({ key }) => key)))]
    const part = fc.oneof(
      fc.constantFrom('raw_sql', 'table', 'custom', '1:1', 'ALLOW_EVENT', 'T', '', '\0', '\ud83d'),
      fc.constantFrom(null, true, 1, 101, 2 ** 53, 2 ** 60),
      fc.constantFrom(
        {},
        { slug: 'a', mergeColumns: true },
        { type: 'manual' },
        { enabled: true, percent: 5 },
      ),
      fc.constantFrom([], ['a'], [1], [{ name: 'a' }], [{ fromColumn: 'a', toColumn: 'b' }]),
    )
    const value = fc.dictionary(fc.constantFrom(...keys, 'x-other'), part, { maxKeys: 12 })
    fc.assert(
      fc.property(fc.constantFrom(...FILE_KINDS), value, (kind, json) => {
        const findings = [...findUnholdable(json, DEFAULT_LIMITS), ...checkValue(kind, json)]
        expect(accepts(kind, json)).toBe(findings.every(({ severity }) => severity !== 'error'))
      }),
      { numRuns: 5000 },
    )
  })
})
