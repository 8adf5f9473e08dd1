import { expect, it } from 'vitest'
import { fileDiff } from './file-diff.ts'
import { changeGroups, countWords, resourceWords } from './version-words.ts'

const signed = (before: string | null, after: string | null) =>
  fileDiff(before, after).map(({ sign, text }) => `${sign} ${text}`)

it('[S23] shows two texts of a file as the lines that differ, with some around', () => {
  const lines = (changed: string) => `a\nb\nc\nd\n${changed}\nf\ng\nh\ni\n`
  expect(signed(lines('e'), lines('E'))).toEqual([
    '= …',
    '  b',
    '  c',
    '  d',
    '- e',
    '+ E',
    '  f',
    '  g',
    '  h',
  ])
  expect(signed(null, 'a\n')).toEqual(['+ a'])
  expect(signed('a\n', null)).toEqual(['- a'])
  expect(signed('a', 'a\n')).toEqual(['- a', '+ a'])
  expect(signed('a\n', 'a\n')).toEqual([])
})

const version = (change: object) => ({
  commit: 'a'.repeat(40),
  subject: 'S',
  author: { name: 'Ann', email: 'a@x' },
  at: '2026-01-01T00:00:00.000Z',
  counts: { added: 0, changed: 0, removed: 0, renamed: 0 },
  changes: [{ kind: 'models', slug: 'users', path: null, change: 'changed', ...change } as const],
})

it('[S23] says in words what a version did to a resource', () => {
  const fields = [
    { path: '/rawSql', before: 'a', after: 'b' },
    { path: '/columns/0/label', after: 'x' },
  ]
  expect([
    resourceWords(version({ fields })),
    resourceWords(version({ fields: [] })),
    resourceWords(version({ change: 'added', fields })),
    resourceWords(version({ change: 'renamed', from: 'people', fields: [] })),
    resourceWords(version({ change: 'renamed', from: 'people', fields: [{ path: '/name', after: 'X' }] })),
  ]).toEqual([
    'SQL and columns › 1 › label',
    'place or style of the file',
    'added',
    'renamed from people',
    'renamed from people, name',
  ])
})

it('[S23] counts and groups changes, what goes away first', () => {
  expect(countWords({ added: 1200, changed: 0, removed: 1, renamed: 2 })).toBe(
    '1 removed, 2 renamed, 1,200 added',
  )
  const entry = (slug: string, change: 'added' | 'removed' | 'changed') => ({
    kind: 'models' as const,
    slug,
    path: null,
    change,
    fields: [],
  })
  const groups = changeGroups([entry('a', 'added'), entry('b', 'removed'), entry('c', 'added')])
  expect(groups.map(({ title, entries }) => [title, entries.map(({ slug }) => slug)])).toEqual([
    ['Removed', ['b']],
    ['Added', ['a', 'c']],
  ])
})
