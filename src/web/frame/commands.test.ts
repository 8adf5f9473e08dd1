import { expect, it } from 'vitest'
import { commandsOf, matching, resourceCommand } from './commands.ts'
import { crumbsOf } from './crumbs.ts'
import { keysOf } from './event-keys.ts'

it('[W1] finds by the start of the label, then of a word, then anywhere, then by slug', () => {
  const found = ['Purchases', 'Big purchases', 'Repurchases', 'Orders'].map((name) =>
    resourceCommand(
      'staging',
      'related-models',
      name === 'Orders' ? 'purchases-2' : name.toLowerCase(),
      name,
    ),
  )
  expect(matching(found.toReversed(), 'purch', 10).map((one) => one.label)).toEqual([
    'Purchases',
    'Big purchases',
    'Repurchases',
    'Orders',
  ])
  expect(matching(found, 'zzz', 10)).toEqual([])
})

it('[Z8] offers a viewer no command that makes something', () => {
  const ids = commandsOf('staging', { edit: false, admin: false }).map((one) => one.id)
  expect(ids.filter((id) => id.startsWith('new:'))).toEqual([])
})

it('[W1] shows where a page stands', () => {
  expect(crumbsOf('/staging/schema/parent-models/runs').map((one) => one.label)).toEqual([
    'Schema',
    'Parent model',
    'runs',
  ])
  expect(crumbsOf('/staging/git/runs/17').map((one) => one.label)).toEqual(['Version control', 'Runs', '17'])
  expect(crumbsOf('/staging/git/conflicts/models/orders').map(({ label, to }) => [label, to])).toEqual([
    ['Version control', '/staging/git'],
    ['Conflicts', '/staging/git/conflicts'],
    ['Model', null],
    ['orders', '/staging/git/conflicts/models/orders'],
  ])
  expect(crumbsOf('/staging/new/syncs').map((one) => one.label)).toEqual(['New sync'])
})

it('[W6] reads again what an event names', () => {
  const saved = { type: 'resource', workspace: 'w', kind: 'models', slug: 'a', change: 'saved' } as const
  expect(keysOf('w', saved)).toEqual([
    ['ws', 'w', 'models'],
    ['ws', 'w', 'git', 'connection'],
    ['ws', 'w', 'git', 'conflicts'],
    ['ws', 'w', 'compare'],
    ['ws', 'w', 'doctor'],
    ['ws', 'w', 'environments'],
    ['ws', 'w', 'deleted'],
  ])
  expect(keysOf('w', { type: 'run', workspace: 'w', run: '1', state: 'running' })).toEqual([
    ['ws', 'w', 'git'],
  ])
  expect(keysOf('w', { type: 'connection', workspace: 'w' })).toEqual([
    ['ws', 'w', 'git'],
    ['ws', 'w', 'doctor'],
    ['ws', 'w', 'environments'],
  ])
})
