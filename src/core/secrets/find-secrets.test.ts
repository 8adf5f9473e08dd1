import { describe, expect, it } from 'vitest'
import { findSecrets, newSecrets } from './find-secrets.ts'

// Put together here, so that no scanner takes this file for a leak.
const join = (...parts: string[]) => parts.join('')
const GITHUB = join('gh', 'p_', 'a1B2'.repeat(9))

const places = (value: Parameters<typeof findSecrets>[0]) =>
  findSecrets(value).map(({ path, what }) => `${path}: ${what}`)

describe('findSecrets', () => {
  it.each([
    ['a private key', join('-----BEGIN RSA PRIVATE', ' KEY-----\nMIIE\n')],
    ['a private key', join('-----BEGIN PRIVATE', ' KEY-----')],
    ['an AWS access key', join('key ', 'AKIA', 'IOSFODNN7EXAMPLE')],
    ['a GitHub token', `select '${GITHUB}'`],
    ['a GitLab token', join('glp', 'at-', 'x'.repeat(20))],
    ['a Slack token', join('xox', 'b-', '123456789012-abcdef')],
    ['a Stripe key', join('sk_', 'live_', '4eC39HqLyjWDarjt')],
    ['a Google API key', join('AI', 'za', 'S'.repeat(35))],
    ['a Databricks token', join('da', 'pi', '0123456789abcdef'.repeat(2))],
    ['a signed token (JWT)', join('ey', 'JhbGciOiJIUzI1', '.ey', 'JzdWIiOiIxMjM', '.abcdefghijk')],
    ['an address with a password', 'postgres://ann:hunter2@db.example.com/x'],
    ['a password', "where password = 'hunter2hunter2'"],
    ['a password', '{"apiKey": "abc123def456"}'],
  ])('[Z12] finds %s', (what, text) => {
    expect(places({ name: 'x', rawSql: text })).toEqual([`/rawSql: ${what}`])
  })

  it.each([
    ['a column of that name', 'select password, api_key, secret from users where token is not null'],
    ['a comparison with a word', "where secret = 'classified' and password = 'unknown value 1'"],
    ['a placeholder', "password = '{{ password1 }}' and url = 'https://user:{TOKEN}@example.com'"],
    ['an address without one', 'https://example.com:8080/a@b and git@github.com:a/b.git'],
    ['a public key', '-----BEGIN PUBLIC KEY-----'],
    ['a hash', 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3'],
    ['a time', "where at > '2020-01-01T10:00:00Z'"],
  ])('[Z12] takes %s for what it is', (_, text) => {
    expect(places({ name: 'x', rawSql: text })).toEqual([])
  })

  it('[Z12] names each place, at any depth, and tells secrets apart without their text', () => {
    const other = join('gh', 'p_', 'c3D4'.repeat(9))
    const value = { name: 'x', config: { list: [{ 'a/b': GITHUB }, `${GITHUB} ${other}`] } }
    const found = findSecrets(value)
    expect(found.map(({ path }) => path)).toEqual(['/config/list/0/a~1b', '/config/list/1', '/config/list/1'])
    expect(found[0]?.digest).toBe(found[1]?.digest)
    expect(found[2]?.digest).not.toBe(found[1]?.digest)
    expect(JSON.stringify(found)).not.toContain(GITHUB)
  })

  it('[Z12] counts only what is not in Git yet, wherever it stands there', () => {
    const other = join('gh', 'p_', 'c3D4'.repeat(9))
    const before = { name: 'x', description: GITHUB }
    expect(newSecrets({ name: GITHUB }, before)).toEqual([])
    expect(newSecrets({ name: `${GITHUB} ${other}` }, before).map(({ path }) => path)).toEqual(['/name'])
    expect(newSecrets({ name: GITHUB }, null)).toHaveLength(1)
  })

  it('[Z7] [Z12] takes time in proportion to a long text', () => {
    const near = [
      'a.'.repeat(200_000),
      'eyJ'.repeat(100_000),
      'password = '.repeat(40_000),
      'x://'.repeat(100_000),
    ]
    for (const text of near) expect(findSecrets({ name: text })).toEqual([])
  }, 20_000)
})
