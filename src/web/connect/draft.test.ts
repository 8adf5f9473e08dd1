import { describe, expect, it } from 'vitest'
import { EMPTY_DRAFT, inputOf, missingIn, pollFault } from './draft.ts'

describe('the connect wizard', () => {
  it('[W4] sends what was typed, and no secret that was not', () => {
    expect(inputOf({ ...EMPTY_DRAFT, url: ' https://git.example.com/a.git ', token: 't' })).toEqual({
      url: 'https://git.example.com/a.git',
      branch: 'main',
      path: '',
      adopt: null,
      pollSeconds: 60,
      approval: false,
      mode: 'direct',
      host: null,
      credentials: { type: 'token', token: 't' },
    })
    expect(inputOf({ ...EMPTY_DRAFT, approval: true }).approval).toBe(true)
    expect(inputOf({ ...EMPTY_DRAFT, review: true }).mode).toBe('review')
    expect(inputOf({ ...EMPTY_DRAFT, adopt: ' acme-sandbox ' }).adopt).toBe('acme-sandbox')
    expect(
      inputOf({ ...EMPTY_DRAFT, access: 'ssh', knownHosts: 'host key', token: 'unused' }).credentials,
    ).toEqual({
      type: 'ssh',
      knownHosts: 'host key',
    })
  })

  it('[W4] sends the host that was chosen, and what signs in as a GitHub App', () => {
    const app = {
      ...EMPTY_DRAFT,
      access: 'github-app' as const,
      host: 'github' as const,
      apiUrl: 'https://git.example.com/api/v3',
      appId: ' 12 ',
      installationId: '34',
    }
    expect(missingIn('credentials', app, null)).toBe('Still missing: private key')
    const { host, credentials } = inputOf({ ...app, privateKey: 'pem' })
    expect([host, credentials]).toEqual([
      { type: 'github', apiUrl: 'https://git.example.com/api/v3' },
      { type: 'github-app', appId: '12', installationId: '34', privateKey: 'pem' },
    ])
  })

  it('[W4] takes a pause between two looks at the branch: off, or a second to an hour', () => {
    const input = { ...EMPTY_DRAFT, url: 'https://git.example.com/a.git', token: 't' }
    const faults = ['0', '1', '3600', '3601', '-1', '1.5', '', 'often'].map((pollSeconds) => [
      pollFault({ pollSeconds }),
      missingIn('repository', { ...input, pollSeconds }, null),
    ])
    const fault = 'Expected a whole number of seconds, from 0 (off) to 3,600'
    expect(faults.slice(0, 3).flat()).toEqual(Array(6).fill(null))
    expect(faults.slice(3).flat()).toEqual(Array(10).fill(fault))
    expect(inputOf({ ...input, pollSeconds: '0' }).pollSeconds).toBe(0)
  })

  it('[W4] says what a step still needs', () => {
    expect(missingIn('credentials', EMPTY_DRAFT, null)).toBe('Still missing: access token')
    expect(missingIn('credentials', { ...EMPTY_DRAFT, access: 'none' }, null)).toBe(null)
    expect(missingIn('repository', EMPTY_DRAFT, null)).toBe('Still missing: repository URL')
    expect(missingIn('plan', EMPTY_DRAFT, null)).toBe(null)
  })
})
