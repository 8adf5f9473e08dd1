import { describe, expect, it } from 'vitest'
import type { FileKind } from '../model/kind.ts'
import { resourceKey, type Value } from '../model/resource.ts'
import { type PromotionPair, planPromotion } from './promotion.ts'
import { type DoneChange, planUndo } from './undo.ts'

const model = (name: string, source = 'stage') => ({
  name,
  source,
  type: 'table',
  tableName: 't',
  primaryKey: 'id',
})

function pair(
  kind: FileKind,
  slug: string,
  source: Value | null,
  target: Value | null,
  was = slug,
): PromotionPair {
  const change =
    source === null ? 'removed' : target === null ? 'added' : was === slug ? 'changed' : 'renamed'
  const before = target && { kind, slug: was }
  return {
    difference: { kind, slug, change, before, after: source && { kind, slug }, isPending: false },
    target: target && { value: target, revision: `r-${slug}` },
    source,
  }
}

const sync = pair(
  'syncs',
  's',
  { model: 'm', destination: 'crm', config: {}, schedule: { type: 'manual' } },
  null,
)
const base = {
  counterpart: (_: unknown, slug: string) => (slug === 'stage' ? 'live' : slug === 'crm' ? 'crm' : null),
  from: 'staging',
  to: 'production',
}

describe('a promotion', () => {
  it('[W7] [E1] takes along what the chosen needs, spelled for the target, and nothing else', () => {
    const pairs = [
      sync,
      pair('models', 'm', model('M'), model('Old', 'live')),
      pair('models', 'other', model('Other'), null),
      pair('models', 'gone', null, model('Gone', 'live')),
    ]
    const { changes, ...rest } = planPromotion({
      ...base,
      pairs,
      chosen: [
        { kind: 'syncs', slug: 's' },
        { kind: 'models', slug: 'alike' },
      ],
    })
    expect(rest).toEqual({
      writes: [
        { kind: 'syncs', slug: 's', value: sync.source, revision: null },
        { kind: 'models', slug: 'm', value: model('M', 'live'), revision: 'r-m' },
      ],
      deletes: [],
      renames: [],
      findings: [],
      alike: [{ kind: 'models', slug: 'alike' }],
    })
    expect(changes.map(({ slug, change, neededBy }) => [slug, change, neededBy])).toEqual([
      ['s', 'added', null],
      ['m', 'changed', { kind: 'syncs', slug: 's' }],
    ])
    expect(changes[1]?.fields).toEqual([{ path: '/name', before: 'Old', after: 'M' }])
  })

  it('[W7] of everything takes nothing out; what is named goes', () => {
    const pairs = [pair('models', 'gone', null, model('Gone')), pair('models', 'new', model('New'), null)]
    const all = planPromotion({ ...base, pairs, chosen: null })
    expect([all.writes.map(({ slug }) => slug), all.deletes]).toEqual([['new'], []])
    const one = planPromotion({ ...base, pairs, chosen: [{ kind: 'models', slug: 'gone' }] })
    expect([one.writes, one.deletes]).toEqual([[], [{ kind: 'models', slug: 'gone', revision: 'r-gone' }]])
  })

  it('[S18] [W7] a slug that changed in the source changes in the target', () => {
    const pairs = [pair('models', 'people', model('M'), model('M', 'live'), 'users')]
    const { renames, writes, changes } = planPromotion({ ...base, pairs, chosen: null })
    expect([renames, writes, changes]).toEqual([
      [{ kind: 'models', from: 'users', to: 'people' }],
      [{ kind: 'models', slug: 'people', value: model('M', 'live'), revision: null }],
      [{ kind: 'models', slug: 'people', change: 'renamed', from: 'users', fields: [], neededBy: null }],
    ])
  })

  it('[W7] [F21] a source that nothing stands for is an error with its mend', () => {
    const { findings } = planPromotion({
      ...base,
      pairs: [pair('models', 'm', model('M', 'lake'), null)],
      chosen: null,
    })
    expect(findings.map(({ slug, findings: [one] }) => [slug, one?.code, one?.message])).toEqual([
      ['m', 'unresolved-source', 'Nothing in production stands for the source `lake` of staging.'],
    ])
  })
})

describe('taking it back', () => {
  const done = (
    slug: string,
    before: Value | null,
    after: Value | null,
    now: Value | null,
    was = slug,
  ): DoneChange => ({
    kind: 'models',
    slug,
    resourceId: '1',
    wasSlug: was,
    before,
    after,
    now: now && { slug, value: now, revision: 'r' },
  })

  it('[W7] undoes what was added, changed, renamed and removed', () => {
    const { writes, deletes, renames, changes, changedSince } = planUndo([
      done('new', null, model('New'), model('New')),
      done('m', model('Old'), model('M'), model('M')),
      done('people', model('U'), model('U'), model('U'), 'users'),
      done('gone', model('Gone'), null, null),
    ])
    expect({ writes, deletes, renames, changedSince }).toEqual({
      writes: [
        { kind: 'models', slug: 'm', value: model('Old'), revision: 'r' },
        { kind: 'models', slug: 'users', value: model('U'), revision: null },
        { kind: 'models', slug: 'gone', value: model('Gone'), revision: null },
      ],
      deletes: [{ kind: 'models', slug: 'new', revision: 'r' }],
      renames: [{ kind: 'models', from: 'people', to: 'users' }],
      changedSince: [],
    })
    expect(changes.map(({ slug, change }) => `${change} ${slug}`)).toEqual([
      'removed new',
      'changed m',
      'renamed users',
      'added gone',
    ])
  })

  it('[W7] leaves alone what somebody changed since, and names it', () => {
    const { writes, deletes, changedSince } = planUndo([
      done('m', model('Old'), model('M'), model('Mine')),
      done('new', null, model('New'), null),
      done('gone', model('Gone'), null, model('Again')),
    ])
    expect([writes, deletes, changedSince.map(resourceKey)]).toEqual([
      [],
      [],
      ['models:m', 'models:new', 'models:gone'],
    ])
  })
})
