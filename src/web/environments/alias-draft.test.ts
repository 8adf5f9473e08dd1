import { expect, it } from 'vitest'
import type { AliasTable } from '../../core/wire/environments.ts'
import { lintDraft } from './alias-draft.ts'

const table: AliasTable = {
  file: 'aliases-staging.yaml',
  workspaces: ['staging'],
  rows: [
    { section: 'sources', name: 'main', files: 2, meanings: [], proposals: [] },
    {
      section: 'sources',
      name: 'awaited',
      files: 0,
      meanings: [{ workspace: 'staging', isAlias: false, slug: null }],
      proposals: [],
    },
  ],
  choices: { sources: [{ slug: 'wh', name: 'WH', type: 'duckdb' }], destinations: [] },
  pending: [],
}

it('[E3] says what is wrong with an alias before it is saved, each at its own', () => {
  const found = lintDraft(
    {
      sources: { main: 'wh', awaited: 'wh', idle: 'wh', 'odd "name"': 'gone' },
      destinations: { crm: 'none' },
    },
    table,
  )
  expect([...found].map(([key, { code }]) => [key, code])).toEqual([
    ['sources idle', 'alias-unused'],
    ['sources odd "name"', 'alias-dangling'],
    ['destinations crm', 'alias-dangling'],
  ])
  expect(lintDraft({ sources: { main: 'wh' }, destinations: {} }, table)).toEqual(new Map())
})
