import { expect, it } from 'vitest'
import { expectedSlug, fileText } from './file-text.ts'

const aliases = { sources: { 'main-database': 'source-001' }, destinations: {} }
const users = {
  name: 'Users',
  source: 'source-001',
  type: 'table',
  tableName: 'PUBLIC.USERS',
  primaryKey: 'user_id',
}
const text = 'name: Users\nsource: main-database\ntype: table\ntableName: PUBLIC.USERS\nprimaryKey: user_id\n'

it('[W2] shows a new file as Git will have it, with the alias for its source', () => {
  expect(fileText('parent-models', 'users', users, aliases, null)).toEqual({
    path: 'schema/parent-models/users.yaml',
    text,
  })
})

it("[W2] keeps a person's comments and place when it edits their file", () => {
  const present = { path: 'schema/parent-models/web/users.yaml', text: `# Who buys\n${text}` }
  expect(fileText('parent-models', 'users', users, aliases, present)).toEqual(present)
  expect(fileText('parent-models', 'users', { ...users, name: 'People' }, aliases, present)).toEqual({
    path: present.path,
    text: present.text.replace('name: Users', 'name: People'),
  })
})

it('[W2][F5] tells the slug of a new resource as soon as its name says it', () => {
  const ends = { from: { slug: 'users' }, to: { slug: 'orders' } }
  expect([
    expectedSlug('parent-models', { name: 'Our Customers' }),
    expectedSlug('parent-models', { name: ' ' }),
    expectedSlug('model-relationships', ends),
    expectedSlug('model-relationships', { ...ends, to: { slug: '' } }),
    expectedSlug('syncs', { model: 'users', destination: 'crm' }),
  ]).toEqual(['our-customers', null, 'users-orders', null, null])
})
