import { expect, it } from 'vitest'
import { findingWords } from './finding-words.ts'

it('[W6] says the choices of a finding once', () => {
  const message = '`cardinality` must be one of `1:1`, `1:many` but it is `many:many`.'
  expect(findingWords({ message, hint: 'Write one of `1:1`, `1:many`.' })).toBe(message)
  expect(findingWords({ message, hint: 'Write one of `1:1`, `many:1`.' })).toBe(
    `${message} Write one of \`1:1\`, \`many:1\`.`,
  )
  expect(findingWords({ message: 'There is no model `oders`.', hint: 'Did you mean `orders`?' })).toBe(
    'There is no model `oders`. Did you mean `orders`?',
  )
  expect(findingWords({ message, hint: null })).toBe(message)
})
