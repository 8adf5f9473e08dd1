import { expect, it } from 'vitest'
import { type Resource, withSaved } from './resources.ts'

const resource = (slug: string, name: string): Resource => ({
  slug,
  name,
  revision: '1',
  git: { state: 'none' },
})

it('[W2] what was just created is in the list before the server is asked again', () => {
  const [users, orders] = [resource('users', 'Users'), resource('orders', 'Orders')]
  expect(withSaved([users], orders)).toEqual([users, orders])
  expect(withSaved([], users)).toEqual([users])
})

it('[W2] what was saved takes its old place in the list', () => {
  const [users, orders] = [resource('users', 'Users'), resource('orders', 'Orders')]
  expect(withSaved([users, orders], resource('users', 'People'))).toEqual([
    resource('users', 'People'),
    orders,
  ])
})
