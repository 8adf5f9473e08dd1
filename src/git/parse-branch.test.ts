import { describe, expect, it } from 'vitest'
import { parseBranch } from './parse-branch.ts'

describe('parseBranch', () => {
  it.each([
    ['main', 'main'],
    [' main ', 'main'],
    ['refs/heads/main', 'main'],
    ['feature/add-users_2.0', 'feature/add-users_2.0'],
    ['größe/日本', 'größe/日本'],
    ['a.lock.b', 'a.lock.b'],
  ])('[Z2] takes %j', (typed, branch) => {
    expect(parseBranch(typed)).toEqual({ value: branch })
  })

  it.each([
    ['', 'is empty'],
    ['-b', 'begins with "-"'],
    ['--force', 'begins with "-"'],
    ['a..b', 'holds ".."'],
    ['a@{1}', 'holds "@{"'],
    ['a b', 'holds " "'],
    ['a~1', 'holds "~"'],
    ['a^', 'holds "^"'],
    ['a:b', 'holds ":"'],
    ['a?', 'holds "?"'],
    ['a*', 'holds "*"'],
    ['a[b', 'holds "["'],
    ['a\\b', String.raw`holds "\"`],
    ['/a', 'begins or ends with "/"'],
    ['a/', 'begins or ends with "/"'],
    ['a//b', 'holds "//"'],
    ['a.', 'ends with "."'],
    ['a/.b', 'begins with "."'],
    ['a.lock', 'ends with ".lock"'],
    ['a.lock/b', 'ends with ".lock"'],
    ['@', 'means something else'],
    ['HEAD', 'means something else'],
    ['a\u0007b', 'control character'],
    ['a\u202eb', 'invisible character'],
    ['__proto__/x', '"__proto__"'],
    ['a'.repeat(4_096), '4096 bytes'],
    ['\ud800', 'lone surrogate'],
  ])('[Z2] refuses %j with a clear sentence', (typed, words) => {
    expect(parseBranch(typed).problem).toContain(words)
    expect(parseBranch(typed).problem).toMatch(/\.$/)
  })
})
