import { expect, it } from 'vitest'
import { KINDS } from '../core/model/kind.ts'
import { paths } from './paths.ts'

it('[W1] gives every resource a URL', () => {
  expect(Object.fromEntries(KINDS.map((kind) => [kind, paths.resource('staging', kind, 'users')]))).toEqual({
    sources: '/staging/sources/users',
    destinations: '/staging/destinations/users',
    models: '/staging/models/users',
    'parent-models': '/staging/schema/parent-models/users',
    'related-models': '/staging/schema/related-models/users',
    'event-models': '/staging/schema/event-models/users',
    'model-relationships': '/staging/schema/model-relationships/users',
    syncs: '/staging/syncs/users',
    'event-contracts': '/staging/schema/users',
    'contract-events': '/staging/schema/users',
  })
})

it('[F5] keeps odd slugs whole in a URL', () => {
  expect(paths.resource('staging', 'syncs', '-15')).toBe('/staging/syncs/-15')
  expect(paths.resource('staging', 'models', 'a/b c?#')).toBe('/staging/models/a%2Fb%20c%3F%23')
})
