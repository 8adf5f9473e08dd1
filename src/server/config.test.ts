import { expect, it } from 'vitest'
import { ConfigError, gather, parseConfig } from './config.ts'
import { gitPolicyOf } from './git-policy.ts'
import { SETTINGS } from './settings.ts'

it('[C3] without any setting it listens on 127.0.0.1:4400 with an embedded database in ./data', () => {
  expect(parseConfig(gather({}, {}, {}), '/srv')).toEqual({
    port: 4400,
    host: '127.0.0.1',
    publicUrl: null,
    dataDir: '/srv/data',
    databaseUrl: null,
    secretKey: null,
    admin: { email: 'admin@tandem.local', password: null },
    adminToken: null,
    gitProtocols: ['https', 'ssh'],
    gitCaFile: null,
    gitHosts: [],
    gitDeny: [],
    gitAllow: [],
    gitMaxPackMib: 2048,
    gitMaxFiles: 1_000_000,
    gitMaxRefs: 50_000,
    gitTimeoutSeconds: 600,
    fileRoots: [],
    demo: true,
    logLevel: 'info',
  })
})

it('[C3] flags win over the environment, and that over the file; an empty text is not given', () => {
  const gathered = gather(
    { port: '1' },
    { TANDEM_PORT: '2', TANDEM_HOST: '::1', TANDEM_DEMO: '' },
    { TANDEM_PORT: '3', TANDEM_HOST: '0.0.0.0', TANDEM_DEMO: 'off', TANDEM_FILE_ROOTS: '/a, b' },
  )
  const config = parseConfig(gathered, '/srv')
  expect([config.port, config.host, config.demo, config.fileRoots]).toEqual([
    1,
    '::1',
    false,
    ['/a', '/srv/b'],
  ])
})

it('[C3] every fault is told at once, by the name of its setting', () => {
  const wrong = gather(
    { port: 'http' },
    {
      TANDEM_PUBLIC_URL: 'tandem.example.com',
      TANDEM_DATABASE_URL: 'mysql://x',
      TANDEM_SECRET_KEY: 'short',
      TANDEM_GIT_PROTOCOLS: 'https,ext',
      TANDEM_GIT_HOSTS: 'https://git.example.com',
      TANDEM_GIT_DENY: '10.0.0.0/33',
      TANDEM_GIT_ALLOW: 'git.example.com',
      TANDEM_GIT_MAX_FILES: '0',
      TANDEM_DEMO: 'maybe',
    },
    {},
  )
  let problems: readonly string[] = []
  try {
    parseConfig(wrong, '/srv')
  } catch (error) {
    if (error instanceof ConfigError) problems = error.problems
  }
  expect(problems.map((line) => line.split(':')[0])).toEqual([
    'TANDEM_PORT',
    'TANDEM_PUBLIC_URL',
    'TANDEM_PUBLIC_URL',
    'TANDEM_DATABASE_URL',
    'TANDEM_SECRET_KEY',
    'TANDEM_GIT_PROTOCOLS',
    'TANDEM_GIT_HOSTS',
    'TANDEM_GIT_DENY',
    'TANDEM_GIT_ALLOW',
    'TANDEM_GIT_MAX_FILES',
    'TANDEM_DEMO',
  ])
})

it('[C3] names and flags are unique', () => {
  expect(new Set(SETTINGS.map((setting) => setting.name)).size).toBe(SETTINGS.length)
  expect(new Set(SETTINGS.map((setting) => setting.flag)).size).toBe(SETTINGS.length)
})

it('[Z2] [Z3] [Z6] where git may connect, and what a repository may cost, is as it was set', () => {
  const set = {
    TANDEM_GIT_PROTOCOLS: 'https',
    TANDEM_GIT_HOSTS: 'git.example.com, *.corp.example',
    TANDEM_GIT_DENY: 'old.corp.example,10.9.0.0/16,fd00::1',
    TANDEM_GIT_ALLOW: '169.254.7.7',
    TANDEM_GIT_MAX_PACK_MIB: '3',
    TANDEM_GIT_MAX_FILES: '4',
    TANDEM_GIT_MAX_REFS: '5',
    TANDEM_GIT_TIMEOUT_SECONDS: '6',
  }
  const { protocols, hosts, addresses, limits } = gitPolicyOf(parseConfig(gather({}, set, {}), '/srv'), [])
  expect({ protocols, hosts, addresses }).toEqual({
    protocols: ['https'],
    hosts: { allow: ['git.example.com', '*.corp.example'], deny: ['old.corp.example'] },
    addresses: { allow: ['169.254.7.7'], deny: ['10.9.0.0/16', 'fd00::1'] },
  })
  expect(limits).toEqual({
    listMs: 60_000,
    fetchMs: 6_000,
    pushMs: 6_000,
    localMs: 120_000,
    stallMs: 60_000,
    packBytes: 3 * 1024 ** 2,
    files: 4,
    refs: 5,
  })
})
