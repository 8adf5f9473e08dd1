import { describe, expect, it } from 'vitest'
import { EMPTY_DRAFT, inputOf, missingIn } from './draft.ts'

describe('the connect wizard', () => {
  it('[W4] sends what was typed, and no secret that was not', () => {
    expect(inputOf({ ...EMPTY_DRAFT, url: ' https://git.example.com/a.git ', token: 't' })).toEqual({
      url: 'https://git.example.com/a.git',
      branch: 'main',
      path: '',
      adopt: null,
      credentials: { type: 'token', token: 't' },
    })
    expect(inputOf({ ...EMPTY_DRAFT, adopt: ' acme-sandbox ' }).adopt).toBe('acme-sandbox')
    expect(
      inputOf({ ...EMPTY_DRAFT, access: 'ssh', knownHosts: 'host key', token: 'unused' }).credentials,
    ).toEqual({
      type: 'ssh',
      knownHosts: 'host key',
    })
  })

  it('[W4] says what a step still needs', () => {
    expect(missingIn('credentials', EMPTY_DRAFT, null)).toBe('Still missing: access token')
    expect(missingIn('credentials', { ...EMPTY_DRAFT, access: 'none' }, null)).toBe(null)
    expect(missingIn('repository', EMPTY_DRAFT, null)).toBe('Still missing: repository URL')
    expect(missingIn('plan', EMPTY_DRAFT, null)).toBe(null)
  })
})
