import { expect, it } from 'vitest'
import { textDiff } from './text-diff.ts'

it('[W5] shows changes as text, long ones line by line', () => {
  const users = {
    kind: 'parent-models',
    slug: 'users',
    path: 'schema/parent-models/users.yaml',
    change: 'changed',
  } as const
  const fields = [
    { path: '/name', before: 'Users', after: 'People' },
    { path: '/rawSql', before: 'select *\nfrom users', after: 'select id\nfrom users' },
    { path: '/description', after: 'All' },
  ]
  expect(
    textDiff([
      { ...users, fields },
      { ...users, path: null, change: 'added', fields: [] },
    ]).map((line) => `${line.sign} ${line.text}`),
  ).toEqual([
    '= schema/parent-models/users.yaml',
    '- name: Users',
    '+ name: People',
    '  rawSql:',
    '-   select *',
    '+   select id',
    '    from users',
    '+ description: All',
    '= parent-models/users',
    '+ added',
  ])
})
