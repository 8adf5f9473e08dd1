import { describe, expect, it } from 'vitest'
import { filePathProblem, parsePath } from './parse-path.ts'

describe('parsePath', () => {
  it.each([
    ['', ''],
    ['.', ''],
    ['./', ''],
    ['./schema/', 'schema'],
    ['customer data/étude', 'customer data/étude'],
    ['a.b/..c', 'a.b/..c'],
  ])('[Z2] takes %j', (typed, path) => {
    expect(parsePath(typed)).toEqual({ value: path })
  })

  it.each([
    ['/', 'begins with "/"'],
    ['/etc', 'begins with "/"'],
    ['..', 'holds ".."'],
    ['a/../b', 'holds ".."'],
    ['a/./b', 'holds "."'],
    ['a//b', 'an empty part'],
    ['a\\b', 'a backslash'],
    ['.git', 'belongs to Git'],
    ['a/.GIT/hooks', 'belongs to Git'],
    ['a/git~1', 'belongs to Git'],
    ['a/.git./b', 'belongs to Git'],
    ['a/.git::$INDEX_ALLOCATION', 'belongs to Git'],
    ['a/.g\u200cit', 'invisible character'],
    ['-a', 'begins with "-"'],
    ['a/-b', 'begins with "-"'],
    ['__proto__/x', '"__proto__"'],
    ['x/constructor', '"constructor"'],
    ['a\nb', 'control character'],
    ['a\u202eb', 'invisible character'],
    ['a'.repeat(4_096), '4096 bytes'],
    [`${'a'.repeat(256)}/b`, 'more than 255 bytes'],
  ])('[Z2] refuses %j with a clear sentence', (typed, words) => {
    expect(parsePath(typed).problem).toContain(words)
    expect(parsePath(typed).problem).toMatch(/\.$/)
  })
})

describe('filePathProblem', () => {
  it.each([
    'syncs/-15.yaml',
    'models/null.yaml',
    'models/constructor.yaml',
    'models/.gitter.yaml',
    'models/a "b".yaml',
  ])('[F5] lets the odd name %j be', (path) => {
    expect(filePathProblem(path, 1_000)).toBeNull()
  })

  it.each(['../a.yaml', 'models/../../a', '.git/config', 'models/.git', '/a', 'a/', '', 'a\0b', 'a\nb'])(
    '[Z1] refuses to write %j',
    (path) => {
      expect(filePathProblem(path, 1_000)).toMatch(/.+/)
    },
  )

  // HFS+ ignores invisible characters, NTFS trailing dots, spaces, short names and streams.
  it.each([
    '.Git/config',
    '.git./hooks/post-checkout',
    '.git /config',
    '.git. ./config',
    'git~1/config',
    'GIT~2/hooks/pre-push',
    '.git::$INDEX_ALLOCATION/config',
    '.g\u200cit/config',
    '.git\ufeff/config',
    '\u200d.git/config',
    '.git\\config',
    'models/.gIt/hooks/x',
    '..\\..\\outside.yaml',
    'models/..',
  ])(
    '[Z1] refuses to write %j, which some file system takes for the folder of Git or for one above',
    (path) => {
      expect(filePathProblem(path, 1_000)).toMatch(/.+/)
    },
  )
})
