import { expect, it } from 'vitest'
import { firstWord } from './first-word.ts'

it.each([
  ['select 1', 'select'],
  ['  ((\n\tSELECT 1) union select 2)', 'select'],
  ['-- delete\nwith x as (select 1) select * from x', 'with'],
  ['/* a /* nested */ delete */ values (1)', 'values'],
  ['/* open select 1', ''],
  ['-- only a comment', ''],
  ['', ''],
  ['1', ''],
  ['delete/**/from users', 'delete'],
])('[Z9] the first word of %j', (sql, word) => {
  expect(firstWord(sql)).toBe(word)
})
