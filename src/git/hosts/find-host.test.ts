import { describe, expect, it } from 'vitest'
import { DEFAULT_GIT_POLICY } from '../policy.ts'
import { findHost, type HostSetting } from './find-host.ts'

const found = (url: string, setting: HostSetting = null) => findHost(url, setting, DEFAULT_GIT_POLICY)

describe('the host of a connection', () => {
  it.each([
    ['https://github.com/team/schema.git', 'github', 'https://api.github.com', 'team/schema'],
    ['https://gitlab.com/a/b/schema.git', 'gitlab', 'https://gitlab.com/api/v4', 'a/b/schema'],
    ['https://bitbucket.org/team/schema.git', 'bitbucket', 'https://api.bitbucket.org/2.0', 'team/schema'],
    [
      'https://dev.azure.com/acme/team/_git/schema',
      'azure-devops',
      'https://dev.azure.com/acme',
      'team/schema',
    ],
    ['https://dev.azure.com/acme/_git/schema', 'azure-devops', 'https://dev.azure.com/acme', 'schema/schema'],
    ['https://codeberg.org/team/schema', 'gitea', 'https://codeberg.org/api/v1', 'team/schema'],
  ])('[S21] is known by the name of its server: %s', (url, type, apiUrl, repository) => {
    expect(found(url)).toEqual({ type, apiUrl, repository })
  })

  it.each([
    [
      'https://git.example.com/team/schema.git',
      { type: 'github' },
      'https://git.example.com/api/v3',
      'team/schema',
    ],
    [
      'https://example.com/git/team/schema.git',
      { type: 'gitea' },
      'https://example.com/git/api/v1',
      'team/schema',
    ],
    ['https://git.example.com/a/b/c.git', { type: 'gitlab' }, 'https://git.example.com/api/v4', 'a/b/c'],
    [
      'https://example.com/git/a/b/c.git',
      { type: 'gitlab', apiUrl: 'https://example.com/git/api/v4' },
      'https://example.com/git/api/v4',
      'a/b/c',
    ],
    [
      'https://github.com/t/s',
      { type: 'github', apiUrl: 'https://proxy.test/api' },
      'https://proxy.test/api',
      't/s',
    ],
  ])('[S21] is what the connection says: %s', (url, setting, apiUrl, repository) => {
    expect(found(url, setting)).toEqual({ type: setting.type, apiUrl, repository })
  })

  it.each([
    ['https://git.example.com/team/schema.git', null],
    ['https://github.com/team/schema.git', { type: 'none' }],
    ['https://bitbucket.example.com/scm/team/schema.git', { type: 'bitbucket' }],
    ['git@github.com:team/schema.git', null],
    ['https://github.com/schema.git', null],
  ])('[S21] is none without an API that can be asked: %s', (url, setting) => {
    expect(found(url, setting)).toBeNull()
  })
})
