import { expect, it } from 'vitest'
import { ConfigError, gather, parseConfig } from './config.ts'
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
    'TANDEM_DEMO',
  ])
})

it('[C3] names and flags are unique', () => {
  expect(new Set(SETTINGS.map((setting) => setting.name)).size).toBe(SETTINGS.length)
  expect(new Set(SETTINGS.map((setting) => setting.flag)).size).toBe(SETTINGS.length)
})
