import { expect, it } from 'vitest'
import { fieldWord, pointerWords } from './field-words.ts'

it('[W5] names a field as people do, a place in a list from one', () => {
  expect(pointerWords('/config/mappings/0/to')).toBe('configuration › mappings › 1 › to')
  expect(pointerWords('/from/slug')).toBe('From model')
  expect(pointerWords('')).toBe('whole resource')
  expect([fieldWord('rawSql'), fieldWord('constructor')]).toEqual(['SQL', 'constructor'])
})
