import { expect, it } from 'vitest'
import { parsePointer } from '../model/json-pointer.ts'
import { joinSecrets, splitSecrets } from './secret-keys.ts'

it('[Z4] secrets are told by their name, by their type and by how they look, at every depth', () => {
  const config = {
    host: 'db',
    user: 'reader',
    ssl: true,
    password: 'p1',
    apiKey: 'p2',
    client_secret: 'p3',
    tokenUrl: 'https://auth.example.com/token',
    oauth: { accessToken: 'p4', scope: 'read' },
    proxy: 'http://user:p5@proxy:3128',
    key: '-----BEGIN PRIVATE KEY-----\np6',
    passwordless: false,
  }
  const { config: shown, secrets } = splitSecrets('postgres', config)
  expect(JSON.stringify(shown)).not.toMatch(/p[1-6]/)
  expect([...secrets.keys()]).toEqual([
    '/password',
    '/apiKey',
    '/client_secret',
    '/tokenUrl',
    '/oauth/accessToken',
    '/proxy',
    '/key',
  ])
  expect(shown).toMatchObject({
    host: 'db',
    user: 'reader',
    ssl: true,
    passwordless: false,
    oauth: { scope: 'read' },
  })
})

it('[Z4] a list that holds a secret at any depth is one as a whole', () => {
  const config = { hosts: ['a', 'b'], users: [{ name: 'x' }, { name: 'y', auth: [{ token: 'p1' }] }] }
  const { config: shown, secrets } = splitSecrets('any', { ...config, urls: ['https://u:p2@host/x'] })
  expect([shown, [...secrets.keys()]]).toEqual([{ hosts: ['a', 'b'] }, ['/users', '/urls']])
})

it('[Z4] what was split is joined again, whatever the keys are called', () => {
  const config = JSON.parse('{"a/b":{"password":"x"},"__proto__":{"token":"y"},"host":"h"}') as Record<
    string,
    never
  > // literal JSON
  const { config: shown, secrets } = splitSecrets('any', config)
  const paths = [...secrets].map(([pointer, value]) => [parsePointer(pointer), value] as const)
  expect(JSON.parse(JSON.stringify(joinSecrets(shown, paths)))).toEqual(JSON.parse(JSON.stringify(config)))
  expect(JSON.stringify(joinSecrets(shown, paths))).toContain('"__proto__":{"token":"y"}')
})
