import { expect, it } from 'vitest'
import { pairMoves } from './pair-moves.ts'
import { joinPlaces, type Places, placeOf, SAME_PLACES, type Step, stepBack } from './places.ts'
import { planRollback, type RollbackPair } from './rollback.ts'

const model = (slug: string, value: object, folder = 'models') => ({
  path: `${folder}/${slug}.yaml`,
  ref: { kind: 'models' as const, slug },
  value: { name: slug, source: 'wh', type: 'table', tableName: 't', ...value },
})

it('[S18][S23] a file that went and a new one that differ in name alone are one, when they are the only such pair', () => {
  const gone = [model('a', {}), model('b', { tableName: 'b' }), model('c', { tableName: 'c' })]
  const added = [model('x', { name: 'X' }), model('y', { tableName: 'b' }), model('z', { tableName: 'b' })]
  expect(pairMoves(gone, added)).toEqual(new Map([['models/x.yaml', 'models/a.yaml']]))
})

it('[S23] a file of the same slug in another folder is the same, whatever else changed in it', () => {
  const moves = pairMoves([model('a', {})], [model('a', { tableName: 'other' }, 'models/sub')])
  expect(moves).toEqual(new Map([['models/sub/a.yaml', 'models/a.yaml']]))
})

it('[S18][S23] files of two kinds are never one', () => {
  const parent = { ...model('b', {}), ref: { kind: 'parent-models' as const, slug: 'b' } }
  expect(pairMoves([model('a', {})], [parent])).toEqual(new Map())
})

const step = (gone: string[], added: string[], moves: [string, string][] = []): Step => ({
  gone,
  added,
  moves: new Map(moves),
})
const back = (...steps: Step[]): Places => steps.reduce(stepBack, SAME_PLACES)

it('[S23] places are followed back through renames, one after the other', () => {
  const places = back(step(['b'], ['c'], [['c', 'b']]), step(['a'], ['b'], [['b', 'a']]))
  expect(['a', 'z'].map((path) => placeOf(places, path))).toEqual(['c', 'z'])
})

it('[S23] a path that was freed by a rename and taken anew leads to the renamed one', () => {
  // Backwards: a new `a` came, before that `a` was renamed to `b`.
  const places = back(step([], ['a']), step(['a'], ['b'], [['b', 'a']]))
  expect(placeOf(places, 'a')).toBe('b')
})

it('[S23] what was deleted on the way is nowhere, also when its path is taken again', () => {
  const places = back(step([], ['a']), step(['a'], []))
  expect(placeOf(places, 'a')).toBeNull()
})

it('[S23] of two ways back the one that followed a file counts', () => {
  const lost = back(step(['a'], ['b']))
  const found = back(step(['a'], ['b'], [['b', 'a']]))
  for (const places of [joinPlaces(lost, found), joinPlaces(found, lost)]) {
    expect(placeOf(places, 'a')).toBe('b')
  }
  expect(placeOf(joinPlaces(SAME_PLACES, lost), 'a')).toBe('a')
})

const value = (more: object = {}) => ({ name: 'Users', source: 'wh', type: 'table', tableName: 'u', ...more })
const ref = (slug: string) => ({ kind: 'models' as const, slug })
const now = (slug: string, more: object = {}, fileValue: object | null = value()) => ({
  ref: ref(slug),
  value: value(more),
  fileValue: fileValue === null ? null : { ...fileValue },
  revision: `r-${slug}`,
})
const past = (slug: string, more: object = {}) => ({ ref: ref(slug), value: value(more) })
const sameSlug = (_: unknown, slug: string) => slug
const plan = (...pairs: RollbackPair[]) => planRollback(pairs, sameSlug)

it('[S23] what is as it was is left alone', () => {
  const nothing = { writes: [], deletes: [], changes: [], findings: [] }
  expect(plan({ past: past('users'), now: now('users') })).toEqual(nothing)
})

it('[S23] a restored one keeps the slug of today', () => {
  expect(plan({ past: past('users', { tableName: 'old' }), now: now('people') })).toEqual({
    writes: [{ ...ref('people'), value: value({ tableName: 'old' }), revision: 'r-people' }],
    deletes: [],
    changes: [
      {
        ...ref('people'),
        change: 'changed',
        fields: [{ path: '/tableName', before: 'u', after: 'old' }],
      },
    ],
    findings: [],
  })
})

it('[S23] what did not exist then is deleted, what exists no more is made anew', () => {
  const { writes, deletes, changes } = plan({ past: null, now: now('new') }, { past: past('old'), now: null })
  expect({ writes, deletes }).toEqual({
    writes: [{ ...ref('old'), value: value(), revision: null }],
    deletes: [{ ...ref('new'), revision: 'r-new' }],
  })
  expect(changes.map(({ slug, change }) => `${slug} ${change}`)).toEqual(['new removed', 'old added'])
})

it('[S23] one that was deleted and made anew under its slug is written over, not deleted beside', () => {
  const { writes, deletes } = plan(
    { past: past('users', { tableName: 'old' }), now: null },
    { past: null, now: now('users') },
  )
  expect({ writes, deletes }).toEqual({
    writes: [{ ...ref('users'), value: value({ tableName: 'old' }), revision: 'r-users' }],
    deletes: [],
  })
})

it('[S23] a slug that another one bears today is an error that says so', () => {
  const { writes, findings } = plan(
    { past: past('users'), now: now('people') },
    { past: past('people'), now: null },
  )
  expect(writes).toEqual([])
  expect(findings).toMatchObject([{ slug: 'people', findings: [{ code: 'duplicate-slug' }] }])
})

it('[F11][S23] a block that neither file has stays as it is; one that only today’s file has goes', () => {
  const folder = { folder: 'Mine' }
  expect(plan({ past: past('users'), now: now('users', folder) }).writes).toEqual([])
  expect(plan({ past: past('users'), now: now('users', folder, value(folder)) }).writes).toEqual([
    { ...ref('users'), value: value(), revision: 'r-users' },
  ])
})

it('[S23] what an old version refers to is named by its slug of today', () => {
  const sync = (slug: string) => ({ model: slug, destination: 'crm', config: {}, schedule: {} })
  const of = (slug: string) => ({ kind: 'syncs' as const, slug })
  const renamed = (target: string, slug: string) => (target === 'model' && slug === 'users' ? 'people' : slug)
  const pair: RollbackPair = {
    past: { ref: of('s'), value: sync('users') },
    now: { ref: of('s'), value: sync('other'), fileValue: sync('other'), revision: '1' },
  }
  expect(planRollback([pair], renamed).writes).toEqual([{ ...of('s'), value: sync('people'), revision: '1' }])
})
