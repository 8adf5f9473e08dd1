import { expect, it } from 'vitest'
import { valueText } from './value-text.ts'

it('[W6] shows the value of a field as its file says it', () => {
  expect(valueText('select 1')).toBe('select 1')
  expect(valueText(true)).toBe('true')
  expect(valueText([])).toBe('[]')
  expect(valueText(null)).toBe('null')
  expect(valueText({ slug: 'users', mergeColumns: false })).toBe('slug: users\nmergeColumns: false')
  expect(valueText([{ fromColumn: 'id', toColumn: 'user_id' }])).toBe('- fromColumn: id\n  toColumn: user_id')
})
