import { describe, expect, it } from 'vitest'
import { resourceKey } from '../model/resource.ts'
import { compareTwo, environmentFields } from './compare-two.ts'
import { correspondences, counterpartOf, type Environment, type SummedUp } from './environment.ts'
import { isAlike, matrixOf } from './matrix.ts'

type Draft = Partial<SummedUp> & Pick<SummedUp, 'kind' | 'slug'>

const parent = (slug: string, more: Partial<SummedUp> = {}): Draft => ({
  kind: 'parent-models',
  slug,
  ...more,
})

function environment(
  slug: string,
  drafts: readonly Draft[],
  more: {
    aliases?: Record<string, string>
    sources?: [slug: string, name: string][]
    pending?: readonly Draft[]
  } = {},
): Environment {
  const resources = drafts.map(
    (draft): SummedUp => ({ name: draft.slug, digest: 'd', content: 'c', connection: null, ...draft }),
  )
  return {
    slug,
    aliases: { sources: new Map(Object.entries(more.aliases ?? {})), destinations: new Map() },
    connections: {
      sources: (more.sources ?? []).map(([one, name]) => ({ slug: one, name, type: 'postgres' })),
      destinations: [],
    },
    resources: new Map(resources.map((one) => [resourceKey(one), one])),
    pending: new Map((more.pending ?? []).map((one) => [resourceKey(one), one])),
  }
}

describe('which source stands for which', () => {
  const staging = environment('staging', [], {
    aliases: { main: 'wh-stage' },
    sources: [
      ['wh-stage', 'Stage'],
      ['ads', 'Ads'],
      ['crm', 'CRM'],
      ['crm-2', 'CRM'],
    ],
  })
  const production = environment('production', [], {
    aliases: { main: 'wh-prod' },
    sources: [
      ['wh-prod', 'Prod'],
      ['ads-live', ' ads'],
      ['crm-9', 'CRM'],
      ['wh-stage', 'Old'],
    ],
  })
  const corresponds = correspondences(staging, production)

  it('[E1] [E2] [W7] by the alias that means both, else by a name and type that are its own', () => {
    expect([
      corresponds('sources', 'wh-stage', 'wh-prod'),
      corresponds('sources', 'ads', 'ads-live'),
      corresponds('sources', 'crm', 'crm-9'),
      corresponds('sources', 'ads', 'wh-prod'),
      corresponds('sources', 'ads', null),
      corresponds('destinations', 'crm', 'crm'),
    ]).toEqual([{ by: 'alias', alias: 'main' }, { by: 'name' }, null, null, null, { by: 'slug' }])
  })

  it('[W7] an alias counts before a slug of the same spelling, and that before a name', () => {
    expect(
      ['wh-stage', 'ads', 'crm'].map((slug) => counterpartOf('sources', slug, staging, production)),
    ).toEqual(['wh-prod', 'ads-live', null])
  })
})

it('[W7] the matrix holds every resource against the first workspace that has it', () => {
  const rows = matrixOf([
    environment('a', [parent('users', { connection: 'wh' }), parent('plans')], { aliases: { main: 'wh' } }),
    environment('b', [parent('users', { connection: 'wh-b' }), parent('plans', { digest: 'other' })], {
      aliases: { main: 'wh-b' },
    }),
    environment(
      'c',
      [parent('users', { connection: 'wh-c' }), { kind: 'models', slug: 'late', name: 'Late' }],
      {
        pending: [parent('plans')],
      },
    ),
  ])
  expect(rows.map(({ slug, name, from, cells }) => [slug, name, from, ...cells])).toEqual([
    ['late', 'Late', 2, 'missing', 'missing', 'same'],
    ['plans', 'plans', 0, 'same', 'differs', 'pending'],
    ['users', 'users', 0, 'same', 'same', 'differs'],
  ])
  expect(rows.filter(isAlike)).toEqual([])
})

describe('two workspaces', () => {
  it('[W7] real differences by kind and slug, and beside them what stands for what', () => {
    const from = environment(
      'staging',
      [parent('users', { connection: 's' }), parent('gone'), parent('same', { connection: 's' })],
      { aliases: { main: 's' } },
    )
    const to = environment(
      'production',
      [
        parent('users', { connection: 'p', digest: 'other' }),
        { kind: 'models', slug: 'new' },
        parent('same', { connection: 'p' }),
      ],
      { aliases: { main: 'p' }, pending: [parent('users')] },
    )
    const users = { kind: 'parent-models', slug: 'users' }
    expect(compareTwo(from, to)).toEqual({
      same: 1,
      counterparts: [{ section: 'sources', from: 's', to: 'p', alias: 'main', resources: 2 }],
      differences: [
        {
          kind: 'models',
          slug: 'new',
          change: 'added',
          before: null,
          after: { kind: 'models', slug: 'new' },
          isPending: false,
        },
        {
          kind: 'parent-models',
          slug: 'gone',
          change: 'removed',
          before: { kind: 'parent-models', slug: 'gone' },
          after: null,
          isPending: false,
        },
        { ...users, change: 'changed', before: users, after: users, isPending: true },
      ],
    })
  })

  it('[S18] [W7] one that has another slug alone is renamed, where it is the only such pair', () => {
    const changes = (...slugs: string[]) =>
      compareTwo(
        environment('a', [parent('users')]),
        environment(
          'b',
          slugs.map((slug) => parent(slug)),
        ),
      ).differences
    expect(changes('people').map(({ change, before, after }) => [change, before?.slug, after?.slug])).toEqual(
      [['renamed', 'users', 'people']],
    )
    expect(changes('people', 'humans').map(({ change, slug }) => `${change} ${slug}`)).toEqual([
      'added humans',
      'added people',
      'removed users',
    ])
  })

  it('[W7] a source that stands for the other is told apart from the fields that differ', () => {
    const sides = (alias: string) => environment('x', [], { aliases: { main: alias } })
    const ref = { kind: 'parent-models', slug: 'users' } as const
    const one = { ...ref, change: 'changed', before: ref, after: ref, isPending: false } as const
    const fields = environmentFields(
      one,
      { name: 'Users', source: 's' },
      { name: 'People', source: 'p' },
      correspondences(sides('s'), sides('p')),
    )
    expect(fields).toEqual([
      { path: '/name', before: 'Users', after: 'People', environment: false },
      { path: '/source', before: 's', after: 'p', environment: true },
    ])
  })
})
