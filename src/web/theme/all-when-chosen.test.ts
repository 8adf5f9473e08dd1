import { expect, it } from 'vitest'
import { allWhenChosen } from './all-when-chosen.ts'

const options = ['postgres', 'duckdb', 'mysql'].map((name) => ({ value: name, label: name }))
const offered = (search: string, limit = 10) =>
  allWhenChosen({ options, search, limit }).map((option) => 'value' in option && option.value)

it('[W2] offers every choice while one is chosen, and what fits while somebody types', () => {
  expect(offered('postgres')).toEqual(['postgres', 'duckdb', 'mysql'])
  expect(offered('')).toEqual(['postgres', 'duckdb', 'mysql'])
  expect(offered('sq')).toEqual(['mysql'])
  expect(offered('nothing')).toEqual([])
  expect(offered('postgres', 2)).toEqual(['postgres', 'duckdb'])
})
