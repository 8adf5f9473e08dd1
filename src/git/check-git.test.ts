import { describe, expect, it } from 'vitest'
import { readGitVersion } from './check-git.ts'

describe('readGitVersion', () => {
  it.each([
    ['git version 2.39.5\n', { version: '2.39.5', pinsAddresses: true }],
    ['git version 2.39.5 (Apple Git-154)\n', { version: '2.39.5', pinsAddresses: true }],
    ['git version 2.31.0', { version: '2.31.0', pinsAddresses: false }],
    ['git version 3.0.0.rc1', { version: '3.0.0.rc1', pinsAddresses: true }],
  ])('[Z1] reads %j', (output, version) => {
    expect(readGitVersion(output)).toEqual(version)
  })

  it.each(['git version 2.30.2', 'git version 1.9.1', 'nonsense'])(
    '[C1] refuses %j and says what is needed',
    (output) => {
      expect(() => readGitVersion(output)).toThrow(/is too old: 2\.31 or newer is needed/)
    },
  )
})
