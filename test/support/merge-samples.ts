import fc from 'fast-check'
import type { MergeSides } from '../../src/core/merge/merge-resource.ts'
import { isObject, type Json, type JsonObject, own } from '../../src/core/model/json.ts'
import type { FileKind } from '../../src/core/model/kind.ts'

/** Few keys and values, so that the sides meet; some keys that only a prototype would have. */
const word = fc.constantFrom('a', 'b', 'c')
const scalar: fc.Arbitrary<Json> = fc.constantFrom<Json>('a', 'b', 1, true, null)
const entriesOf = (value: fc.Arbitrary<Json>, ...keys: string[]) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), value), { selector: ([key]) => key, maxLength: 4 })
    .map((entries): JsonObject => Object.fromEntries(entries))
const optional = (fields: Record<string, fc.Arbitrary<Json>>, requiredKeys: string[] = []) =>
  fc.record(fields, { requiredKeys }).map((value): JsonObject => ({ ...value }))
/** Elements with names, and now and then a list where a name stands twice or an element has none. */
const named = (key: string, rest: fc.Arbitrary<JsonObject>) => {
  const element = fc.tuple(word, rest).map(([name, value]): JsonObject => ({ ...value, [key]: name }))
  const list: fc.Arbitrary<Json> = fc.uniqueArray(element, { selector: (item) => item[key], maxLength: 4 })
  const any: fc.Arbitrary<Json> = fc.array(fc.oneof(element, rest), { maxLength: 3 })
  return fc.oneof({ weight: 8, arbitrary: list }, { weight: 1, arbitrary: any })
}
const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2 },
    scalar,
    fc.array(scalar, { maxLength: 2 }),
    entriesOf(tie('tree'), 'x', 'y', '__proto__', 'constructor'),
  ),
}))
const sql = fc
  .tuple(fc.boolean(), fc.boolean(), fc.boolean())
  .map((changed) => changed.map((is, i) => `${is ? 'new' : 'old'} ${i}\nbetween ${i}\n`).join(''))
const schedule = optional({ type: word, at: word })
const columns = named('name', optional({ label: word, visible: fc.boolean() }))
const config = entriesOf(
  fc.oneof(tree, named('to', optional({ from: word, nested: named('to', optional({ from: word })) }))),
  'mappings',
  'object',
  '__proto__',
)

/** The shape alone counts here: what a value of each kind must hold is checked elsewhere. */
const VALUES: Readonly<Record<'models' | 'model-relationships' | 'syncs', fc.Arbitrary<JsonObject>>> = {
  models: optional(
    {
      name: word,
      source: word,
      type: fc.constantFrom('raw_sql', 'table'),
      rawSql: sql,
      tableName: word,
      columns,
      sampling: optional({ enabled: fc.boolean(), percent: fc.nat(2), schedule }, ['enabled']),
      tags: fc.array(word, { maxLength: 2 }),
      zeta: tree.filter((value) => value !== null),
    },
    ['rawSql'],
  ),
  'model-relationships': optional({
    from: optional({ slug: word, mergeColumns: fc.boolean() }),
    cardinality: word,
    through: fc.array(word, { minLength: 1, maxLength: 2 }),
    folder: word,
  }),
  syncs: optional({ model: word, config, schedule, extra: columns }),
}

/** An edit of a value with parts of another, so that the sides share much and differ here and there. */
function edit(value: Json, other: Json, changes: () => boolean): Json {
  if (isObject(value) && isObject(other)) {
    const keys = new Set([...Object.keys(value), ...Object.keys(other)])
    const entries = [...keys].flatMap((key) => {
      const [a, b] = [own(value, key), own(other, key)]
      if (a !== undefined && b !== undefined) return [[key, edit(a, b, changes)]]
      const one = changes() ? b : a
      return one === undefined ? [] : [[key, one]]
    })
    return Object.fromEntries(entries)
  }
  if (Array.isArray(value) && Array.isArray(other) && !changes()) {
    const [first, ...rest] = value.map((item, i) => edit(item, other[i] ?? item, changes))
    if (first === undefined) return value
    const moved = changes() ? [...rest, first] : [first, ...rest]
    return changes() ? [...moved, ...other.slice(value.length)] : moved
  }
  if (typeof value === 'string' && typeof other === 'string' && value.includes('\n')) {
    const lines = other.split('\n')
    return value
      .split('\n')
      .map((line, i) => (changes() ? (lines[i] ?? '') : line))
      .join('\n')
  }
  return changes() ? other : value
}

export type MergeSample = { readonly kind: FileKind; readonly sides: MergeSides }
type Case = 'edits' | 'ours gone' | 'theirs gone' | 'no base' | 'first sync'
const cases = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Case>('edits') },
  { weight: 4, arbitrary: fc.constantFrom<Case[]>('ours gone', 'theirs gone', 'no base', 'first sync') },
)
const changes = fc.array(
  fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  { minLength: 20, maxLength: 20 },
)

/** `changes` are taken one by one, from the beginning again at the end. */
function side(base: JsonObject, other: JsonObject, changes: readonly boolean[]): JsonObject {
  let i = 0
  const edited = edit(base, other, () => changes[i++ % changes.length] ?? false)
  return isObject(edited) ? edited : base
}

export const mergeSamples: fc.Arbitrary<MergeSample> = fc.oneof(
  ...Object.entries(VALUES).map(([kind, value]) =>
    fc
      .tuple(value, value, value, changes, changes, cases)
      .map(([base, a, b, changesA, changesB, which]): MergeSample => {
        const ours = which === 'ours gone' ? null : side(base, a, changesA)
        const theirs = which === 'theirs gone' ? null : side(base, b, changesB)
        const sides = { base: which === 'no base' || which === 'first sync' ? null : base, ours, theirs }
        return { kind: kind as FileKind, sides: { ...sides, isFirst: which === 'first sync' } }
      }),
  ),
)
