import { describe, expect, it } from 'vitest'
import type { Connection } from '../../core/wire/git.ts'
import { commitUrl } from './commit-url.ts'

const OID = '4f1c0de0000000000000000000000000000000aa'
const urlOf = (url: string, type: Connection['host']['type'] = 'none') =>
  commitUrl({ url, host: { type } }, OID)

describe('the page of a commit', () => {
  it.each([
    ['https://github.com/acme/schema.git', `https://github.com/acme/schema/commit/${OID}`],
    ['https://GitHub.com/acme/schema/', `https://github.com/acme/schema/commit/${OID}`],
    ['https://gitlab.com/acme/data/schema.git', `https://gitlab.com/acme/data/schema/-/commit/${OID}`],
    ['https://bitbucket.org/acme/schema', `https://bitbucket.org/acme/schema/commits/${OID}`],
    ['https://codeberg.org/acme/schema', `https://codeberg.org/acme/schema/commit/${OID}`],
    [
      'https://dev.azure.com/acme/data/_git/schema',
      `https://dev.azure.com/acme/data/_git/schema/commit/${OID}`,
    ],
  ])('[W6] is known by the name of the host: %s', (url, page) => {
    expect(urlOf(url)).toBe(page)
  })

  it.each([
    ['github', 'https://git.example.com/acme/schema.git', `/acme/schema/commit/${OID}`],
    ['gitlab', 'https://git.example.com:8443/a/b/schema.git', `/a/b/schema/-/commit/${OID}`],
    ['gitea', 'https://git.example.com/acme/schema', `/acme/schema/commit/${OID}`],
  ] as const)('[W6] is known by the type that the connection names: %s', (type, url, path) => {
    expect(urlOf(url, type)).toBe(`${new URL(url).origin}${path}`)
  })

  it.each([
    'https://git.example.com/acme/schema.git',
    'ssh://git@github.com/acme/schema.git',
    'git@github.com:acme/schema.git',
    'http://github.com/acme/schema.git',
    'file:///srv/schema.git',
    'https://github.com/schema.git',
    'https://github.com.example.com/acme/schema.git',
    'https://',
    'javascript:alert(1)//https://github.com/a/b',
  ])('[W6] is not made up: %s', (url) => {
    expect(urlOf(url)).toBeNull()
  })
})
