import { expect, it } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

const tables = ['PUBLIC.USERS', 'PUBLIC.PURCHASES', 'EVENTS.LOGGED_IN', 'EVENTS.PAGE_VIEWED']

it('[F21] names what a typo could have meant, best first', () => {
  expect(nearest('PUBLIC.USRS', tables)).toEqual(['PUBLIC.USERS'])
  expect(nearest('users', tables)).toEqual(['PUBLIC.USERS'])
  expect(nearest('main.page_viewed', tables)).toEqual(['EVENTS.PAGE_VIEWED'])
  expect(nearest('zebra', tables)).toEqual([])
})

it('[F21] reads as a question', () => {
  expect(didYouMean('nmae', ['name', 'names', 'game'])).toBe('Did you mean `name`?')
  expect(didYouMean('b', ['a', 'c'])).toBe('Did you mean `a` or `c`?')
  expect(didYouMean('zebra', tables)).toBeNull()
})
