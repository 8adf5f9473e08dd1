import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../model/json.ts'
import { applyChoices, type Choice } from './apply-choices.ts'
import type { MergeSides } from './merge-resource.ts'

const base: JsonObject = {
  name: 'Users',
  source: 'warehouse',
  description: 'People',
  type: 'table',
  tableName: 'users',
  primaryKey: 'id',
  columns: [{ name: 'a' }, { name: 'b', label: 'B' }, { name: 'c' }, { name: 'd' }],
}
const ours: JsonObject = {
  ...base,
  name: 'Ours',
  tableName: 'people',
  primaryLabel: 'email',
  columns: [{ name: 'c' }, { name: 'a' }, { name: 'd' }, { name: 'o' }],
}
const theirs: JsonObject = {
  ...base,
  name: 'Theirs',
  source: 'lake',
  secondaryLabel: 'phone',
  columns: [{ name: 'b', label: 'Bee' }, { name: 'd' }, { name: 'a' }, { name: 'c' }, { name: 't' }],
}
const sides: MergeSides = { base, ours, theirs }
const FIELDS = ['/name', '/type', '/columns/b', '/columns']

/** Ours everywhere but in the fields given. */
function choose(choices: Readonly<Record<string, Choice>>) {
  const all = FIELDS.map((path): [string, Choice] => [path, 'ours'])
  return applyChoices('parent-models', sides, new Map([...all, ...Object.entries(choices)]))
}
const rest = { description: 'People', primaryKey: 'id', primaryLabel: 'email', secondaryLabel: 'phone' }
const OURS = { ...rest, name: 'Ours', source: 'warehouse', type: 'table', tableName: 'people' }
const names = (...list: string[]): JsonObject[] => list.map((name) => ({ name }))
const refusal = (path: string, reason: string, message: string) => ({
  kind: 'refused',
  problems: [{ path, reason, message }],
})

describe('choosing field by field', () => {
  it('[S5] [S4] ours everywhere, with what theirs changed elsewhere', () => {
    const columns = names('c', 't', 'a', 'd', 'o')
    expect(choose({})).toEqual({ kind: 'resolved', value: { ...OURS, columns } })
  })

  it('[S5] [S4] a group, an element and the order of a list as theirs, each by itself', () => {
    const columns = names('c', 't', 'a', 'd', 'o')
    expect(choose({ '/type': 'theirs' })).toEqual({
      kind: 'resolved',
      value: { ...OURS, source: 'lake', tableName: 'users', columns },
    })
    const [c, ...others] = columns
    const b = { name: 'b', label: 'Bee' }
    expect(choose({ '/columns/b': 'theirs' })).toEqual({
      kind: 'resolved',
      value: { ...OURS, columns: [b, c, ...others] },
    })
    expect(choose({ '/columns/b': 'theirs', '/columns': 'theirs' })).toEqual({
      kind: 'resolved',
      value: { ...OURS, columns: [b, ...names('d', 'o', 'a', 'c', 't')] },
    })
  })

  it('[S5] an edited value, or nothing', () => {
    const query = { type: 'raw_sql', source: 'lake', rawSql: 'select 1' }
    const { tableName, ...others } = OURS
    expect(
      choose({
        '/name': { value: 'Both' },
        '/type': { value: query },
        '/columns/b': { value: { name: 'b', label: 'both' } },
        '/columns': { value: ['o', 'd', 'a', 'b', 'c'] },
      }),
    ).toEqual({
      kind: 'resolved',
      value: {
        ...others,
        ...query,
        name: 'Both',
        columns: [...names('o', 'd', 'a'), { name: 'b', label: 'both' }, ...names('c', 't')],
      },
    })
    const { name, ...nameless } = OURS
    const resolved = { kind: 'resolved', value: { ...nameless, columns: names('c', 't', 'a', 'd', 'o') } }
    expect(choose({ '/name': {}, '/columns/b': {} })).toEqual(resolved)
    // A key of the file's top level is absent, never null (F7).
    expect(choose({ '/name': { value: null } })).toEqual(resolved)
  })

  it('[S5] the whole resource, where one side deleted it', () => {
    const gone = { base, ours: null, theirs }
    const take = (choice: Choice) => applyChoices('parent-models', gone, new Map([['', choice]]))
    expect(take('ours')).toEqual({ kind: 'resolved', value: null })
    expect(take('theirs')).toEqual({ kind: 'resolved', value: theirs })
    expect(take({ value: base })).toEqual({ kind: 'resolved', value: base })
    expect(take({})).toEqual({ kind: 'resolved', value: null })
    expect(take({ value: 'x' })).toEqual(
      refusal(
        '',
        'unfit-value',
        'The value chosen for the whole resource must be the whole resource, a mapping',
      ),
    )
  })

  it('[S5] refuses a field that is not in conflict, and names those that are', () => {
    expect(choose({ '/primaryLabel': 'ours' })).toEqual(
      refusal(
        '/primaryLabel',
        'unknown-field',
        '/primaryLabel is not in conflict, so there is nothing to choose; in conflict: /type, /name, /columns/b, /columns',
      ),
    )
    const settled = { base, ours: base, theirs }
    expect(applyChoices('parent-models', settled, new Map([['/name', 'ours']]))).toEqual(
      refusal(
        '/name',
        'unknown-field',
        '/name is not in conflict, so there is nothing to choose; nothing is',
      ),
    )
    expect(applyChoices('parent-models', settled, new Map())).toEqual({ kind: 'resolved', value: theirs })
  })

  it('[S5] refuses to decide what nobody chose', () => {
    const message = (path: string) =>
      `${path} is in conflict and has no choice: take the workspace's, Git's or a value`
    expect(applyChoices('parent-models', sides, new Map([['/name', 'ours']]))).toEqual({
      kind: 'refused',
      problems: ['/type', '/columns/b', '/columns'].map((path) => ({
        path,
        reason: 'undecided',
        message: message(path),
      })),
    })
  })

  it.each<[string, Json, string]>([
    [
      '/type',
      { name: 'Users' },
      'a mapping with no other keys than type, source, dbtModel, rawSql, tableName, customQuery',
    ],
    [
      '/type',
      'table',
      'a mapping with no other keys than type, source, dbtModel, rawSql, tableName, customQuery',
    ],
    ['/columns/b', { name: 'a' }, 'a mapping whose name is "b"'],
    ['/columns/b', ['b'], 'a mapping whose name is "b"'],
    ['/columns', ['a'], "the elements' names, each once, with at least c, a, d"],
    ['/columns', ['a', 'c', 'd', 'a'], "the elements' names, each once, with at least c, a, d"],
    ['/columns', ['a', 'c', 'd', 'x'], "the elements' names, each once, with at least c, a, d"],
    ['/columns', ['a', 'c', 'd', 1], "the elements' names, each once, with at least c, a, d"],
    ['/columns', 'ac', "the elements' names, each once, with at least c, a, d"],
  ])('[S5] refuses what cannot stand at %s: %j', (path, value, expected) => {
    expect(choose({ [path]: { value } })).toEqual(
      refusal(path, 'unfit-value', `The value chosen for ${path} must be ${expected}`),
    )
  })
})
