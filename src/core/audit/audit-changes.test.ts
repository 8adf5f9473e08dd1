import { expect, it } from 'vitest'
import { type ChangedRow, changesOfRows, changesOfValues, TOLD_MAX } from './audit-changes.ts'

const row = (slug: string, before: ChangedRow['before'], after: ChangedRow['after']): ChangedRow => ({
  kind: 'sources',
  slug,
  before,
  after,
})

it('[Z8] tells before and after of each field, of files and of connections', () => {
  expect(
    changesOfRows([
      {
        kind: 'models',
        slug: 'm',
        before: { name: 'Old', rawSql: 'a' },
        after: { name: 'New', rawSql: 'a' },
      },
      row('s', { type: 'duckdb', config: { path: 'a' } }, { type: 'duckdb', config: { path: 'b' } }),
      row('gone', { type: 'duckdb' }, null),
    ]),
  ).toEqual({
    changes: [
      { resource: 'models/m', fields: [{ path: '/name', before: 'Old', after: 'New' }] },
      { resource: 'sources/s', fields: [{ path: '/config/path', before: 'a', after: 'b' }] },
      { resource: 'sources/gone', fields: [{ path: '/type', before: 'duckdb' }] },
    ],
    omitted: 0,
  })
  expect(changesOfValues({ role: 'viewer' }, { role: 'admin' })).toEqual([
    { resource: null, fields: [{ path: '/role', before: 'viewer', after: 'admin' }] },
  ])
  expect(changesOfValues({ role: 'viewer' }, { role: 'viewer' })).toEqual([])
})

it('[Z8] an entry stays small: long values are cut with a count, and so are many resources', () => {
  const rows = Array.from({ length: TOLD_MAX + 3 }, (_, i) => row(`s${i}`, null, { name: 'x'.repeat(5000) }))
  const { changes, omitted } = changesOfRows(rows)
  expect([changes.length, omitted]).toEqual([TOLD_MAX, 3])
  expect(changes[0]?.fields).toEqual([
    { path: '/name', after: `${'x'.repeat(4000)}… (1000 more characters)` },
  ])
})
