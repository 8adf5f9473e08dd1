import { expect, it } from 'vitest'
import { auditLine, changedWords } from './audit-words.ts'

const line = (action: string, subject: string | null, detail: Record<string, unknown> | null = null) =>
  auditLine('staging', { action, subject, detail })

it('[Z8] says what was done to what, with the way there', () => {
  expect(line('resource.save', 'parent-models/users')).toEqual({
    did: 'Saved',
    what: { text: 'parent model users', to: '/staging/schema/parent-models/users' },
    facts: [],
  })
  expect(line('git.sync', 'f1', { full: true })).toEqual({
    did: 'Started',
    what: { text: 'a sync', to: '/staging/git/runs/f1' },
    facts: ['full resync'],
  })
  expect(line('git.resolve', 'c1', { take: 'git' })).toEqual({
    did: 'Settled',
    what: { text: 'a conflict', to: '/staging/git/conflicts' },
    facts: ["took Git's side"],
  })
})

it('[Z8] names people, keys and repositories by what they are called', () => {
  expect(line('member.change', 'id', { email: 'bo@example.com', role: 'admin' })).toEqual({
    did: 'Changed the role of',
    what: { text: 'bo@example.com', to: null },
    facts: ['role admin'],
  })
  expect(line('api-key.create', 'id', { name: 'CI', role: 'viewer' })).toEqual({
    did: 'Created API key',
    what: { text: 'CI', to: null },
    facts: ['role viewer'],
  })
  expect(line('git.connect', 'id', { url: 'https://x/y.git', branch: 'main', path: '' })).toEqual({
    did: 'Connected',
    what: { text: 'https://x/y.git', to: null },
    facts: ['branch main'],
  })
  expect(line('git.aliases', null, { sources: { warehouse: 'source-001' }, destinations: {} })).toEqual({
    did: 'Named sources and destinations in files',
    what: null,
    facts: ['warehouse is source-001'],
  })
})

it('[Z8] leaves nothing out that it does not know', () => {
  expect(line('toString.call', 'x', { constructor: 1, list: [1] })).toEqual({
    did: 'toString.call',
    what: { text: 'x', to: null },
    facts: ['constructor 1', 'list [1]'],
  })
})

it('[Z8] says in a few words what changed: the fields of one thing, else how many things', () => {
  const field = (path: string, before?: unknown, after?: unknown) => ({ path, before, after })
  const one = { resource: 'models/m', fields: [field('/name', 'a', 'b'), field('/rawSql', 'c', 'd')] }
  expect(changedWords({ changes: [one], omitted: 0 })).toEqual(['name and SQL'])
  expect(changedWords({ changes: [one, one], omitted: 40 })).toEqual(['42 resources'])
  expect(
    changedWords({ changes: [{ resource: 'models/m', fields: [field('/name', 'a')] }], omitted: 0 }),
  ).toEqual([])
  expect(changedWords({ changes: [], omitted: 0 })).toEqual([])
  const role = {
    resource: null,
    fields: [field('/role', 'viewer', 'admin'), field('/name', undefined, 'Bo')],
  }
  const end = { resource: null, fields: [field('/expiresAt', undefined, '2026-11-30T16:52:55.713Z')] }
  expect(changedWords({ changes: [end], omitted: 0 })).toEqual(['end 2026-11-30'])
  expect(changedWords({ changes: [role], omitted: 0 })).toEqual(['role viewer → admin and name Bo'])
})
