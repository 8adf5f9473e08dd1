import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ResourceKey, resourceKey } from '../model/resource.ts'
import { compareTwo } from './compare-two.ts'
import { type BeforeDay, driftOf } from './drift.ts'
import type { Environment, SummedUp } from './environment.ts'

const model = (slug: string, digest = 'd', connection = 's'): SummedUp => ({
  kind: 'models',
  slug,
  name: slug,
  digest,
  content: digest,
  connection,
})
type State = ReadonlyMap<string, SummedUp>

/** `s` of staging and `p` of production stand for each other; `other` stands for nothing. */
function environment(slug: 's' | 'p', state: State): Environment {
  const resources = [...state.values()].map((one): [ResourceKey, SummedUp] => [resourceKey(one), one])
  return {
    slug,
    aliases: { sources: new Map([['main', slug]]), destinations: new Map() },
    connections: { sources: [{ slug, name: slug, type: 'postgres' }], destinations: [] },
    resources: new Map(resources),
    pending: new Map(),
  }
}

const state = (...some: [id: string, one: SummedUp][]): State => new Map(some)

it('[W7] counts what differed at the end of each day: renames once, sources that stand for each other never', () => {
  const users = model('users')
  const production = state(['9', model('users', 'd', 'p')])
  const changes: BeforeDay[] = [
    { id: '1', day: '03-03', before: users, now: users },
    { id: '1', day: '03-05', before: model('people'), now: users },
    { id: '2', day: '03-04', before: model('gone'), now: null },
    { id: '3', day: '03-05', before: null, now: model('new') },
    { id: '1', day: '03-04', before: model('users', 'x'), now: users },
  ]
  const today = state(['1', users], ['3', model('new', 'n')])
  const days = ['03-02', '03-03', '03-04', '03-05']
  expect(
    driftOf(
      { from: environment('s', today), to: environment('p', production) },
      { from: changes, to: [] },
      days,
    ),
  ).toEqual([
    { day: '03-02', differing: 1 },
    { day: '03-03', differing: 2 },
    { day: '03-04', differing: 1 },
    { day: '03-05', differing: 1 },
  ])
})

const ids = fc.constantFrom('1', '2', '3', '4', '5')
const stateOf = fc
  .uniqueArray(
    fc.record({
      id: ids,
      slug: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      digest: fc.constantFrom('x', 'y'),
      connection: fc.constantFrom('own', 'other'),
    }),
    { selector: ({ slug }) => slug, maxLength: 5 },
  )
  .map((rows) => new Map(rows.map(({ id, ...row }) => [id, row])))
const historyOf = (own: 's' | 'p') =>
  fc
    .array(stateOf, { minLength: 4, maxLength: 4 })
    .map((states) =>
      states.map(
        (rows): State =>
          new Map(
            [...rows].map(([id, { slug, digest, connection }]) => [
              id,
              model(slug, digest, connection === 'own' ? own : connection),
            ]),
          ),
      ),
    )

it('[W7] walking back through what changed is comparing the states of old', () => {
  const days = ['1', '2', '3', '4']
  fc.assert(
    fc.property(historyOf('s'), historyOf('p'), (staging, production) => {
      const compared = days.map((day, i) => {
        const [a, b] = [staging[i] ?? state(), production[i] ?? state()]
        return { day, differing: compareTwo(environment('s', a), environment('p', b)).differences.length }
      })
      const sides = {
        from: environment('s', staging[3] ?? state()),
        to: environment('p', production[3] ?? state()),
      }
      expect(driftOf(sides, { from: told(staging, days), to: told(production, days) }, days)).toEqual(
        compared,
      )
    }),
    { numRuns: Number(process.env.TANDEM_PROPERTY_RUNS ?? 300) },
  )
})

/** As the store tells it: a row for each resource and day that changed it. */
function told(states: readonly State[], days: readonly string[]): BeforeDay[] {
  const now = states.at(-1) ?? state()
  return days.flatMap((day, i) => {
    const [before, after] = [states[i - 1] ?? state(), states[i] ?? state()]
    const changed = ['1', '2', '3', '4', '5'].filter((id) => before.get(id) !== after.get(id))
    return changed.map((id) => ({ id, day, before: before.get(id) ?? null, now: now.get(id) ?? null }))
  })
}
