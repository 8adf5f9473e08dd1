import { describe, expect, it } from 'vitest'
import { aliasTable, type Sharer } from './alias-table.ts'
import { type Candidate, proposeAlias } from './propose-alias.ts'

const candidate = (slug: string, name: string, type = 'postgres', ...tables: string[]): Candidate => ({
  slug,
  name,
  type,
  tables: new Set(tables),
})

describe('what an alias most likely means', () => {
  const stage = candidate('wh-stage', 'Warehouse', 'postgres', 'users', 'orders', 'plans')

  it('[W7] [E4] by name, tables in common and slug, the likeliest first, with the reasons', () => {
    const here = [
      candidate('a', 'Other'),
      candidate('wh-stag', 'Mirror'),
      candidate('b', 'Copy', 'postgres', 'users', 'orders'),
      candidate('c', ' warehouse'),
    ]
    expect(proposeAlias('main', [stage], here)).toEqual([
      { slug: 'c', why: ['same name', 'same type'] },
      { slug: 'b', why: ['2 tables in common', 'same type'] },
      { slug: 'wh-stag', why: ['a slug like it', 'same type'] },
    ])
  })

  it('[W7] never of another type than elsewhere; by its name alone where it means nothing elsewhere', () => {
    expect(proposeAlias('main', [stage], [candidate('wh', 'Warehouse', 'duckdb')])).toEqual([])
    expect(proposeAlias('mian', [], [candidate('main', 'X'), candidate('y', 'Y')])).toEqual([
      { slug: 'main', why: ['a slug like it'] },
    ])
  })
})

it('[E1] [W7] the table says of each name what it means everywhere, and what is missing here', () => {
  const sharer = (
    slug: string,
    own: string,
    aliases: Record<string, string>,
    uses: [string, number][],
  ): Sharer => ({
    slug,
    aliases: { sources: new Map(Object.entries(aliases)), destinations: new Map() },
    candidates: { sources: [candidate(own, 'Warehouse')], destinations: [] },
    uses: { sources: new Map(uses), destinations: new Map() },
  })
  const table = aliasTable(sharer('production', 'live', {}, []), [
    sharer('staging', 'stage', { main: 'stage' }, [['main', 7]]),
  ])
  expect(table).toEqual([
    {
      section: 'sources',
      name: 'main',
      files: 0,
      meanings: [
        { workspace: 'production', isAlias: false, slug: null },
        { workspace: 'staging', isAlias: true, slug: 'stage' },
      ],
      proposals: [{ slug: 'live', why: ['same name', 'same type'] }],
    },
  ])
  expect(aliasTable(sharer('alone', 'live', {}, [['live', 3]]), [])).toEqual([])
})
