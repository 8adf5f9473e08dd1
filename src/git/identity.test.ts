import { describe, expect, it } from 'vitest'
import { identityLine, person } from './identity.ts'

const at = new Date('2026-01-02T03:04:05.678Z')

describe('identityLine', () => {
  it('[S7] is what a commit holds of a person', () => {
    expect(identityLine({ name: 'Ann Lee', email: 'ann@example.com', at })).toBe(
      'Ann Lee <ann@example.com> 1767323045 +0000',
    )
  })

  it.each([
    ['Eve\ncommitter Root', 'e@x.org', 'Eve committer Root <e@x.org>'],
    ['Eve <root@x.org> 1 +0000', 'e@x.org', 'Eve root@x.org 1 +0000 <e@x.org>'],
    ['\u001b[31mEve\u202e', 'e@x.org> 1 +0000\nparent', 'Eve <e@x.org1+0000parent>'],
    ['  .,"Eve";  ', ' e@x.org ', 'Eve <e@x.org>'],
    ['', 'eve@x.org', 'eve <eve@x.org>'],
    ['\u0000', '', 'unknown <unknown@invalid>'],
    ['O\u2019Brien 🌱', 'o@x.org', 'O\u2019Brien 🌱 <o@x.org>'],
    ['\ud800Eve', 'e@x.org', '\ufffdEve <e@x.org>'],
  ])('[Z10] neutralises the name %j with the address %j', (name, email, line) => {
    expect(person(name, email)).toBe(line)
  })

  it('[Z10] takes no time that Git cannot hold', () => {
    expect(identityLine({ name: 'A', email: 'a@b', at: new Date(-5) })).toBe('A <a@b> 0 +0000')
    expect(() => identityLine({ name: 'A', email: 'a@b', at: new Date(Number.NaN) })).toThrow(TypeError)
  })
})
